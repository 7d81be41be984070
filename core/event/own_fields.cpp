#include "core/event/own_fields.hpp"

#include <array>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

void put(FieldScratch& out, std::string_view text) {
    if (!text.empty()) out.values.push_back({FieldValue::Type::string, text, 0});
}

// Yes and no are booleans; what is not known is missing, so that neither `true` nor `false` matches it.
void put(FieldScratch& out, Known fact) {
    if (fact == Known::yes) out.values.push_back({FieldValue::Type::boolean, "true", 1});
    if (fact == Known::no) out.values.push_back({FieldValue::Type::boolean, "false", 0});
}

template <class Member>
void put_first(FieldScratch& out, const Event& event, Member member) {
    if (!event.targets.empty()) put(out, event.targets.front().*member);
}

template <class Member>
void put_each(FieldScratch& out, const Event& event, Member member) {
    for (const Target& target : event.targets)
        put(out, target.*member);
}

void put_time(FieldScratch& out, const Event& event) {
    std::string& text = out.make_text();
    text = to_iso(event.time);
    put(out, text);
}

struct Row {
    FieldInfo info;
    void (*read)(const Event&, FieldScratch&);
};

using E = Event;
using S = FieldScratch;

constexpr std::array rows{
    Row{{"id", "the record's id, as Graph gives it"}, [](const E& e, S& s) { put(s, e.id); }},
    Row{{"feed", "the feed it came from, such as directory_audits"},
        [](const E& e, S& s) { put(s, feed_of(e.feed).name); }},
    Row{{"time", "when it happened, ISO 8601 in UTC"}, [](const E& e, S& s) { put_time(s, e); }},
    Row{{"activity", "what was done: the activity's name, Sign-in, or the kind of risk"},
        [](const E& e, S& s) { put(s, e.activity); }},
    Row{{"category", "the audit category, such as RoleManagement"},
        [](const E& e, S& s) { put(s, e.category); }},
    Row{{"service", "the service that logged it, such as Core Directory"},
        [](const E& e, S& s) { put(s, e.service); }},
    Row{{"operation", "the operation type, such as Assign"}, [](const E& e, S& s) { put(s, e.operation); }},
    Row{{"outcome", "success, failure, timeout, interrupted or unknown"},
        [](const E& e, S& s) { put(s, name_of(e.outcome)); }},
    Row{{"reason", "the reason given for the outcome"}, [](const E& e, S& s) { put(s, e.reason); }},
    Row{{"outcome.words", "the outcome, and the reason given for it: what the portal shows as status"},
        [](const E& e, S& s) {
            put(s, name_of(e.outcome));
            put(s, e.reason);
        }},
    Row{{"actor.kind", "user, app, system or unknown"},
        [](const E& e, S& s) { put(s, name_of(e.actor.kind)); }},
    Row{{"actor.id", "object id of who did it; of the service principal for an app"},
        [](const E& e, S& s) { put(s, e.actor.id); }},
    Row{{"actor.name", "user principal name of who did it, else the display name"},
        [](const E& e, S& s) { put(s, e.actor.name); }},
    Row{{"actor.display_name", "display name of who did it; chosen by whoever made the object"},
        [](const E& e, S& s) { put(s, e.actor.display_name); }},
    Row{{"actor.app_id", "client id of the app that did it; often missing"},
        [](const E& e, S& s) { put(s, e.actor.app_id); }},
    Row{{"actor.ip", "address it was done from"}, [](const E& e, S& s) { put(s, e.actor.ip); }},
    Row{{"actor.user_agent", "user agent it was done with"},
        [](const E& e, S& s) { put(s, e.actor.user_agent); }},
    Row{{"target.kind", "kind of the object it was done to: user, group, serviceprincipal, role, policy, …"},
        [](const E& e, S& s) { put_first(s, e, &Target::kind); }},
    Row{{"target.id", "object id of what it was done to"},
        [](const E& e, S& s) { put_first(s, e, &Target::id); }},
    Row{{"target.name", "user principal name of what it was done to, else the display name"},
        [](const E& e, S& s) { put_first(s, e, &Target::name); }},
    Row{{"targets.kind", "kinds of every object the record names"},
        [](const E& e, S& s) { put_each(s, e, &Target::kind); }},
    Row{{"targets.id", "ids of every object the record names"},
        [](const E& e, S& s) { put_each(s, e, &Target::id); }},
    Row{{"targets.name", "names of every object the record names"},
        [](const E& e, S& s) { put_each(s, e, &Target::name); }},
    Row{{"role.id", "template id of the directory role the record names"},
        [](const E& e, S& s) {
            if (e.role) put(s, e.role->template_id);
        }},
    Row{{"role.name", "name of that role as the record has it"},
        [](const E& e, S& s) {
            if (e.role) put(s, e.role->name);
        }},
    Row{{"correlation_id", "Microsoft's correlation id, shared by rows of one act"},
        [](const E& e, S& s) { put(s, e.correlation_id); }},
    Row{{"client", "the client used to sign in, such as Browser"},
        [](const E& e, S& s) { put(s, e.client); }},
    Row{{"location", "where it was done from: city, state, country"},
        [](const E& e, S& s) { put(s, e.location); }},
    Row{{"risk.level", "the risk level Microsoft gives"}, [](const E& e, S& s) { put(s, e.risk_level); }},
    Row{{"risk.state", "the risk state Microsoft gives"}, [](const E& e, S& s) { put(s, e.risk_state); }},
    Row{{"context.actor.emergency", "whether an emergency account did it"},
        [](const E& e, S& s) { put(s, e.context.actor_is_emergency); }},
    Row{{"context.target.emergency", "whether it was done to an emergency account"},
        [](const E& e, S& s) { put(s, e.context.target_is_emergency); }},
    Row{{"context.emergency.name", "which emergency account it concerns"},
        [](const E& e, S& s) { put(s, e.context.emergency_name); }},
    Row{{"context.actor.ms_pim",
         "whether Microsoft's PIM did it, by service principal id; missing when not known"},
        [](const E& e, S& s) { put(s, e.context.actor_is_ms_pim); }},
    Row{{"context.actor.privileged", "whether who did it holds a privileged role, or may activate one"},
        [](const E& e, S& s) { put(s, e.context.actor_is_privileged); }},
    Row{{"context.target.privileged", "whether what it was done to holds a privileged role"},
        [](const E& e, S& s) { put(s, e.context.target_is_privileged); }},
    Row{{"context.group.privileged", "whether a group that the record names holds a privileged role"},
        [](const E& e, S& s) { put(s, e.context.group_is_privileged); }},
    Row{{"context.actor.synced", "whether who did it is mastered on-premises"},
        [](const E& e, S& s) { put(s, e.context.actor_is_synced); }},
    Row{{"context.target.synced", "whether what it was done to is mastered on-premises"},
        [](const E& e, S& s) { put(s, e.context.target_is_synced); }},
    Row{{"context.actor.external", "whether who did it is a guest, or an app of another organisation"},
        [](const E& e, S& s) { put(s, e.context.actor_is_external); }},
    Row{{"context.target.external", "whether it was done to a guest, or to an app of another organisation"},
        [](const E& e, S& s) { put(s, e.context.target_is_external); }},
    Row{{"context.actor.trusted_location",
         "whether it was done from a trusted named location; missing while that is not known"},
        [](const E& e, S& s) { put(s, e.context.actor_at_trusted_location); }},
    Row{{"context.actor.named_location", "the named location it was done from; missing where there is none"},
        [](const E& e, S& s) { put(s, e.context.actor_named_location); }},
    Row{{"context.role.tier", "critical, high, medium or low; missing when the role is not known"},
        [](const E& e, S& s) { put(s, e.context.role_tier); }},
    Row{{"context.role.name", "the role's name as the directory has it now"},
        [](const E& e, S& s) { put(s, e.context.role_name); }},
};

}  // namespace

std::optional<int> find_own_field(std::string_view name) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (equal_ignoring_ascii_case(rows.at(i).info.name, name)) return static_cast<int>(i);
    }
    return std::nullopt;
}

void read_own_field(int index, const Event& event, FieldScratch& scratch) {
    rows.at(static_cast<std::size_t>(index)).read(event, scratch);
}

std::span<const FieldInfo> own_fields() {
    static const auto infos = [] {
        std::array<FieldInfo, rows.size()> all{};
        for (std::size_t i = 0; i < rows.size(); ++i)
            all.at(i) = rows.at(i).info;
        return all;
    }();
    return infos;
}

}  // namespace entrawatch
