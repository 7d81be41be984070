#include "core/rules/sigma_examples.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/text.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t max_depth = 64;
constexpr std::size_t max_example_records = 200;

void append_quoted(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    out += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20) {
            out += "\\u00";
            out += hex[byte >> 4U];
            out += hex[byte & 0xFU];
        } else {
            out += c;
        }
    }
    out += '"';
}

// YAML to JSON text. Plain scalars become what JSON would make of them; everything else is a text.
class JsonWriter {
  public:
    explicit JsonWriter(SigmaReading& reading) : reading_(reading) {}

    // False when it was too deep or too large, or no JSON; a problem was reported.
    bool write(const YAML::Node& node, std::size_t depth = 0) {
        if (depth > max_depth) {
            reading_.error(line_of(node), "the record is nested deeper than " + std::to_string(max_depth));
            return false;
        }
        if (node.IsMap()) return write_map(node, depth);
        if (node.IsSequence()) return write_list(node, depth);
        if (node.IsNull()) {
            out_ += "null";
        } else {
            write_scalar(node);
        }
        return true;
    }
    [[nodiscard]] std::string take() { return std::move(out_); }

  private:
    bool write_map(const YAML::Node& node, std::size_t depth) {
        out_ += '{';
        bool first = true;
        for (const auto& pair : node) {  // repeated names are kept: Graph's own samples have them
            if (!reading_.spend(line_of(pair.first))) return false;
            if (!pair.first.IsScalar()) {
                reading_.error(line_of(pair.first), "a name in the record must be a text");
                return false;
            }
            if (!first) out_ += ',';
            first = false;
            append_quoted(out_, pair.first.Scalar());
            out_ += ':';
            if (!write(pair.second, depth + 1)) return false;
        }
        out_ += '}';
        return true;
    }
    bool write_list(const YAML::Node& node, std::size_t depth) {
        out_ += '[';
        bool first = true;
        for (const auto& item : node) {
            if (!reading_.spend(line_of(item))) return false;
            if (!first) out_ += ',';
            first = false;
            if (!write(item, depth + 1)) return false;
        }
        out_ += ']';
        return true;
    }
    void write_scalar(const YAML::Node& node) {
        const ScalarType type = scalar_type(node);
        if (type == ScalarType::boolean) {
            out_ += to_lower_ascii(node.Scalar());
        } else if (type == ScalarType::number) {
            out_ += node.Scalar();
        } else {
            append_quoted(out_, node.Scalar());
        }
    }

    SigmaReading& reading_;
    std::string out_;
};

void read_record(const YamlMember& member, RuleExample& example, SigmaReading& reading) {
    if (member.value.IsScalar()) {
        example.record = member.value.Scalar();
    } else if (member.value.IsMap()) {
        JsonWriter writer{reading};
        if (!writer.write(member.value)) return;
        example.record = writer.take();
    } else {
        return reading.error(member.line, "`record` must be a Graph record: a map, or a text with JSON");
    }
    JsonReader parser;
    const auto json = parser.parse(example.record);
    if (!json) {
        reading.error(member.line, "`record` is no JSON: " + json.error().what);
    } else if (!json->is_object()) {
        reading.error(member.line, "`record` must be one JSON object");
    }
}

// The last record decides; those before it are what it is seen together with.
void read_records(const YamlMember& member, RuleExample& example, SigmaReading& reading) {
    if (!member.value.IsSequence() || member.value.size() > max_example_records) {
        return reading.error(member.line, "`records` must be a list of at most " +
                                              std::to_string(max_example_records) + " records");
    }
    for (const YAML::Node& node : reading.items(member.value)) {
        if (!example.record.empty()) example.earlier.push_back(std::move(example.record));
        example.record.clear();
        read_record({"records", std::max(line_of(node), 1), node}, example, reading);
    }
}

