#include "daemon/follow_up_watch.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "alerts/follow_up.hpp"
#include "alerts/mute.hpp"
#include "daemon/enqueue.hpp"

namespace entrawatch {
namespace {

using Due = std::map<std::string, int>;

// All that is known of one alert, as it stands in the transaction.
struct Followed {
    AlertRow alert;
    std::vector<DeliveryRow> deliveries;
    std::vector<FollowUpRow> past;
};

Result<Followed> read_followed(Store& store, const std::string& id) {
    auto alert = store.alert(id);
    if (!alert) return fail(alert.error());
    if (!*alert) return fail(ErrorCode::not_found, "there is no alert " + id);
    auto deliveries = store.deliveries_of(id);
    if (!deliveries) return fail(deliveries.error());
    auto past = store.follow_ups_of(id);
    if (!past) return fail(past.error());
    return Followed{std::move(**alert), std::move(*deliveries), std::move(*past)};
}

// Those of the destinations from which no mute keeps it now.
Result<std::vector<std::string>> unmuted(Store& store, const AlertRow& alert, std::string_view type,
                                         std::vector<std::string> destinations, Instant now) {
    const auto mutes = store.mutes_in_force(now);
    if (!mutes) return fail(mutes.error());
    std::erase_if(destinations,
                  [&](const std::string& name) { return muting(*mutes, alert, type, name, now) != nullptr; });
    return destinations;
}

// The notification, its deliveries and the row that says why.
Result<> write_follow_up(Store& store, const AlertRow& alert, std::string_view type, FollowUpRow row,
                         std::vector<std::string> destinations, Due& due) {
    const AlertRow told = told_once_more(alert, row);
    const auto notification = enqueue(store, {type, &told, std::move(destinations), row.at}, due);
    if (!notification) return fail(notification.error());
    row.notification = *notification;
    return store.insert_follow_up(row);
}

// What is to be told of an alert, and to whom if no mute keeps it from them.
struct Step {
    FollowUpRow row;
    std::string type;
    std::vector<std::string> destinations;
};

// Reads, decides and tells in one transaction. `decide`: std::optional<Step>(const Followed&).
template <class Decide>
Result<> follow_up_one(Store& store, const std::string& id, Instant now, Due& due, Decide decide) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    const auto followed = read_followed(store, id);
    if (!followed) return fail(followed.error());
    std::optional<Step> step = decide(*followed);
    if (!step) return {};
    auto destinations = unmuted(store, followed->alert, step->type, std::move(step->destinations), now);
    if (!destinations) return fail(destinations.error());
    if (destinations->empty()) return {};
    Due added;
    auto written = write_follow_up(store, followed->alert, step->type, std::move(step->row),
                                   std::move(*destinations), added);
    if (!written) return written;
    if (auto done = transaction->commit(); !done) return done;
    add_due(due, added);
    return {};
}

std::optional<Step> escalation(const EscalationChain& chain, const Followed& of, Instant now) {
    auto row = next_escalation(chain, of.alert, of.deliveries, of.past, now);
    if (!row) return std::nullopt;
    const std::string to = row->to_destination;
    return Step{std::move(*row), std::string{follow_up_type(of.deliveries, to)}, {to}};
}

std::optional<Step> reminder(const ReminderPolicy& policy, const std::vector<std::string>& known,
                             const Followed& of, Instant now) {
    auto row = next_reminder(policy, of.alert, of.deliveries, of.past, now);
    if (!row) return std::nullopt;
    return Step{std::move(*row), "alert.updated", to_remind(of.deliveries, known, policy.interval, now)};
}

}  // namespace

Result<Due> remind(Store& store, const ReminderPolicy& policy, const std::vector<std::string>& destinations,
                   Instant now) {
    FollowUpFilter filter;
    filter.kind = "reminder";
    filter.opened = {now - followed_up_for, now - policy.interval};
    filter.minimum = policy.minimum_severity;
    filter.most = policy.most;
    const auto alerts = store.alerts_to_follow_up(filter);
    if (!alerts) return fail(alerts.error());
    Due due;
    for (const AlertRow& alert : *alerts) {
        const auto done = follow_up_one(store, alert.id, now, due, [&](const Followed& of) {
            return reminder(policy, destinations, of, now);
        });
        if (!done) return fail(done.error());
    }
    return due;
}

Result<Due> escalate(Store& store, const std::vector<EscalationChain>& chains, Instant now) {
    Due due;
    for (const EscalationChain& chain : chains) {
        FollowUpFilter filter;
        filter.kind = "escalation";
        filter.opened = {now - followed_up_for,
                         now - std::min(chain.undelivered_after, chain.unacknowledged_after)};
        filter.minimum = chain.minimum_severity;
        filter.first = chain.destinations.front();
        filter.last = chain.destinations.back();
        const auto alerts = store.alerts_to_follow_up(filter);
        if (!alerts) return fail(alerts.error());
        for (const AlertRow& alert : *alerts) {
            const auto done = follow_up_one(store, alert.id, now, due,
                                            [&](const Followed& of) { return escalation(chain, of, now); });
            if (!done) return fail(done.error());
        }
    }
    return due;
}

}  // namespace entrawatch
