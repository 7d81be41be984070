#include "alerts/alert.hpp"

#include <algorithm>

#include "alerts/payload/native.hpp"
#include "core/base/digest.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t longest_dedup_key = 255;
constexpr std::size_t most_also = 20;

bool same_act(const Finding& a, const Finding& b) {
    return a.rule->act == b.rule->act && a.subject == b.subject && a.filter == b.filter;
}

bool lists_event(const OrderedJson& events, const OrderedJson& event) {
    return std::any_of(events.begin(), events.end(), [&](const OrderedJson& listed) {
        return member(listed, "feed") == member(event, "feed") && member(listed, "id") == member(event, "id");
    });
}

OrderedJson list_in(const OrderedJson& object, const char* key) {
    OrderedJson list = member(object, key);
    return list.is_array() ? list : OrderedJson::array();
}

void add_event(OrderedJson& data, const Event& event) {
    OrderedJson events = list_in(data, "events");
    OrderedJson entry = native_event(event);
    if (events.size() < most_listed_events && !lists_event(events, entry)) events.push_back(std::move(entry));
    data["events"] = std::move(events);
}

// Entra writes several rows of one act: under one correlation id, such as another rule of the same act tells
// of, or again while it lasts. They are no repeat.
bool is_of_one_act(const AlertRow& alert, const OrderedJson& data, const AlertInput& input) {
    if (input.event->echo || input.finding->lead.rule->id != alert.rule_id) return true;
    const std::string correlation = safe_text(input.event->correlation_id);
    if (correlation.empty()) return false;
    const OrderedJson events = list_in(data, "events");
    return std::any_of(events.begin(), events.end(), [&](const OrderedJson& listed) {
        return member(listed, "correlation_id") == OrderedJson(correlation);
    });
}

// Rules that told of the act beside the one whose story the alert tells; each once.
void add_also(OrderedJson& data, const OrderedJson& entry) {
    const OrderedJson id = member(entry, "id");
    if (id.is_null() || id == member(member(data, "rule"), "id")) return;
    OrderedJson context = member(data, "context");
    if (!context.is_object()) context = OrderedJson::object();
    OrderedJson also = list_in(context, "also");
    const bool there = std::any_of(also.begin(), also.end(),
                                   [&](const OrderedJson& listed) { return member(listed, "id") == id; });
    if (there || also.size() == most_also) return;
    also.push_back(entry);
    context["also"] = std::move(also);
    data["context"] = std::move(context);
}

void put_counts(OrderedJson& data, const AlertRow& alert) {
    data["count"] = alert.count;
    data["first_event_at"] = to_iso(alert.first_event_at);
    data["last_event_at"] = to_iso(alert.last_event_at);
}

void take_story(AlertRow& alert, const Finding& lead, const OrderedJson& data) {
    alert.rule_id = lead.rule->id;
    alert.rule_name = lead.rule->name;
    alert.title = lead.rule->title;
    alert.scenario = lead.rule->scenario;
    alert.severity = lead.severity;
    alert.summary = text_at(data, {"summary"});
    alert.window = lead.rule->window;
    alert.suppressed_by = lead.filter == nullptr ? "" : lead.filter->id;
}

// One rule among those that tell of the act is enough: a mute must not hide what another rule may not lose.
void take_silenceability(AlertRow& alert, const MergedFinding& finding) {
    alert.unsilenceable = alert.unsilenceable || finding.lead.rule->unsilenceable ||
                          std::any_of(finding.others.begin(), finding.others.end(),
                                      [](const Finding& other) { return other.rule->unsilenceable; });
}

OrderedJson told_rule(const AlertRow& alert) {
    OrderedJson entry;
    entry["id"] = safe_text(alert.rule_id);
    entry["name"] = safe_text(alert.rule_name);
    if (!alert.title.empty()) entry["title"] = safe_text(alert.title);
    if (!alert.scenario.empty()) entry["scenario"] = safe_text(alert.scenario);
    entry["severity"] = name_of(alert.severity);
    return entry;
}

// The finding's story with the alert's identity and history.
OrderedJson retold(const AlertRow& alert, const OrderedJson& old, AlertInput input) {
    input.alert_id = alert.id;
    input.key = alert.dedup_key;
    input.test = alert.test;
    OrderedJson data = native_data(input);
    data["detected_at"] = to_iso_millis(alert.opened_at);
    data["events"] = list_in(old, "events");
    // What a person said of it stays true.
    for (const char* word : {"acknowledged", "resolved"}) {
        if (old.contains(word)) data[word] = old[word];
    }
    add_also(data, told_rule(alert));
    for (const OrderedJson& entry : list_in(member(old, "context"), "also"))
        add_also(data, entry);
    return data;
}

}  // namespace

std::vector<MergedFinding> merge(std::vector<Finding> findings) {
    std::vector<MergedFinding> merged;
    for (Finding& finding : findings) {
        const auto same = std::find_if(merged.begin(), merged.end(),
                                       [&](const MergedFinding& one) { return same_act(one.lead, finding); });
        if (same == merged.end()) {
            merged.push_back({std::move(finding), {}});
        } else {
            if (finding.severity > same->lead.severity) std::swap(same->lead, finding);
            same->others.push_back(std::move(finding));
        }
    }
    return merged;
}

