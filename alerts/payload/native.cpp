#include "alerts/payload/native.hpp"

#include "alerts/payload/links.hpp"
#include "alerts/payload/safe_changes.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t most_other_targets = 10;

// Absent facts are left out.
void put(OrderedJson& object, const char* key, std::string_view value) {
    if (!value.empty()) object[key] = safe_text(value);
}

OrderedJson known(Known fact) {
    if (fact == Known::unresolved) return "unresolved";
    return fact == Known::yes;
}

OrderedJson rule_of(const Rule& rule) {
    OrderedJson out;
    out["id"] = safe_text(rule.id);
    out["name"] = safe_text(rule.name);
    put(out, "title", rule.title);
    put(out, "scenario", rule.scenario);
    if (!rule.attack.empty()) {
        OrderedJson techniques = OrderedJson::array();
        for (const std::string& technique : rule.attack)
            techniques.push_back(safe_text(technique));
        out["attack"] = std::move(techniques);
    }
    put(out, "runbook", rule.runbook);
    return out;
}

// A record that gives no name to an id: the directory may.
std::string_view name_or_known(const std::string& name, std::string_view id, const Directory* directory) {
    const Principal* principal = name.empty() && directory != nullptr ? directory->principal(id) : nullptr;
    return principal == nullptr ? std::string_view{name} : std::string_view{principal->name};
}

OrderedJson actor_of(const Actor& actor, const Directory* directory) {
    OrderedJson out;
    out["kind"] = name_of(actor.kind);
    put(out, "id", actor.id);
    put(out, "name", name_or_known(actor.name, actor.id, directory));
    put(out, "app_id", actor.app_id);
    put(out, "ip", actor.ip);
    return out;
}

OrderedJson target_of(const Target& target, const Directory* directory) {
    OrderedJson out;
    out["kind"] = target.kind.empty() ? "other" : safe_text(target.kind);
    put(out, "id", target.id);
    put(out, "name", name_or_known(target.name, target.id, directory));
    return out;
}

OrderedJson role_of(const Event& event) {
    OrderedJson out;
    put(out, "id", event.role->template_id);
    put(out, "name", event.context.role_name.empty() ? event.role->name : event.context.role_name);
    out["tier"] = event.context.role_tier.empty() ? "unresolved" : safe_text(event.context.role_tier);
    return out;
}

// Only what the directory knows: of most accounts the question is not asked.
void put_directory_facts(OrderedJson& out, const EventContext& facts) {
    const auto put_known = [&](const char* name, Known fact) {
        if (fact != Known::unresolved) out[name] = known(fact);
    };
    put_known("actor_privileged", facts.actor_is_privileged);
    put_known("target_privileged", facts.target_is_privileged);
    put_known("actor_synced", facts.actor_is_synced);
    put_known("target_synced", facts.target_is_synced);
    put_known("actor_external", facts.actor_is_external);
    put_known("target_external", facts.target_is_external);
    put_known("actor_trusted_location", facts.actor_at_trusted_location);
    put(out, "actor_named_location", facts.actor_named_location);
}

OrderedJson context_of(const AlertInput& input) {
    const Event& event = *input.event;
    const EventContext& facts = event.context;
    OrderedJson out;
    out["actor_emergency"] = known(facts.actor_is_emergency);
    out["target_emergency"] = known(facts.target_is_emergency);
    put(out, "emergency_account", facts.emergency_name);
    // PIM acts through the directory; of a sign-in the question is not asked.
    if (event.feed == FeedId::directory_audits) out["ms_pim"] = known(facts.actor_is_ms_pim);
    put_directory_facts(out, facts);
    if (event.role) out["role"] = role_of(event);
    if (!input.finding->lead.severity_reasons.empty()) {
        OrderedJson reasons = OrderedJson::array();
        for (const std::string& reason : input.finding->lead.severity_reasons)
            reasons.push_back(safe_sentence(reason));
        out["severity_reasons"] = std::move(reasons);
    }
    if (!input.finding->others.empty()) {
        OrderedJson also = OrderedJson::array();
        for (const Finding& other : input.finding->others)
            also.push_back(native_also(other));
        out["also"] = std::move(also);
    }
    if (input.directory_read_at) out["directory_read_at"] = to_iso(*input.directory_read_at);
    return out;
}

void put_targets(OrderedJson& data, const std::vector<Target>& targets, const Directory* directory) {
    if (targets.empty()) return;
    data["target"] = target_of(targets.front(), directory);
    if (targets.size() == 1) return;
    OrderedJson others = OrderedJson::array();
    for (std::size_t i = 1; i < targets.size() && others.size() < most_other_targets; ++i)
        others.push_back(target_of(targets[i], directory));
    data["other_targets"] = std::move(others);
}

