// The grammar: or := and ("or" and)* ; and := term ("and" term)* ; term := "not" term | "(" or ")" | path
// "/any(" v ":" or ")" | path op literal
#include <array>
#include <cctype>

#include "tests/simulator/filter_node.hpp"

namespace entrawatch::simulator {
namespace {

constexpr std::size_t max_filter_bytes = 8UL * 1024UL;
constexpr int max_depth = 32;
constexpr std::string_view any_suffix = "/any";

using Parsed = OrGraphError<FilterNodePtr>;

struct Literal {
    std::string text;
    bool quoted = false;
};

class Parser {
  public:
    Parser(std::string_view text, const Endpoint& endpoint) : text_(text), endpoint_(endpoint) {}

    Parsed parse() {
        Parsed root = parse_or();
        if (root && peek() != '\0') return syntax_error();
        return root;
    }

  private:
    Parsed parse_or() { return parse_list("or", FilterNode::Kind::any_of, &Parser::parse_and); }
    Parsed parse_and() { return parse_list("and", FilterNode::Kind::all_of, &Parser::parse_term); }

    Parsed parse_list(std::string_view word, FilterNode::Kind kind, Parsed (Parser::*part)()) {
        FilterNode node;
        node.kind = kind;
        do {
            Parsed child = (this->*part)();
            if (!child) return child;
            node.children.push_back(std::move(*child));
        } while (take_word(word));
        if (node.children.size() == 1) return node.children.front();
        return std::make_shared<const FilterNode>(std::move(node));
    }

    Parsed parse_term() {
        if (++depth_ > max_depth)
            return bad_request("Invalid filter clause: the filter is nested too deeply.");
        Parsed term = parse_undeepened_term();
        --depth_;
        return term;
    }

    Parsed parse_undeepened_term() {
        if (take_word("not")) {
            Parsed child = parse_term();
            if (!child) return child;
            FilterNode node;
            node.kind = FilterNode::Kind::negation;
            node.children.push_back(std::move(*child));
            return std::make_shared<const FilterNode>(std::move(node));
        }
        if (take('(')) {
            Parsed inner = parse_or();
            if (inner && !take(')')) return syntax_error();
            return inner;
        }
        const std::string path = take_path();
        if (path.empty()) return syntax_error();
        if (path.size() > any_suffix.size() && path.ends_with(any_suffix) && peek() == '(') {
            return parse_lambda(path.substr(0, path.size() - any_suffix.size()));
        }
        return parse_comparison(path);
    }

    Parsed parse_lambda(const std::string& collection) {
        take('(');
        const std::string variable = take_path();
        if (variable.empty() || !variable_.empty() || !take(':')) return syntax_error();
        variable_ = variable;
        collection_ = collection;
        element_property_.clear();
        Parsed inner = parse_or();
        variable_.clear();
        if (!inner) return inner;
        if (!take(')')) return syntax_error();
        FilterNode node;
        node.kind = FilterNode::Kind::lambda;
        node.property = element_property_;
        node.children.push_back(std::move(*inner));
        return std::make_shared<const FilterNode>(std::move(node));
    }

    Parsed parse_comparison(const std::string& path) {
        const auto property = resolve(path);
        if (!property) return tl::make_unexpected(property.error());
        const auto comparison = take_comparison();
        if (!comparison) return tl::make_unexpected(comparison.error());
        const auto literal = take_literal();
        if (!literal) return tl::make_unexpected(literal.error());
        FilterNode node;
        node.kind = FilterNode::Kind::compare;
        node.property = std::string{(*property)->name};
        node.type = (*property)->type;
        node.comparison = *comparison;
        node.text = literal->text;
        return checked(std::move(node), literal->quoted);
    }

