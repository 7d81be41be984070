#include "alerts/drill.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr Ticks drill_start_tolerance = std::chrono::minutes{5};
constexpr std::string_view drill_failed_id = "5f3a1c9e-2b7d-4a60-8e14-6c0d9b7f2a11";
constexpr std::string_view drill_overdue_id = "5f3a1c9e-2b7d-4a60-8e14-6c0d9b7f2a12";
constexpr std::string_view drill_scenario = "EA-1";

std::string name_of_account(const std::string& name, const std::string& id) {
    return name.empty() ? id : name;
}

AlertRow about_account(AlertRow alert, const std::string& id, const std::string& name, Severity severity,
                       const std::string& says) {
    alert.scenario = drill_scenario;
    OrderedJson data = parse_object(alert.data);
    data["rule"]["scenario"] = drill_scenario;
    data["target"] = {{"kind", "user"}, {"id", safe_text(id)}};
    if (!name.empty()) data["target"]["name"] = safe_text(name);
    put_words(alert, data, severity, says);
    alert.data = dump(data);
    return alert;
}

}  // namespace

Result<> check_drill(const DrillRow& drill, Instant now) {
    if (drill.author.empty() || drill.reason.empty())
        return fail(ErrorCode::invalid, "a drill needs an author and a reason");
    if (drill.starts_at < now - drill_start_tolerance) {
        return fail(ErrorCode::invalid,
                    "a drill is announced before it begins: what was told without it is told");
    }
    if (drill.starts_at > now + farthest_drill)
        return fail(ErrorCode::invalid, "a drill starts within a year from now");
    if (drill.ends_at <= drill.starts_at)
        return fail(ErrorCode::invalid, "the end of the drill is not after its start");
    if (drill.ends_at - drill.starts_at > longest_drill) {
        return fail(ErrorCode::invalid, "a drill lasts at most " + to_words(longest_drill) +
                                            "; announce another one for another day");
    }
    return {};
}

const DrillRow* drill_of(std::span<const DrillRow> drills, const Event& event) {
    if (event.feed == FeedId::posture) return nullptr;
    const auto is_tried = [&](const DrillRow& drill) {
        const auto is_account = [&](const std::string& id) {
            return equal_ignoring_ascii_case(id, drill.account);
        };
        const Instant end = std::min(drill.ends_at, drill.cancelled_at.value_or(drill.ends_at));
        if (event.time < drill.starts_at || event.time >= end) return false;
        return is_account(event.actor.id) ||
               std::any_of(event.targets.begin(), event.targets.end(),
                           [&](const Target& target) { return is_account(target.id); });
    };
    const auto found = std::find_if(drills.begin(), drills.end(), is_tried);
    return found == drills.end() ? nullptr : &*found;
}

std::string_view condition_of(const DrillRow& drill, std::size_t alerts, Instant now) {
    if (alerts > 0) return "passed";
    if (drill.cancelled_at) return "cancelled";
    if (now < drill.starts_at) return "to come";
    if (now < drill.ends_at) return "on";
    return now < drill.ends_at + rows_may_come_within ? "waiting for late rows" : "failed";
}

AlertRow drill_failed(const DrillRow& drill, const TenantName& tenant, Instant now, std::string alert_id) {
    AlertRow alert = own_alert({drill_failed_id, drill_failed_rule, "A drill failed: no alert came of it",
                                tenant, now, std::move(alert_id), drill.id});
    return about_account(
        std::move(alert), drill.account, drill.account_name, Severity::high,
        "Drill failed: nothing was seen of the emergency account " +
            name_of_account(drill.account_name, drill.account) + " from " + to_iso(drill.starts_at) + " to " +
            to_iso(drill.ends_at) + ", announced by " + drill.author +
            ". Either it was not used, or its use would not be told: look before the next emergency");
}

AlertRow drill_overdue(const EmergencyAccount& account, Instant since, const TenantName& tenant, Instant now,
                       std::string alert_id) {
    AlertRow alert =
        own_alert({drill_overdue_id, drill_overdue_rule, "A drill of an emergency account is overdue", tenant,
                   now, std::move(alert_id), to_lower_ascii(account.object_id)});
    return about_account(std::move(alert), account.object_id, account.name, Severity::informational,
                         "Drill overdue: the emergency account " +
                             name_of_account(account.name, account.object_id) +
                             " was neither tried nor used since " + to_iso(since) +
                             "; announce a drill with `entrawatch drill announce` and sign in with it");
}

}  // namespace entrawatch