// A difference is for people: it is told as the summary is, with nothing hidden in it.
OrderedJson difference_of(const Difference& difference) {
    OrderedJson out;
    put(out, "property", difference.property);
    out["what"] = safe_sentence(difference.what);
    if (!difference.old_value.empty()) out["old"] = safe_sentence(difference.old_value);
    if (!difference.new_value.empty()) out["new"] = safe_sentence(difference.new_value);
    out["text"] = safe_sentence(difference.text);
    return out;
}

void put_differences(OrderedJson& data, const Differences& differences) {
    if (differences.list.empty() && differences.further == 0) return;
    OrderedJson list = OrderedJson::array();
    for (const Difference& difference : differences.list)
        list.push_back(difference_of(difference));
    data["differences"] = std::move(list);
    if (differences.further > 0) data["further_differences"] = differences.further;
}

// The filter as it stood when it suppressed the finding: whoever asks later need not find its file.
OrderedJson suppressed_of(const RuleFilter& filter) {
    OrderedJson out;
    out["filter"] = {{"id", safe_text(filter.id)}, {"name", safe_text(filter.name)}};
    put(out["filter"], "title", filter.title);
    put(out, "owner", filter.owner);
    put(out, "reason", filter.reason);
    out["last_day"] = filter.last_day;
    return out;
}

OrderedJson event_entry(FeedId feed, std::string_view id, Instant time, const std::string& activity,
                        const std::string& correlation_id) {
    OrderedJson out;
    out["feed"] = feed_of(feed).name;
    out["id"] = safe_text(id);
    out["time"] = to_iso(time);
    put(out, "activity", activity);
    put(out, "correlation_id", correlation_id);
    return out;
}

}  // namespace

std::string safe_text(std::string_view text, std::size_t limit) {
    // Only what can still count is repaired, so that a huge value costs no more than a long one.
    return cut_utf8(to_valid_utf8(text.substr(0, limit + 4)), limit);
}

std::string safe_sentence(std::string_view text) {
    return cut_utf8(for_terminal(safe_text(text)), longest_text);
}

std::string told_summary(const Finding& finding, const Differences& differences) {
    constexpr std::size_t longest_in_sentence = 400;
    if (!finding.rule->differences) return safe_sentence(finding.summary);
    const std::string words = in_words(differences, longest_in_sentence);
    return safe_sentence(finding.summary + (words.empty() ? *finding.rule->differences : words));
}

OrderedJson native_event(const Event& event) {
    OrderedJson out = event_entry(event.feed, event.id, event.time, event.activity, event.correlation_id);
    if (event.outcome != Outcome::unknown) out["outcome"] = name_of(event.outcome);
    put(out, "client", event.client);
    put(out, "location", event.location);
    put(out, "risk_level", event.risk_level);
    return out;
}

OrderedJson native_event(const Store::AlertEvent& event) {
    return event_entry(event.feed, event.id, event.time, event.activity, event.correlation_id);
}

OrderedJson native_also(const Finding& finding) {
    OrderedJson out;
    out["id"] = safe_text(finding.rule->id);
    out["name"] = safe_text(finding.rule->name);
    put(out, "title", finding.rule->title);
    put(out, "scenario", finding.rule->scenario);
    out["severity"] = name_of(finding.severity);
    return out;
}

OrderedJson native_data(const AlertInput& input) {
    const Finding& lead = input.finding->lead;
    const Event& event = *input.event;
    const Differences differences = differences_of(event, input.directory);
    OrderedJson data;
    data["alert_id"] = safe_text(input.alert_id);
    data["tenant"] = safe_text(input.tenant.name);
    data["tenant_id"] = safe_text(input.tenant.tenant_id);
    data["rule"] = rule_of(*lead.rule);
    data["severity"] = name_of(lead.severity);
    const bool drill = !input.drill_id.empty();
    data["summary"] = (drill ? "DRILL: " : "") + told_summary(lead, differences);
    data["actor"] = actor_of(event.actor, input.directory);
    put_targets(data, event.targets, input.directory);
    if (!event.changes.empty()) data["changes"] = safe_changes(event.changes);
    put_differences(data, differences);
    data["context"] = context_of(input);
    data["events"] = OrderedJson::array({native_event(event)});
    data["count"] = 1;
    data["first_event_at"] = to_iso(event.time);
    data["last_event_at"] = to_iso(event.time);
    data["detected_at"] = to_iso_millis(input.now);
    data["dedup_key"] = safe_text(input.key);
    data["drill"] = drill;
    put(data, "drill_id", input.drill_id);
    data["test"] = input.test;
    if (lead.filter != nullptr) data["suppressed"] = suppressed_of(*lead.filter);
    if (std::string link = entra_link(input.tenant.portal, event); !link.empty()) {
        data["links"]["entra"] = std::move(link);
    }
    return data;
}

}  // namespace entrawatch