    // The property a path names, inside a lambda relative to its variable.
    OrGraphError<const Property*> resolve(const std::string& path) {
        std::string name = path;
        if (!variable_.empty()) {
            const bool itself = path == variable_;
            if (!itself && !path.starts_with(variable_ + "/")) return unknown(path);
            name = collection_ + (itself ? "" : path.substr(variable_.size()));
        }
        const Property* property = find_property(endpoint_, name);
        if (property == nullptr || property->collection == variable_.empty()) return unknown(name);
        if (variable_.empty()) return property;
        // Two different members of one element would have to be looked at together; Graph's logs do not offer
        // it either.
        if (!element_property_.empty() && element_property_ != name) return bad_request("Unsupported Query.");
        element_property_ = name;
        return property;
    }

    Parsed checked(FilterNode node, bool quoted) {
        const bool equality = node.comparison == Comparison::eq || node.comparison == Comparison::ne;
        const bool strict = node.comparison == Comparison::gt || node.comparison == Comparison::lt;
        if (node.type == PropertyType::time && endpoint_.strict_times && !strict)
            return bad_request("Unsupported Query.");
        if (node.type == PropertyType::time) {
            // A quoted time is a text to Graph: no row equals it, and no error tells.
            if (quoted) node.kind = FilterNode::Kind::nothing;
            const auto time = parse_iso(node.text);
            if (!quoted && !time) return syntax_error();
            node.time = time.value_or(Instant{});
        } else if (!equality) {
            return bad_request("Unsupported Query.");
        } else if (quoted != (node.type == PropertyType::text)) {
            return bad_request(
                "Invalid filter clause: A binary operator with incompatible types was detected for property "
                "'" +
                node.property + "'.");
        }
        return std::make_shared<const FilterNode>(std::move(node));
    }

    OrGraphError<Comparison> take_comparison() {
        static constexpr std::array<std::string_view, 6> words = {"eq", "ne", "ge", "le", "gt", "lt"};
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (take_word(words[i])) return static_cast<Comparison>(i);
        }
        return syntax_error();
    }

    OrGraphError<Literal> take_literal() {
        Literal literal;
        if (take('\'')) {
            literal.quoted = true;
            while (at_ < text_.size()) {
                const char c = text_[at_++];
                const bool escaped = c == '\'' && at_ < text_.size() && text_[at_] == '\'';
                if (c == '\'' && !escaped) return literal;
                if (escaped) ++at_;
                literal.text += c;
            }
            return syntax_error();
        }
        skip_blanks();
        while (at_ < text_.size() && text_[at_] != ' ' && text_[at_] != ')')
            literal.text += text_[at_++];
        if (literal.text.empty()) return syntax_error();
        return literal;
    }

    std::string take_path() {
        skip_blanks();
        std::string path;
        while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) != 0 ||
                                      text_[at_] == '_' || text_[at_] == '/')) {
            path += text_[at_++];
        }
        return path;
    }

    bool take_word(std::string_view word) {
        skip_blanks();
        if (text_.substr(at_, word.size()) != word) return false;
        const std::size_t end = at_ + word.size();
        if (end < text_.size() && text_[end] != ' ' && text_[end] != '(') return false;
        at_ = end;
        return true;
    }

    bool take(char c) {
        if (peek() != c) return false;
        ++at_;
        return true;
    }
    char peek() {
        skip_blanks();
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    void skip_blanks() {
        while (at_ < text_.size() && text_[at_] == ' ')
            ++at_;
    }

    tl::unexpected<GraphError> syntax_error() const {
        return bad_request("Invalid filter clause: Syntax error at position " + std::to_string(at_) +
                           " in '" + std::string{text_} + "'.");
    }
    tl::unexpected<GraphError> unknown(const std::string& name) const {
        return bad_request("Invalid filter clause: Could not find a property named '" +
                           name.substr(0, name.find('/')) + "' on type '" + std::string{endpoint_.type_name} +
                           "'.");
    }

    std::string_view text_;
    const Endpoint& endpoint_;
    std::size_t at_ = 0;
    int depth_ = 0;
    std::string variable_, collection_, element_property_;
};

}  // namespace

OrGraphError<FilterNodePtr> parse_filter(std::string_view text, const Endpoint& endpoint) {
    if (text.size() > max_filter_bytes) return bad_request("Invalid filter clause: the filter is too long.");
    return Parser{text, endpoint}.parse();
}

}  // namespace entrawatch::simulator
