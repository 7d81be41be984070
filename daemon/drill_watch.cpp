#include "daemon/drill_watch.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/store/query.hpp"
#include "daemon/enqueue.hpp"

namespace entrawatch {
namespace {

using Due = std::map<std::string, int>;

Result<> tell(Store& store, const DrillQuestion& question, std::string_view type, const AlertRow& alert,
              Due& due) {
    if (auto done = store.insert_alert(alert); !done) return done;
    const Telling telling{
        type, &alert, destinations_for(question.routes, question.tenant.name, alert.severity), question.now};
    const auto told = enqueue(store, telling, due);
    return told ? Result<>{} : fail(told.error());
}

Result<> judge(Store& store, const DrillRow& drill, const DrillQuestion& question, Due& due) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    const auto alerts = store.alerts_of_drill(drill.id, 1);
    if (!alerts) return fail(alerts.error());
    const std::string outcome{condition_of(drill, alerts->size(), question.now)};
    Due added;
    if (outcome == "failed") {
        const AlertRow alert = drill_failed(drill, question.tenant, question.now,
                                            make_alert_id(question.now, question.entropy()));
        if (auto done = tell(store, question, "watch.degraded", alert, added); !done) return done;
    }
    if (auto done = store.set_drill_judged(drill.number, question.now); !done) return done;
    if (auto done = store.add_audit({question.now, "entrawatch", "drill judged", drill.id, outcome}); !done)
        return done;
    if (auto done = transaction->commit(); !done) return done;
    add_due(due, added);
    return {};
}

// When the account last signed in, within the interval.
Result<std::optional<Instant>> last_sign_in(Store& store, const EmergencyAccount& account, Instant now) {
    EventFilter filter;
    filter.from = now - drill_interval;
    filter.feeds = {FeedId::sign_ins_interactive, FeedId::sign_ins_non_interactive};
    filter.actor = account.object_id;
    filter.limit = 1;
    std::optional<Instant> last;
    const auto rows = query_events(store, filter, [&](const EventRow& row) {
        last = row.occurred_at;
        return true;
    });
    return rows ? Result<std::optional<Instant>>{last} : fail(rows.error());
}

Result<> remind(Store& store, const EmergencyAccount& account, const DrillQuestion& question, Due& due) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    const auto created = store.created_at();
    if (!created) return fail(created.error());
    const auto tried = store.last_drill_of(to_lower_ascii(account.object_id));
    if (!tried) return fail(tried.error());
    // Nobody knows of the time before this store began.
    const Instant since = std::max(*created, tried->value_or(*created));
    if (question.now - since < drill_interval) return {};
    const auto used = last_sign_in(store, account, question.now);
    if (!used) return fail(used.error());
    if (*used) return {};
    const AlertRow alert = drill_overdue(account, since, question.tenant, question.now,
                                         make_alert_id(question.now, question.entropy()));
    const auto before = store.newest_alert_with_key(alert.dedup_key);
    if (!before) return fail(before.error());
    if (*before && question.now - (*before)->opened_at < drill_interval) return {};
    Due added;
    if (auto done = tell(store, question, "alert.opened", alert, added); !done) return done;
    if (auto done = transaction->commit(); !done) return done;
    add_due(due, added);
    return {};
}

}  // namespace

Result<Due> judge_drills(Store& store, const DrillQuestion& question) {
    Due due;
    const auto over = store.unjudged_drills(question.now - rows_may_come_within);
    if (!over) return fail(over.error());
    for (const DrillRow& drill : *over) {
        if (auto done = judge(store, drill, question, due); !done) return fail(done.error());
    }
    return due;
}

Result<Due> remind_of_drills(Store& store, const DrillQuestion& question) {
    Due due;
    for (const EmergencyAccount& account : question.accounts) {
        if (auto done = remind(store, account, question, due); !done) return fail(done.error());
    }
    return due;
}

}  // namespace entrawatch
