#include "core/rules/sigma_condition_parser.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

using Kind = ConditionNode::Kind;

bool is_name_char(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           c == '-' || c == '.' || c == '*' || c == '?';
}

// Words and brackets; anything else is a token of one character, refused where it stands.
std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> tokens;
    std::size_t i = 0;
    while (i < text.size()) {
        if (text[i] == ' ' || (text[i] >= '\t' && text[i] <= '\r')) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < text.size() && is_name_char(text[end]))
            ++end;
        if (end == i) {
            while (++end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            }
        }
        tokens.push_back(text.substr(i, end - i));
        i = end;
    }
    return tokens;
}

class Parser {
  public:
    Parser(std::string_view text, int line, const std::vector<NamedSelection>& selections,
           std::set<std::string>& used, SigmaReading& reading)
        : tokens_(split(text)), line_(line), selections_(selections), used_(used), reading_(reading) {}

    std::optional<ConditionNode> run() {
        auto node = expression(0);
        if (!failed_ && at_ < tokens_.size()) {
            node = is("|")
                       ? problem("an aggregation (`|`) is no part of Sigma 2; use a correlation rule")
                       : problem("`" + std::string{token()} + "` is not expected here; write and, or, not");
        }
        return incomplete_ || failed_ ? std::nullopt : std::move(node);
    }

  private:
    [[nodiscard]] std::string_view token() const {
        return at_ < tokens_.size() ? tokens_[at_] : std::string_view{};
    }
    [[nodiscard]] bool is(std::string_view word) const { return equal_ignoring_ascii_case(token(), word); }
    bool take(std::string_view word) {
        if (at_ >= tokens_.size() || !is(word)) return false;
        ++at_;
        return true;
    }
    std::nullopt_t problem(std::string message) {
        if (!failed_) reading_.error(line_, "condition: " + std::move(message));
        failed_ = true;
        return std::nullopt;
    }

    std::optional<ConditionNode> expression(std::size_t depth) { return joined(depth, "or", Kind::any); }

    // One level of `or`, whose operands are levels of `and`, whose operands are `not`s.
    std::optional<ConditionNode> joined(std::size_t depth, std::string_view word, Kind kind) {
        std::vector<ConditionNode> parts;
        do {
            auto part = kind == Kind::any ? joined(depth, "and", Kind::all) : negation(depth);
            if (failed_) return std::nullopt;
            if (part) parts.push_back(std::move(*part));
        } while (take(word));
        if (parts.empty()) return std::nullopt;
        return ConditionNode::of(kind, std::move(parts));
    }

    std::optional<ConditionNode> negation(std::size_t depth) {
        bool negated = false;
        while (take("not"))
            negated = !negated;
        auto node = primary(depth);
        if (!node || !negated) return node;
        return ConditionNode::negated(std::move(*node));
    }

    std::optional<ConditionNode> primary(std::size_t depth) {
        if (depth > max_condition_depth) return problem("brackets are nested too deep");
        if (at_ >= tokens_.size()) return problem("it ends where a selection is expected");
        if (take("(")) {
            auto inner = expression(depth + 1);
            if (failed_) return std::nullopt;
            if (!take(")")) return problem("a closing bracket is missing");
            return inner;
        }
        if (at_ + 1 < tokens_.size() && equal_ignoring_ascii_case(tokens_[at_ + 1], "of"))
            return quantified();
        return selection();
    }

    std::optional<ConditionNode> selection() {
        const std::string name{token()};
        if (is("and") || is("or") || is("of") || !is_name_char(name.front())) {
            return problem("`" + name + "` is not expected here; a selection is");
        }
        ++at_;
        for (const NamedSelection& known : selections_) {
            if (known.name == name) return use(known);
        }
        std::vector<std::string_view> names;
        for (const NamedSelection& known : selections_)
            names.push_back(known.name);
        return problem("no selection is named `" + cut_utf8(name, 60) + "`" + did_you_mean(name, names));
    }

    std::optional<ConditionNode> use(const NamedSelection& known) {
        used_.insert(known.name);
        if (!known.node) {
            incomplete_ = true;
            return std::nullopt;
        }
        nodes_ += node_count(*known.node, max_condition_nodes + 1);
        if (nodes_ > max_condition_nodes) return problem("it is too large once its selections are put in");
        ConditionNode node = *known.node;
        node.selection = known.name;
        return node;
    }

    // `1 of them`, `any of selection_*`, `all of filter*`, `2 of them`.
    std::optional<ConditionNode> quantified() {
        const std::string_view how_many = tokens_[at_];
        const std::string_view pattern = at_ + 2 < tokens_.size() ? tokens_[at_ + 2] : std::string_view{};
        std::size_t count = 1;
        const bool all = equal_ignoring_ascii_case(how_many, "all");
        const bool any = equal_ignoring_ascii_case(how_many, "any");
        if (!all && !any) {
            const auto end = how_many.data() + how_many.size();
            const auto [stop, error] = std::from_chars(how_many.data(), end, count);
            if (error != std::errc{} || stop != end || count == 0) {
                return problem("`" + std::string{how_many} + " of` must be a number from 1, any or all");
            }
        }
        if (pattern.empty() || !is_name_char(pattern.front())) {
            return problem("`of` must be followed by them or a pattern such as selection_*");
        }
        at_ += 3;
        std::vector<ConditionNode> parts;
        std::size_t matched = 0;
        for (const NamedSelection& known : selections_) {
            if (!names(pattern, known.name)) continue;
            ++matched;
            auto node = use(known);
            if (failed_) return std::nullopt;
            if (node) parts.push_back(std::move(*node));
        }
        if (matched == 0) return problem("no selection matches `" + cut_utf8(pattern, 60) + "`");
        if (count > matched) return problem("only " + std::to_string(matched) + " selections match that");
        if (parts.empty()) return std::nullopt;
        if (all) return ConditionNode::of(Kind::all, std::move(parts));
        if (count == 1) return ConditionNode::of(Kind::any, std::move(parts));
        ConditionNode node = ConditionNode::of(Kind::at_least, std::move(parts));
        node.count = count;
        return node;
    }

    // Names are compared with case, as Sigma's are; `them` is all but those that begin with `_`.
    static bool names(std::string_view pattern, const std::string& name) {
        if (equal_ignoring_ascii_case(pattern, "them")) return !name.starts_with('_');
        return TextPattern{parse_pattern(pattern), true}.matches(name, {});
    }

    std::vector<std::string_view> tokens_;
    std::size_t at_ = 0;
    int line_;
    const std::vector<NamedSelection>& selections_;
    std::set<std::string>& used_;
    SigmaReading& reading_;
    std::size_t nodes_ = 0;
    bool failed_ = false;
    bool incomplete_ = false;
};

}  // namespace

std::optional<ConditionNode> parse_condition(std::string_view text, int line,
                                             const std::vector<NamedSelection>& selections,
                                             std::set<std::string>& used, SigmaReading& reading) {
    if (text.size() > max_condition_bytes) {
        reading.error(line, "condition: longer than " + std::to_string(max_condition_bytes) + " bytes");
        return std::nullopt;
    }
    return Parser{text, line, selections, used, reading}.run();
}

}  // namespace entrawatch
