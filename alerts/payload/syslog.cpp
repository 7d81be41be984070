// Syslog, RFC 5424: one message whose text is a CEF event (cef.hpp). Budget 7,500 octets: rsyslog splits what
// is over 8 KB, and takes the rest for messages of their own, with a header that a name could have written.
//
// Structured data before it says the ids, for readers that know no CEF; its number is the one set aside for
// examples (RFC 5612), because Entrawatch has none. No byte order mark stands before the text: CEF's readers
// expect `CEF:` there. PROCID is left open, so that every attempt sends the same octets. The frame (RFC 6587)
// is the connection's: http/client.
#include <algorithm>
#include <array>

#include "alerts/payload/cef.hpp"
#include "alerts/payload/receivers.hpp"
#include "alerts/payload/shedding.hpp"
#include "alerts/payload/story_details.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"

namespace entrawatch {
namespace {
namespace syslog_message {

constexpr std::size_t most_octets = 7500;
constexpr std::size_t most_in_parameter = 128;
constexpr std::size_t most_in_host = 255;
constexpr std::size_t most_in_message_id = 32;
constexpr int notice = 5;
constexpr int informational = 6;

// RFC 5424's severities, of which emergency and alert are left to systems that fail: critical is 2.
int level_of(const Story& story) {
    const int level = informational - static_cast<int>(story.severity);
    if (story.test) return informational;
    return is_over(story) || is_acknowledged(story) ? std::max(level, notice) : level;
}

// Visible ASCII without blanks; what is none becomes "-", which says that there is no value.
std::string header_field(std::string_view text, std::size_t limit) {
    const bool fine = !text.empty() && text.size() <= limit &&
                      std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7F; });
    return fine ? std::string{text} : "-";
}

void put_parameter(std::string& out, std::string_view name, std::string_view value) {
    if (value.empty()) return;
    out.append(" ").append(name).append("=\"");
    for (const char c : cut_utf8(value, most_in_parameter)) {
        if (c == '"' || c == '\\' || c == ']') out += '\\';
        out += c;
    }
    out += '"';
}

std::string structured_data(const Story& story, const OrderedJson& data, const Notification& notification) {
    std::string out = "[entrawatch@32473";
    put_parameter(out, "alert_id", story.alert_id);
    put_parameter(out, "webhook_id", shown(notification.webhook_id));
    put_parameter(out, "tenant", story.tenant);
    put_parameter(out, "severity", name_of(story.severity));
    put_parameter(out, "rule", story.rule_name);
    put_parameter(out, "occurred_at", shown_at(data, {"first_event_at"}));
    return out + "]";
}

bool leave_out_changes(Story& story) {
    const bool there = !story.changes.empty();
    story.changes.clear();
    return there;
}

bool leave_out_context(Story& story) {
    const bool there = !story.more.empty();
    story.more.clear();
    return there;
}

constexpr std::array steps{
    SheddingStep{"changes", leave_out_changes},
    SheddingStep{"context", leave_out_context},
    SheddingStep{"links", leave_out_links},
    SheddingStep{"texts", be_brief},
};

}  // namespace syslog_message
}  // namespace

RenderedRequest syslog_request(const Receiver& receiver, const Notification& notification) {
    using namespace syslog_message;
    Story story = tell(notification);
    const OrderedJson data = data_in(notification.body);
    const std::string time = parse_iso(story.told_at) ? to_iso_millis(*parse_iso(story.told_at)) : "-";
    const std::string host = header_field(receiver.host, most_in_host);
    const std::string id = header_field(notification.type, most_in_message_id);
    // Everything one line cannot hold is in the store.
    if (story.events.size() > 1) name_shed(story.shed, "events");
    if (lines_of(story.changes).size() > longest_custom_text) name_shed(story.shed, "changes");
    if (lines_of(story.more).size() > longest_custom_text) name_shed(story.shed, "context");
    const auto build = [&](const Story& left) {
        const int priority = static_cast<int>(receiver.facility) * 8 + level_of(left);
        return "<" + std::to_string(priority) + ">1 " + time + " " + host + " entrawatch - " + id + " " +
               structured_data(left, data, notification) + " " +
               cef_event(left, data, notification, receiver.version);
    };
    RenderedRequest request;
    request.method.clear();
    request.content_type.clear();
    request.body = fitted<std::string>(story, steps, build,
                                       [](const std::string& text) { return text.size() <= most_octets; });
    request.shed = std::move(story.shed);
    return request;
}

}  // namespace entrawatch
