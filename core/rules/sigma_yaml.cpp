#include "core/rules/sigma_yaml.hpp"

#include <yaml-cpp/eventhandler.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <sstream>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t max_problems = 200;
constexpr std::size_t shown_bytes = 100;

bool is_quoted(const YAML::Node& node) {
    return node.Tag() != "?" && !node.Tag().empty();
}

// Counts documents before any is built: yaml-cpp 0.7 finds endless empty ones where a file begins with a
// stray `,`.
class DocumentCounter : public YAML::EventHandler {
  public:
    explicit DocumentCounter(std::size_t most) : most_(most) {}
    [[nodiscard]] bool too_many() const { return count_ > most_; }

    void OnDocumentStart(const YAML::Mark& /*mark*/) override { ++count_; }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
    void OnAlias(const YAML::Mark& /*mark*/, YAML::anchor_t /*anchor*/) override {}
    void OnScalar(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                  const std::string& /*value*/) override {}
    void OnSequenceStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                         YAML::EmitterStyle::value /*style*/) override {}
    void OnSequenceEnd() override {}
    void OnMapStart(const YAML::Mark& /*mark*/, const std::string& /*tag*/, YAML::anchor_t /*anchor*/,
                    YAML::EmitterStyle::value /*style*/) override {}
    void OnMapEnd() override {}

  private:
    std::size_t most_;
    std::size_t count_ = 0;
};

}  // namespace

void SigmaReading::error(int line, std::string message) {
    failed_ = true;
    if (problems_.size() < max_problems) problems_.push_back({file_, line, std::move(message), false});
}

void SigmaReading::warn(int line, std::string message) {
    if (problems_.size() < max_problems) problems_.push_back({file_, line, std::move(message), true});
}

void SigmaReading::cannot_evaluate(int line, std::string message) {
    if (!foreign) return error(line, std::move(message));
    failed_ = true;
    warn(line, std::move(message) + "; the rule is not loaded");
}

void SigmaReading::begin_document() {
    failed_ = false;
    foreign = false;
    feeds.clear();
}

bool SigmaReading::spend(int line) {
    if (budget_ == 0 || problems_.size() >= max_problems) return false;
    if (--budget_ > 0) return true;
    error(line, "the file has more than " + std::to_string(max_visits) +
                    " nodes once its aliases are followed; write it without them or split it");
    return false;
}

bool SigmaReading::spend_regex(int line) {
    if (regex_budget_ > 0) {
        --regex_budget_;
        return true;
    }
    error(line, "the file has more than " + std::to_string(max_regexes) + " regular expressions; split it");
    return false;
}

std::vector<YamlMember> SigmaReading::members(const YAML::Node& map, std::string_view what) {
    std::vector<YamlMember> found;
    if (!map.IsMap()) {
        error(line_of(map), std::string{what} + " must be a map of keys and values");
        return found;
    }
    std::set<std::string_view> seen;
    for (const auto& pair : map) {
        const int line = line_of(pair.first);
        if (!spend(line)) return {};
        if (!pair.first.IsScalar()) {
            error(line, "a key in " + std::string{what} + " must be a text");
            continue;
        }
        const std::string& key = pair.first.Scalar();
        if (!seen.insert(key).second) {
            error(line, "`" + cut_utf8(key, shown_bytes) + "` stands twice in " + std::string{what});
            continue;
        }
        found.push_back({key, line, pair.second});
    }
    return found;
}

std::vector<YAML::Node> SigmaReading::items(const YAML::Node& list) {
    std::vector<YAML::Node> found;
    for (const auto& item : list) {
        if (!spend(line_of(item))) return {};
        found.push_back(item);
    }
    return found;
}

std::string SigmaReading::text(const YamlMember& member) {
    if (member.value.IsScalar()) return std::string{trim(member.value.Scalar())};
    error(member.line, "`" + member.key + "` must be a text");
    return {};
}

std::vector<std::string> SigmaReading::texts(const YamlMember& member) {
    std::vector<std::string> found;
    if (member.value.IsScalar()) return {std::string{trim(member.value.Scalar())}};
    if (member.value.IsNull()) return found;
    if (!member.value.IsSequence()) {
        error(member.line, "`" + member.key + "` must be a text or a list of texts");
        return found;
    }
    for (const YAML::Node& item : items(member.value)) {
        if (item.IsScalar()) {
            found.emplace_back(trim(item.Scalar()));
        } else {
            error(line_of(item), "every entry of `" + member.key + "` must be a text");
        }
    }
    return found;
}

std::vector<YAML::Node> load_documents(std::string_view yaml, std::size_t most, SigmaReading& reading) {
    const std::string text{yaml};
    try {
        std::istringstream stream{text};
        YAML::Parser parser{stream};
        DocumentCounter counter{most};
        while (!counter.too_many() && parser.HandleNextDocument(counter)) {
        }
        if (!counter.too_many()) return YAML::LoadAll(text);
        reading.error(0, "the file has more than " + std::to_string(most) +
                             " rules, or begins with a character such as `,`; split or mend it");
    } catch (const YAML::Exception& e) {
        reading.error(std::max(e.mark.line + 1, 0), "YAML: " + e.msg);
    }
    return {};
}

ScalarType scalar_type(const YAML::Node& node) {
    if (node.IsNull()) return ScalarType::null;
    if (is_quoted(node)) return ScalarType::text;
    const std::string& text = node.Scalar();
    constexpr std::array booleans{"true", "True", "TRUE", "false", "False", "FALSE"};
    if (std::find(booleans.begin(), booleans.end(), text) != booleans.end()) return ScalarType::boolean;
    return number_of(text) ? ScalarType::number : ScalarType::text;
}

std::optional<double> number_of(std::string_view text) {
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || digits.front() < '0' || digits.front() > '9')
        return std::nullopt;  // no inf, nan, +1
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// As core/event/field_read prints JSON numbers. Whole numbers stay as they are: they may be longer than a
// double holds.
std::string canonical_number(std::string_view text) {
    const auto value = number_of(text);
    if (!value || text.find_first_of(".eE") == std::string_view::npos) return std::string{text};
    constexpr double largest_exact = 9007199254740992.0;
    std::array<char, 32> buffer{};
    const bool whole = std::trunc(*value) == *value && std::abs(*value) <= largest_exact;
    char* const first = buffer.data();
    char* const last = first + buffer.size();
    const auto end = whole ? std::to_chars(first, last, static_cast<std::int64_t>(*value))
                           : std::to_chars(first, last, *value);
    return {first, end.ptr};
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known) {
    const std::string near = nearest(to_lower_ascii(word), known);
    return near.empty() ? std::string{} : "; did you mean `" + near + "`?";
}

}  // namespace entrawatch
