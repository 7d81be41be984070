#include "alerts/payload/cef.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <chrono>

#include "alerts/payload/story_details.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

namespace entrawatch {
namespace {
namespace cef_parts {

constexpr std::size_t longest_when_brief = 128;
constexpr std::size_t most_in_name = 512;
constexpr std::size_t most_in_text = 1023;
constexpr std::size_t most_in_short_text = 63;
constexpr std::size_t most_in_id = 255;

// 0 to 10; readers call 9 and 10 very high, 7 and 8 high, 4 to 6 medium.
int severity_number(Severity severity) {
    switch (severity) {
        case Severity::critical:
            return 10;
        case Severity::high:
            return 8;
        case Severity::medium:
            return 6;
        case Severity::low:
            return 3;
        case Severity::informational:
            break;
    }
    return 1;
}

class Extension {
  public:
    explicit Extension(bool brief) : brief_(brief) {}

    void put(std::string_view key, std::string_view value, std::size_t limit) {
        if (value.empty()) return;
        if (!text_.empty()) text_ += ' ';
        text_.append(key).append("=").append(
            cef_value(value, brief_ ? std::min(limit, longest_when_brief) : limit));
    }
    void put_custom(const std::string& key, std::string_view label, std::string_view value,
                    std::size_t limit) {
        if (value.empty()) return;
        put(key + "Label", label, most_in_text);
        put(key, value, limit);
    }
    // Milliseconds since 1970: the one form of a time that no reader's time zone bends.
    void put_time(std::string_view key, const OrderedJson& object, const char* member_name) {
        const auto time = parse_iso(text_at(object, {member_name}));
        if (!time) return;
        put(key,
            std::to_string(
                std::chrono::duration_cast<std::chrono::milliseconds>(time->time_since_epoch()).count()),
            most_in_short_text);
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    bool brief_;
    std::string text_;
};

void put_address(Extension& extension, const std::string& address) {
    in_addr four{};
    in6_addr six{};
    if (inet_pton(AF_INET, address.c_str(), &four) == 1) extension.put("src", address, most_in_short_text);
    if (inet_pton(AF_INET6, address.c_str(), &six) == 1)
        extension.put_custom("c6a2", "Source IPv6 Address", address, most_in_short_text);
}

void put_parties(Extension& extension, const OrderedJson& data) {
    extension.put("suser", shown_at(data, {"actor", "name"}), most_in_text);
    extension.put("suid", shown_at(data, {"actor", "id"}), most_in_text);
    put_address(extension, text_at(data, {"actor", "ip"}));
    extension.put("duser", shown_at(data, {"target", "name"}), most_in_text);
    extension.put("duid", shown_at(data, {"target", "id"}), most_in_text);
    extension.put("EntrawatchActorKind", shown_at(data, {"actor", "kind"}), most_in_short_text);
    extension.put("EntrawatchTargetKind", shown_at(data, {"target", "kind"}), most_in_short_text);
}

// What happened, of the first event: the others are in the store.
void put_event(Extension& extension, const OrderedJson& data) {
    const OrderedJson events = member(data, "events");
    const OrderedJson first = events.is_array() && !events.empty() ? events.front() : OrderedJson{};
    extension.put("act", shown_at(first, {"activity"}), most_in_short_text);
    extension.put("outcome", shown_at(first, {"outcome"}), most_in_short_text);
    extension.put_custom("flexString2", "CorrelationId", shown_at(first, {"correlation_id"}), most_in_text);
    extension.put_time("start", data, "first_event_at");
    extension.put_time("end", data, "last_event_at");
    extension.put_time("rt", data, "detected_at");
    if (const OrderedJson count = member(data, "count"); count.is_number_integer())
        extension.put("cnt", count.dump(), most_in_short_text);
}

void put_custom_texts(Extension& extension, const Story& story) {
    extension.put_custom("cs1", "Scenario", story.scenario, most_in_text);
    extension.put_custom("cs2", "DedupKey", shown(story.dedup_key), most_in_text);
    extension.put_custom("cs3", "Tenant", story.tenant, most_in_text);
    extension.put_custom("cs4", "Runbook", story.runbook_link, most_in_text);
    extension.put_custom("cs5", "Changes", lines_of(story.changes), longest_custom_text);
    extension.put_custom("cs6", "Context", lines_of(story.more), longest_custom_text);
}

std::string name_of_event(const Story& story, const OrderedJson& data) {
    std::string title = shown_at(data, {"rule", "title"});
    if (title.empty()) title = story.rule_name.empty() ? story.type : story.rule_name;
    const bool drill = member(data, "drill") == true;
    return std::string{story.test ? "TEST " : ""} + (drill ? "DRILL " : "") + title;
}

}  // namespace cef_parts
}  // namespace

std::string cef_header(std::string_view text, std::size_t limit) {
    std::string out;
    for (const char c : cut_utf8(text, limit)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\\') {
            out += "\\\\";
        } else if (c == '|') {
            out += '/';
        } else {
            out += byte < 0x20 || byte == 0x7F ? ' ' : c;
        }
    }
    return out;
}

std::string cef_value(std::string_view text, std::size_t limit) {
    std::string out;
    for (const char c : cut_utf8(text, limit)) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\\' || c == '=') {
            out += '\\';
            out += c;
        } else if (c == '\n' || c == '\r') {
            out += c == '\n' ? "\\n" : "\\r";
        } else {
            out += byte < 0x20 || byte == 0x7F ? ' ' : c;
        }
    }
    return out;
}

std::string lines_of(const std::vector<Fact>& facts) {
    std::string out;
    for (const Fact& fact : facts)
        out += (out.empty() ? "" : "\n") + fact.label + ": " + fact.value;
    return out;
}

std::string cef_event(const Story& story, const OrderedJson& data, const Notification& notification,
                      std::string_view version) {
    using namespace cef_parts;
    const std::size_t most = story.brief ? longest_when_brief : most_in_name;
    Extension extension{story.brief};
    extension.put("externalId", story.alert_id, most_in_id);
    extension.put("cat", story.type, most_in_text);
    put_parties(extension, data);
    extension.put("msg", story.summary, most_in_text);
    std::vector<std::string> words;
    for (const Fact& fact : story.words)
        words.push_back(fact.label + " " + fact.value);
    extension.put("reason", joined(words, "; "), most_in_text);
    put_event(extension, data);
    extension.put("deviceExternalId", shown_at(data, {"tenant_id"}), most_in_id);
    extension.put("request", story.entra_link, most_in_text);
    extension.put_custom("flexString1", "WebhookId", shown(notification.webhook_id), most_in_text);
    put_custom_texts(extension, story);
    return "CEF:0|Entrawatch|Entrawatch|" + cef_header(version, most_in_short_text) + "|" +
           cef_header(story.rule_name.empty() ? story.type : story.rule_name, most) + "|" +
           cef_header(name_of_event(story, data), most) + "|" +
           std::to_string(severity_number(story.severity)) + "|" + extension.text();
}

}  // namespace entrawatch
