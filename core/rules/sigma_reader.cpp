#include "core/rules/sigma_reader.hpp"

#include <algorithm>

#include "core/base/guid.hpp"
#include "core/base/text.hpp"
#include "core/rules/sigma_collection.hpp"
#include "core/rules/sigma_correlation.hpp"
#include "core/rules/sigma_detection.hpp"
#include "core/rules/sigma_document.hpp"
#include "core/rules/sigma_entrawatch.hpp"
#include "core/rules/sigma_filter.hpp"
#include "core/rules/sigma_logsource.hpp"
#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t max_title_bytes = 256;

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
        : reading_(reading), line_(document.line) {
        rule_.file = document.file;
        rule_.name = document.name;
        rule_.line = line_;
        members_ = reading_.members(document.root, "the rule");
    }

    std::optional<Rule> run() {
        if (members_.empty()) return std::nullopt;
        const YamlMember* entrawatch = find("entrawatch");
        rule_.foreign = reading_.foreign = entrawatch == nullptr;
        rule_.reference = text("name");
        rule_.generates = to_lower_ascii(text("generate")) == "true";
        warn_of_near_keys(members_, reading_);
        read_texts();
        read_level();
        read_id();
        read_sources(entrawatch);
        if (const YamlMember* correlation = find("correlation")) {
            rule_.correlation = read_correlation(*correlation, reading_);
            if (find("detection") != nullptr)
                reading_.error(line_, "a rule has either a `detection` or a `correlation`");
        } else if (const YamlMember* detection = find("detection")) {
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
    [[nodiscard]] const YamlMember* find(std::string_view key) const { return find_member(members_, key); }
    std::string text(std::string_view key) {
        const YamlMember* member = find(key);
        return member == nullptr || member->value.IsNull() ? std::string{} : reading_.text(*member);
    }
    std::vector<std::string> texts(std::string_view key) {
        const YamlMember* member = find(key);
        return member == nullptr ? std::vector<std::string>{} : reading_.texts(*member);
    }

    void read_texts() {
        rule_.title = text("title");
        if (rule_.title.empty()) reading_.error(line_, "the rule has no `title`");
        if (rule_.title.size() > max_title_bytes) {
            reading_.warn(line_, "the title is cut at " + std::to_string(max_title_bytes) + " bytes");
            rule_.title = cut_utf8(rule_.title, max_title_bytes);
        }
        rule_.description = text("description");
        rule_.references = texts("references");
        rule_.false_positives = texts("falsepositives");
        rule_.attack = techniques(texts("tags"));
        rule_.status = to_lower_ascii(text("status"));
        const std::vector<std::string_view> known{"stable", "test", "experimental", "deprecated",
                                                  "unsupported"};
        if (!rule_.status.empty() && std::find(known.begin(), known.end(), rule_.status) == known.end()) {
            reading_.error(find("status")->line,
                           "`status` must be stable, test, experimental, deprecated or "
                           "unsupported" +
                               did_you_mean(rule_.status, known));
        }
    }

    void read_level() {
        const YamlMember* member = find("level");
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

    void read_id() {
        const YamlMember* member = find("id");
        rule_.id = to_lower_ascii(text("id"));
        if (member == nullptr && reading_.foreign) {
            rule_.id = id_from(rule_.name);
        } else if (!is_guid(rule_.id)) {
            reading_.error(member == nullptr ? line_ : member->line,
                           "`id` must be a uuid of your own, such as the command uuidgen prints");
        }
    }

    void read_sources(const YamlMember* entrawatch) {
        if (entrawatch != nullptr) reading_.feeds = read_feeds(entrawatch->value, reading_);
        const YamlMember* logsource = find("logsource");
        if (logsource == nullptr) {
            // A correlation reads what the rules it names read.
            if (reading_.feeds.empty() && find("correlation") == nullptr)
                reading_.error(line_, "the rule has no `logsource`");
        } else if (reading_.feeds.empty()) {
            reading_.feeds = read_logsource(*logsource, reading_);
        }
        rule_.feeds = reading_.feeds;
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
    int line_;
    std::vector<YamlMember> members_;
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
        const SigmaDocument part{*whole, std::max(line_of(document), 1), std::string{file},
                                 std::string{name} + (number > 1 ? "#" + std::to_string(number) : "")};
        if (is_filter(*whole)) {
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
