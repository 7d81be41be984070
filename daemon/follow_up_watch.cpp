#include "daemon/follow_up_watch.hpp"

#include <algorithm>
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

Result<> escalate_one(Store& store, const EscalationChain& chain, const std::string& id, Instant now,
                      Due& due) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    const auto followed = read_followed(store, id);
    if (!followed) return fail(followed.error());
    const auto row = next_escalation(chain, followed->alert, followed->deliveries, followed->past, now);
    if (!row) return {};
    const std::string type = follow_up_type(followed->deliveries, row->to_destination);
    auto destinations = unmuted(store, followed->alert, type, {row->to_destination}, now);
    if (!destinations) return fail(destinations.error());
    if (destinations->empty()) return {};
    Due added;
    auto written = write_follow_up(store, followed->alert, type, *row, std::move(*destinations), added);
    if (!written) return written;
    if (auto done = transaction->commit(); !done) return done;
    add_due(due, added);
    return {};
}

Result<> remind_one(Store& store, const ReminderPolicy& policy, const std::string& id,
                    const std::vector<std::string>& known, Instant now, Due& due) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    const auto followed = read_followed(store, id);
    if (!followed) return fail(followed.error());
    const auto row = next_reminder(policy, followed->alert, followed->deliveries, followed->past, now);
    if (!row) return {};
    constexpr std::string_view type = "alert.updated";
    auto destinations = unmuted(store, followed->alert, type,
                                to_remind(followed->deliveries, known, policy.interval, now), now);
    if (!destinations) return fail(destinations.error());
    if (destinations->empty()) return {};
    Due added;
    auto written = write_follow_up(store, followed->alert, type, *row, std::move(*destinations), added);
    if (!written) return written;
    if (auto done = transaction->commit(); !done) return done;
    add_due(due, added);
    return {};
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
        if (auto done = remind_one(store, policy, alert.id, destinations, now, due); !done)
            return fail(done.error());
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
            if (auto done = escalate_one(store, chain, alert.id, now, due); !done) return fail(done.error());
        }
    }
    return due;
}

}  // namespace entrawatch