std::string dedup_key(const TenantName& tenant, const Finding& finding, bool test, std::string_view drill) {
    std::string key = suppressed_prefix(finding.filter);
    if (!drill.empty()) key.append("drill|").append(drill).append("|");
    key += (test ? "test|" : "") + tenant.tenant_id + "|" + finding.rule->act + "|" + finding.subject;
    return as_dedup_key(std::move(key));
}

std::string suppressed_prefix(const RuleFilter* filter) {
    return filter == nullptr ? "" : "suppressed|" + filter->id + "|";
}

std::string as_dedup_key(std::string key) {
    key = to_valid_utf8(key);
    if (key.size() <= longest_dedup_key) return key;
    const std::string hash = "~" + to_hex(as_bytes(sha256(key)));
    return cut_utf8(key, longest_dedup_key - hash.size()) + hash;
}

std::string filter_named_in(const AlertRow& alert) {
    return text_at(parse_object(alert.data), {"suppressed", "filter", "name"});
}

AlertDecision decide(const Finding& finding, Instant event_time, const std::optional<AlertRow>& newest) {
    if (!newest) return AlertDecision::open;
    const bool over = newest->state == "resolved";
    const Ticks reach = over ? Ticks{0} : newest->window;
    if (event_time < newest->first_event_at - reach || event_time > newest->last_event_at + reach) {
        return AlertDecision::open;
    }
    if (finding.severity <= newest->severity) return AlertDecision::count;
    return over ? AlertDecision::open : AlertDecision::raise;
}

AlertRow open_alert(const AlertInput& input) {
    const Finding& lead = input.finding->lead;
    AlertRow alert;
    alert.id = input.alert_id;
    alert.dedup_key = input.key;
    const OrderedJson data = native_data(input);
    take_story(alert, lead, data);
    take_silenceability(alert, *input.finding);
    alert.opened_at = input.now;
    alert.first_event_at = input.event->time;
    alert.last_event_at = input.event->time;
    alert.test = input.test;
    alert.told_count = 1;
    alert.told_at = input.now;
    alert.data = dump(data);
    return alert;
}

AlertRow joined_alert(AlertRow alert, const std::vector<Store::AlertEvent>& events, std::int64_t count) {
    OrderedJson data = parse_object(alert.data);
    OrderedJson listed = OrderedJson::array();
    for (const Store::AlertEvent& event : events) {
        alert.first_event_at = std::min(alert.first_event_at, event.time);
        alert.last_event_at = std::max(alert.last_event_at, event.time);
        if (listed.size() < most_listed_events) listed.push_back(native_event(event));
    }
    alert.count = alert.told_count = count;
    data["events"] = std::move(listed);
    put_counts(data, alert);
    alert.data = dump(data);
    return alert;
}

AlertRow counted_alert(AlertRow alert, const AlertInput& input, bool raised) {
    OrderedJson data = parse_object(alert.data);
    if (data.is_null()) data = native_data(input);
    take_silenceability(alert, *input.finding);
    if (raised) {
        data = retold(alert, data, input);
        take_story(alert, input.finding->lead, data);
    } else {
        add_also(data, native_also(input.finding->lead));
        for (const Finding& other : input.finding->others)
            add_also(data, native_also(other));
    }
    if (!input.counted_before) {
        if (alert.told_count == alert.count && is_of_one_act(alert, data, input)) ++alert.told_count;
        ++alert.count;
        alert.first_event_at = std::min(alert.first_event_at, input.event->time);
        alert.last_event_at = std::max(alert.last_event_at, input.event->time);
        add_event(data, *input.event);
    }
    put_counts(data, alert);
    if (raised) {
        data["update"] = "severity";
        alert.told_count = alert.count;
        alert.told_at = input.now;
    }
    alert.data = dump(data);
    return alert;
}

std::string notification_body(std::string_view type, Instant now, const AlertRow& alert) {
    return native_body(type, now, parse_object(alert.data), alert);
}

std::string make_alert_id(Instant now, std::string_view entropy) {
    return make_id("alrt_", now, entropy);
}

std::string make_id(std::string_view prefix, Instant now, std::string_view entropy) {
    constexpr std::size_t entropy_bytes = 10;
    const auto millis = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count());
    std::string bytes;
    for (unsigned shift = 48; shift > 0; shift -= 8)
        bytes += static_cast<char>((millis >> (shift - 8)) & 0xFFU);
    bytes += entropy.substr(0, entropy_bytes);
    bytes.resize(6 + entropy_bytes, '\0');
    return std::string{prefix} + to_base32(bytes);
}

std::string make_webhook_id(std::string_view alert_id, std::string_view destination, int sequence) {
    std::string text;
    text.append(alert_id)
        .append(1, '\0')
        .append(destination)
        .append(1, '\0')
        .append(std::to_string(sequence));
    return "msg_" + to_base32(as_bytes(sha256(text))).substr(0, 26);
}

}  // namespace entrawatch
