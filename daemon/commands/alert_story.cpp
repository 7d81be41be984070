#include "daemon/commands/alert_story.hpp"

#include <cctype>
#include <string_view>

#include "alerts/follow_up.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t longest_value = 400;  // bytes of one value in a story; the whole is in --format json
constexpr std::size_t most_shown_events = 20;

std::string safe(std::string_view text) {
    return cut_utf8(for_terminal(text), longest_value);
}

const OrderedJson* child(const OrderedJson& object, const char* key) {
    if (!object.is_object()) return nullptr;
    const auto found = object.find(key);
    return found == object.end() || found->is_null() ? nullptr : &*found;
}

std::string text_in(const OrderedJson& object, const char* key) {
    const OrderedJson* value = child(object, key);
    if (value == nullptr) return {};
    return safe(value->is_string() ? value->get<std::string>() : json_text(*value, false));
}

void line(std::string& out, std::string_view label, const std::string& value) {
    if (value.empty()) return;
    out.append("  ").append(label);
    out.append(label.size() < 12 ? 12 - label.size() : 1, ' ');
    out.append(value).append("\n");
}

// "user alice@contoso.com (0000-…) from 203.0.113.7"
std::string person_or_thing(const OrderedJson* object) {
    if (object == nullptr) return {};
    std::string out = text_in(*object, "kind");
    const std::string name = text_in(*object, "name");
    const std::string id = text_in(*object, "id");
    if (!name.empty()) out += " " + name;
    if (!id.empty()) out += name.empty() ? " " + id : " (" + id + ")";
    const std::string ip = text_in(*object, "ip");
    if (!ip.empty()) out += " from " + ip;
    return out;
}

// "by alice at 2026-11-22T10:00:00.000Z: looking into it"
std::string persons_word(const OrderedJson* word) {
    if (word == nullptr) return {};
    return "by " + text_in(*word, "by") + " at " + text_in(*word, "at") + ": " + text_in(*word, "reason");
}

// "filter mine/scanner of ops@contoso.com, until 2027-05-31: the nightly scanner"; nothing for most alerts.
std::string exception_of(const AlertDossier& dossier) {
    const OrderedJson* suppressed = child(dossier.data, "suppressed");
    const OrderedJson* filter = suppressed == nullptr ? nullptr : child(*suppressed, "filter");
    if (filter == nullptr) return {};
    return "filter " + text_in(*filter, "name") + " of " + text_in(*suppressed, "owner") + ", until " +
           text_in(*suppressed, "last_day") + ": " + text_in(*suppressed, "reason");
}

void add_people(std::string& out, const OrderedJson& data) {
    line(out, "who", person_or_thing(child(data, "actor")));
    line(out, "to what", person_or_thing(child(data, "target")));
    const OrderedJson* others = child(data, "other_targets");
    if (others == nullptr || !others->is_array()) return;
    for (const OrderedJson& other : *others)
        line(out, "and", person_or_thing(&other));
}

// What the alert told of the differences when it was opened. False: it is older than they are.
bool add_differences(std::string& out, const AlertDossier& dossier) {
    const OrderedJson* differences = child(dossier.data, "differences");
    if (differences == nullptr || !differences->is_array() || differences->empty()) return false;
    out += "\nBefore and after\n";
    for (const OrderedJson& difference : *differences)
        out += "  " + text_in(difference, "text") + "\n";
    const std::string further = text_in(dossier.data, "further_differences");
    if (!further.empty()) {
        out += "  … and " + further + " further: entrawatch alerts show --format json " +
               safe(dossier.alert.id) + ", and the record itself\n";
    }
    return true;
}

void add_changes(std::string& out, const AlertDossier& dossier) {
    if (add_differences(out, dossier)) return;
    const OrderedJson* changes = child(dossier.data, "changes");
    if (changes == nullptr || !changes->is_array() || changes->empty()) return;
    out += "\nBefore and after\n";
    for (const OrderedJson& change : *changes) {
        const std::string before = text_in(change, "old");
        const std::string after = text_in(change, "new");
        out += "  " + text_in(change, "property") + ": " + (before.empty() ? "(nothing)" : before) + " -> " +
               (after.empty() ? "(nothing)" : after) + "\n";
    }
}

void add_context(std::string& out, const OrderedJson& data) {
    const OrderedJson* context = child(data, "context");
    if (context == nullptr || !context->is_object() || context->empty()) return;
    out += "\nWhat the directory says\n";
    for (const auto& [name, value] : context->items()) {
        out += "  " + safe(name) + ": " + text_in(*context, name.c_str()) + "\n";
    }
}

void add_events(std::string& out, const AlertDossier& dossier) {
    out += "\nEvents (" + std::to_string(dossier.alert.count) + ")\n";
    std::size_t shown = 0;
    for (const Store::AlertEvent& event : dossier.events) {
        if (shown++ == most_shown_events) {
            out += "  … further ones: entrawatch alerts show --format json " + safe(dossier.alert.id) + "\n";
            break;
        }
        out += "  " + to_iso_millis(event.time) + "  " + std::string{feed_of(event.feed).name} + "  " +
               safe(event.activity) + "  " + safe(event.id) + "\n";
        if (!event.correlation_id.empty()) out += "      correlation " + safe(event.correlation_id) + "\n";
    }
}

