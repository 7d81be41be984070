#include "core/rules/sigma_reader.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/rules/sigma_collection.hpp"
#include "core/rules/sigma_correlation.hpp"
#include "core/rules/sigma_detection.hpp"
#include "core/rules/sigma_document.hpp"
#include "core/rules/sigma_entrawatch.hpp"
#include "core/rules/sigma_filter.hpp"
#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {
namespace {

// "attack.t1098.003" is the technique T1098.003; tactics and other tags are left.
std::vector<std::string> techniques(const std::vector<std::string>& tags) {
    constexpr std::string_view prefix = "attack.t";
    std::vector<std::string> found;
    for (const std::string& tag : tags) {
        const std::string lower = to_lower_ascii(tag);
        if (lower.size() <= prefix.size() || !lower.starts_with(prefix)) continue;
        if (lower[prefix.size()] < '0' || lower[prefix.size()] > '9') continue;
        found.push_back("T" + lower.substr(prefix.size()));
    }
    return found;
}

// One document of the file.
class RuleReader {
  public:
    RuleReader(const SigmaDocument& document, SigmaReading& reading)
        : reading_(reading), document_(document), line_(document.place().line) {
        rule_.file = document.place().file;
        rule_.name = document.place().name;
        rule_.line = line_;
    }

    std::optional<Rule> run() {
        if (document_.empty()) return std::nullopt;
        const YamlMember* entrawatch = document_.find("entrawatch");
        rule_.foreign = reading_.foreign = entrawatch == nullptr;
        rule_.reference = document_.text("name");
        rule_.generates = to_lower_ascii(document_.text("generate")) == "true";
        document_.warn_of_near_keys();
        read_texts();
        read_level();
        rule_.id = document_.id(reading_.foreign);
        const YamlMember* correlation = document_.find("correlation");
        // A correlation reads what the rules it names read.
        rule_.feeds = document_.feeds(correlation != nullptr);
        if (correlation != nullptr) {
            rule_.correlation = read_correlation(*correlation, reading_);
            if (document_.find("detection") != nullptr)
                reading_.error(line_, "a rule has either a `detection` or a `correlation`");
        } else if (const YamlMember* detection = document_.find("detection")) {
            rule_.condition = read_detection(detection->value, detection->line, reading_);
        } else {
            reading_.error(line_, "the rule has no `detection`");
        }
        if (entrawatch != nullptr) read_entrawatch(entrawatch->value, rule_, reading_);
        check_examples(entrawatch);
        set_defaults(rule_, reading_);
        if (reading_.failed()) return std::nullopt;
        return std::move(rule_);
    }

  private:
    void read_texts() {
        rule_.title = document_.title();
        rule_.description = document_.text("description");
        rule_.references = document_.texts("references");
        rule_.false_positives = document_.texts("falsepositives");
        rule_.attack = techniques(document_.texts("tags"));
        rule_.status = to_lower_ascii(document_.text("status"));
        const std::vector<std::string_view> known{"stable", "test", "experimental", "deprecated",
                                                  "unsupported"};
        if (!rule_.status.empty() && std::find(known.begin(), known.end(), rule_.status) == known.end()) {
            reading_.error(document_.find("status")->line,
                           "`status` must be stable, test, experimental, deprecated or "
                           "unsupported" +
                               did_you_mean(rule_.status, known));
        }
    }

    void read_level() {
        const YamlMember* member = document_.find("level");
        if (member == nullptr) {
            if (!reading_.foreign) reading_.error(line_, "the rule has no `level`");
            return;
        }
        const auto level = severity_of(reading_.text(*member));
        if (level) {
            rule_.level = *level;
        } else {
            reading_.error(member->line, "`level` must be informational, low, medium, high or critical");
        }
    }

    void check_examples(const YamlMember* entrawatch) {
        if (entrawatch == nullptr || !reading_.options().require_examples) return;
        const auto count = [&](bool fires) {
            return std::count_if(rule_.examples.begin(), rule_.examples.end(),
                                 [&](const RuleExample& example) { return example.fires == fires; });
        };
        if (count(true) == 0) reading_.error(entrawatch->line, "the rule has no example that fires");
        if (count(false) == 0) reading_.error(entrawatch->line, "the rule has no example that stays silent");
    }

    SigmaReading& reading_;
    const SigmaDocument& document_;
    int line_;
    Rule rule_;
};

bool is_filter(const YAML::Node& document) {
    return document.IsMap() && document["filter"].IsDefined();
}

// In a file of several documents the one with our key is what the file is for: it has the file's name.
void name_after_file(std::vector<Rule>& rules, std::string_view name) {
    const auto is_ours = [](const Rule& rule) { return !rule.foreign; };
    if (std::count_if(rules.begin(), rules.end(), is_ours) != 1) return;
    Rule& ours = *std::find_if(rules.begin(), rules.end(), is_ours);
    if (ours.name == name) return;
    for (Rule& rule : rules) {
        if (rule.name == name) rule.name += "#1";
    }
    ours.name = std::string{name};
}

}  // namespace

SigmaFile read_sigma(std::string_view yaml, std::string_view file, std::string_view name,
                     const SigmaOptions& options) {
    SigmaFile result;
    SigmaReading reading{file, options};
    if (yaml.size() > max_rule_file_bytes) {
        reading.error(0, "the file is larger than " + std::to_string(max_rule_file_bytes) + " bytes");
        result.problems = reading.take_problems();
        return result;
    }
    const auto documents = load_documents(yaml, max_rules_per_file, reading);
    SigmaCollection collection{reading};
    std::size_t number = 0;
    for (const YAML::Node& document : documents) {
        if (!reading.spend(line_of(document))) break;
        if (document.IsNull()) continue;  // nothing between two `---`
        reading.begin_document();
        const auto whole = collection.whole(document);
        if (!whole) continue;
        ++number;
        const bool filters = is_filter(*whole);
        const SigmaDocument part{
            *whole,
            {std::string{file}, std::string{name} + (number > 1 ? "#" + std::to_string(number) : ""),
             std::max(line_of(document), 1)},
            filters ? "filter" : "rule",
            reading};
        if (filters) {
            if (auto filter = read_filter(part, reading)) result.filters.push_back(std::move(*filter));
        } else if (auto rule = RuleReader{part, reading}.run()) {
            result.rules.push_back(std::move(*rule));
        }
    }
    name_after_file(result.rules, name);
    if (number == 0 && reading.problem_count() == 0) reading.error(0, "the file is empty");
    result.problems = reading.take_problems();
    return result;
}

}  // namespace entrawatch
