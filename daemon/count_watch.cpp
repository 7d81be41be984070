#include "daemon/count_watch.hpp"

#include "alerts/handling.hpp"
#include "alerts/storm.hpp"
#include "daemon/enqueue.hpp"

namespace entrawatch {
namespace {

constexpr int most_at_once = 100;

using Due = std::map<std::string, int>;

Result<> tell_one(Store& store, const AlertRow& alert, const std::vector<std::string>& destinations,
                  Instant now, Due& due) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    Due added;
    if (auto done = tell_count(store, count_told(alert, now), destinations, now, added); !done) return done;
    if (auto done = transaction->commit(); !done) return done;
    add_due(due, added);
    return {};
}

}  // namespace

Result<> tell_count(Store& store, const AlertRow& alert, const std::vector<std::string>& destinations,
                    Instant now, Due& due) {
    if (auto done = store.update_alert(alert); !done) return done;
    const auto promised = store.deliveries_of(alert.id);
    if (!promised) return fail(promised.error());
    const Telling telling{"alert.updated", &alert, concerned(*promised, destinations), now};
    // Nobody has heard of it: the count is in the store for whoever asks.
    if (telling.destinations.empty()) return {};
    const auto told = enqueue(store, telling, due);
    return told ? Result<>{} : fail(told.error());
}

Result<Due> tell_overdue_counts(Store& store, const std::vector<std::string>& destinations, Instant now) {
    Due due;
    const auto alerts = store.untold_alerts(now - told_interval, most_at_once);
    if (!alerts) return fail(alerts.error());
    for (const AlertRow& alert : *alerts) {
        if (auto done = tell_one(store, alert, destinations, now, due); !done) return fail(done.error());
    }
    return due;
}

}  // namespace entrawatch