void add_what_to_do(std::string& out, const AlertDossier& dossier) {
    const OrderedJson* rule = child(dossier.data, "rule");
    const OrderedJson* links = child(dossier.data, "links");
    out += "\nWhat to do\n";
    if (rule != nullptr) line(out, "runbook", text_in(*rule, "runbook"));
    if (links != nullptr) line(out, "in Entra", text_in(*links, "entra"));
    // The watcher's own alerts have no rule file.
    if (!dossier.alert.rule_name.starts_with("entrawatch/"))
        line(out, "the rule", "entrawatch rules show " + safe(dossier.alert.rule_name));
    line(out, "the records", "entrawatch query --raw --id EVENT_ID");
}

std::string answer_of(const AttemptRow& attempt) {
    std::string out =
        attempt.http_status == 0 ? std::string{"no answer"} : "HTTP " + std::to_string(attempt.http_status);
    if (!attempt.remote_address.empty()) out += " from " + safe(attempt.remote_address);
    return out;
}

std::string span_of(const AttemptRow& attempt) {
    const auto millis =
        std::chrono::duration_cast<std::chrono::milliseconds>(attempt.ended_at - attempt.started_at);
    return std::to_string(millis.count()) + " ms";
}

void add_attempts(std::string& out, const DeliveryHistory& history) {
    for (const AttemptRow& attempt : history.attempts) {
        out += "      attempt " + std::to_string(attempt.number) + " at " +
               to_iso_millis(attempt.started_at) + ": " + safe(attempt.verdict) + ", " + answer_of(attempt) +
               ", " + span_of(attempt) + "\n";
        if (!attempt.detail.empty()) out += "        " + safe(attempt.detail) + "\n";
    }
}

void add_deliveries(std::string& out, const AlertDossier& dossier) {
    out += "\nDeliveries\n";
    if (dossier.deliveries.empty() && !dossier.alert.suppressed_by.empty())
        out += "  none: a filter suppressed it\n";
    else if (dossier.deliveries.empty())
        out +=
            "  none: no destination takes this tenant and severity, or it was imported without --deliver\n";
    for (const DeliveryHistory& history : dossier.deliveries) {
        const DeliveryRow& delivery = history.delivery;
        out += "  " + safe(delivery.destination) + "  " + safe(delivery.type) + "  " + safe(delivery.state) +
               "  " + safe(delivery.webhook_id) + "\n";
        add_attempts(out, history);
    }
}

std::string upper(std::string_view text) {
    std::string out;
    for (const char c : text)
        out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return out;
}

std::string held_back(const DeliveryHistory& history) {
    std::string out = "held back by mute " + safe(history.delivery.muted_by);
    if (history.mute) {
        out += " of " + safe(history.mute->author) + " (" + safe(history.mute->reason) + "), until " +
               to_iso_millis(history.mute->removed_at.value_or(history.mute->ends_at));
    }
    if (history.delivery.told_in.empty()) return out + "; told of in one report when it ends";
    return out + "; the report of what it hid is " + safe(history.delivery.told_in);
}

// What becomes of a delivery next, in words.
std::string next_step(const DeliveryHistory& history, Instant now) {
    const DeliveryRow& delivery = history.delivery;
    if (delivery.state == "delivered") return "delivered: the destination took it; nothing further is tried";
    if (delivery.state == "dead") {
        return "dead: given up, kept; `entrawatch alerts redeliver` makes it due again under the same "
               "webhook-id";
    }
    if (delivery.state == "superseded")
        return "not sent by itself: a later word about the alert, " + safe(delivery.told_in) +
               ", tells it too";
    if (delivery.state == "digested")
        return "not sent by itself: counted and told of in the digest " + safe(delivery.told_in);
    if (delivery.state == "purged")
        return "purged: somebody decided that it is not sent; the audit trail has why";
    if (delivery.state == "muted") return held_back(history);
    if (delivery.state == "leased") return "being sent now";
    if (delivery.due_at <= now)
        return "due since " + to_iso_millis(delivery.due_at) + ": the running daemon sends it next";
    return "next try at " + to_iso_millis(delivery.due_at) + ", in " + to_words(delivery.due_at - now);
}

void add_reasons(std::string& out, const AlertDossier& dossier) {
    const OrderedJson* context = child(dossier.data, "context");
    const OrderedJson* reasons = context == nullptr ? nullptr : child(*context, "severity_reasons");
    if (reasons == nullptr || !reasons->is_array()) return;
    for (const OrderedJson& reason : *reasons) {
        if (reason.is_string()) out += "     because " + safe(reason.get<std::string>()) + "\n";
    }
}