void read_context(const YamlMember& member, RuleExample& example, SigmaReading& reading) {
    for (const YamlMember& fact : reading.members(member.value, "`context`")) {
        if (fact.key == "ms_pim_id") {
            example.ms_pim_id = reading.text(fact);
        } else if (fact.key == "emergency_accounts") {
            example.emergency_accounts = reading.texts(fact);
        } else if (fact.key == "privileged") {
            example.privileged = reading.texts(fact);
        } else if (fact.key == "synced") {
            example.synced = reading.texts(fact);
        } else if (fact.key == "external") {
            example.external = reading.texts(fact);
        } else if (fact.key == "trusted_locations") {
            example.trusted_locations = reading.texts(fact);
        } else {
            reading.error(fact.line,
                          "unknown key `" + cut_utf8(fact.key, 60) + "` in `context`" +
                              did_you_mean(fact.key, {"ms_pim_id", "emergency_accounts", "privileged",
                                                      "synced", "external", "trusted_locations"}));
        }
    }
}

void read_feed(const YamlMember& member, RuleExample& example, SigmaReading& reading) {
    const Feed* feed = find_feed(reading.text(member));
    const auto& feeds = reading.feeds;  // none yet, of a correlation
    if (feed == nullptr ||
        (!feeds.empty() && std::find(feeds.begin(), feeds.end(), feed->id) == feeds.end())) {
        return reading.error(member.line, "`feed` must be one of the rule's feeds");
    }
    example.feed = feed->id;
}

void read_count(const YamlMember& member, RuleExample& example, SigmaReading& reading) {
    const std::string text = reading.text(member);
    int count = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, count);
    if (error != std::errc{} || stop != end || count < 1) {
        return reading.error(member.line, "`findings` must be a number from 1");
    }
    example.findings = count;
}

void read_expected_severity(const YamlMember& member, RuleExample& example, SigmaReading& reading) {
    example.severity = severity_of(reading.text(member));
    if (example.severity) return;
    reading.error(member.line, "`severity` must be informational, low, medium, high or critical");
}

void unknown_key(const YamlMember& member, bool fires, SigmaReading& reading) {
    std::vector<std::string_view> known{"name", "feed", "context", "record", "records"};
    if (fires) known.insert(known.end(), {"severity", "findings"});
    reading.error(member.line, "unknown key `" + cut_utf8(member.key, 60) + "` in " +
                                   (fires ? "a firing example" : "a silent example") +
                                   did_you_mean(member.key, known));
}

void read_example(const YAML::Node& node, bool fires, Rule& rule, SigmaReading& reading) {
    RuleExample example;
    example.fires = fires;
    example.line = std::max(line_of(node), 1);
    if (!reading.feeds.empty()) example.feed = reading.feeds.front();
    const std::size_t before = reading.problem_count();
    for (const YamlMember& member : reading.members(node, "an example")) {
        if (member.key == "name") {
            example.name = reading.text(member);
        } else if (member.key == "feed") {
            example.feed_named = true;
            read_feed(member, example, reading);
        } else if (member.key == "context") {
            read_context(member, example, reading);
        } else if (member.key == "record") {
            read_record(member, example, reading);
        } else if (member.key == "records" && (rule.correlation || rule.hold > Ticks{0})) {
            read_records(member, example, reading);
        } else if (member.key == "severity" && fires) {
            read_expected_severity(member, example, reading);
        } else if (member.key == "findings" && fires) {
            read_count(member, example, reading);
        } else {
            unknown_key(member, fires, reading);
        }
    }
    if (reading.problem_count() > before) return;
    if (example.name.empty()) reading.error(example.line, "an example needs a `name`");
    if (example.record.empty()) reading.error(example.line, "an example needs a `record`");
    if (!example.feed_named && reading.feeds.size() > 1) {
        reading.error(example.line, "an example needs a `feed`, because the rule reads several");
    }
    rule.examples.push_back(std::move(example));
}

}  // namespace

void read_examples(const YamlMember& examples, Rule& rule, SigmaReading& reading) {
    for (const YamlMember& group : reading.members(examples.value, "`examples`")) {
        if (group.key != "fires" && group.key != "silent") {
            reading.error(group.line, "unknown key `" + cut_utf8(group.key, 60) + "` in `examples`" +
                                          did_you_mean(group.key, {"fires", "silent"}));
            continue;
        }
        if (!group.value.IsSequence() || group.value.size() > max_examples) {
            reading.error(group.line, "`" + group.key + "` must be a list of at most " +
                                          std::to_string(max_examples) + " examples");
            continue;
        }
        for (const YAML::Node& node : reading.items(group.value))
            read_example(node, group.key == "fires", rule, reading);
    }
}

}  // namespace entrawatch