void add_counted(std::string& out, const AlertDossier& dossier) {
    const AlertRow& alert = dossier.alert;
    out += "  3. counted " + counted(alert.count, "event", "events") + ", from " +
           to_iso_millis(alert.first_event_at) + " to " + to_iso_millis(alert.last_event_at) + "\n";
    for (const Store::AlertEvent& event : dossier.events) {
        out += "     " + std::string{feed_of(event.feed).name} + " " + safe(event.id) + " at " +
               to_iso_millis(event.time);
        if (event.received_at > event.time)
            out += ", received " + to_words(event.received_at - event.time) + " later";
        out += "\n";
    }
}

void add_routing(std::string& out, const AlertDossier& dossier, Instant now) {
    if (!dossier.alert.suppressed_by.empty()) {
        out +=
            "  4. told to nobody, because its event is excepted by\n     " + exception_of(dossier) +
            "\n     kept and counted; a finding that the filter does not except opens an alert of its own\n";
        return;
    }
    if (dossier.deliveries.empty()) {
        out +=
            "  4. routed to nobody: no destination takes this tenant and severity, or it was imported "
            "without --deliver\n";
        return;
    }
    out += "  4. routed\n";
    for (const DeliveryHistory& history : dossier.deliveries)
        out += delivery_story(history, now);
}

}  // namespace

std::string story_of(const AlertDossier& dossier) {
    const AlertRow& alert = dossier.alert;
    std::string out = upper(name_of(alert.severity)) + "  " +
                      (alert.scenario.empty() ? "" : safe(alert.scenario) + "  ") + safe(alert.title) +
                      (alert.test ? "  (a test, not a real event)" : "") + "\n" + safe(alert.summary) +
                      "\n\n";
    line(out, "alert", safe(alert.id));
    line(out, "tenant", safe(dossier.tenant));
    line(out, "state", safe(alert.state) + ", opened " + to_iso_millis(alert.opened_at));
    line(out, "when",
         alert.count == 1
             ? to_iso_millis(alert.first_event_at)
             : std::to_string(alert.count) + " times from " + to_iso_millis(alert.first_event_at) + " to " +
                   to_iso_millis(alert.last_event_at));
    line(out, "rule", safe(alert.rule_name) + " (" + safe(alert.rule_id) + ")");
    line(out, "suppressed", exception_of(dossier));
    line(out, "acknowledged", persons_word(child(dossier.data, "acknowledged")));
    line(out, "resolved", persons_word(child(dossier.data, "resolved")));
    add_people(out, dossier.data);
    add_changes(out, dossier);
    add_context(out, dossier.data);
    add_events(out, dossier);
    add_what_to_do(out, dossier);
    add_deliveries(out, dossier);
    return out;
}

std::string delivery_story(const DeliveryHistory& history, Instant now) {
    const DeliveryRow& delivery = history.delivery;
    std::string out = "     to " + safe(delivery.destination) + " at " + to_iso_millis(delivery.created_at) +
                      ": " + safe(delivery.type) + " (" + std::string{name_of(delivery.severity)} + ") as " +
                      safe(delivery.webhook_id) + "\n";
    if (history.follow_up) {
        out += "      because " + safe(words_of(*history.follow_up)) + " (" + safe(history.follow_up->kind) +
               " " + std::to_string(history.follow_up->step) + ")\n";
    }
    add_attempts(out, history);
    return out + "      " + next_step(history, now) + "\n";
}

std::string trail_of(const AlertDossier& dossier, Instant now) {
    const AlertRow& alert = dossier.alert;
    std::string out =
        safe(alert.id) + " of tenant " + safe(dossier.tenant) + (alert.test ? ", a test" : "") + "\n";
    out += "  1. rule " + safe(alert.rule_name) + " (" + safe(alert.rule_id) +
           (alert.scenario.empty() ? "" : ", scenario " + safe(alert.scenario)) +
           ") concluded: " + safe(alert.summary) + "\n" + "     severity " +
           std::string{name_of(alert.severity)} + "\n";
    add_reasons(out, dossier);
    out += "  2. no alert in force had the key " + safe(alert.dedup_key) + ", so one was opened at " +
           to_iso_millis(alert.opened_at) + "\n";
    out += !alert.suppressed_by.empty()
               ? "     a repeat within " + to_words(alert.window) + " of its last event is counted\n"
           : alert.window == Ticks{0}
               ? std::string{"     a test is told each time\n"}
               : "     a repeat within " + to_words(alert.window) +
                     " of its last event is counted; told at 2, 10, 100 …, the rest after 15 min\n";
    add_counted(out, dossier);
    add_routing(out, dossier, now);
    for (const char* word : {"acknowledged", "resolved"}) {
        if (const OrderedJson* said = child(dossier.data, word))
            out += "  " + std::string{word} + " " + persons_word(said) + "\n";
    }
    out += "  state: " + safe(alert.state) + "\n";
    return out;
}

}  // namespace entrawatch
