#include "daemon/mute_watch.hpp"

#include "alerts/digest.hpp"
#include "alerts/mute.hpp"
#include "core/base/text.hpp"
#include "daemon/enqueue.hpp"

namespace entrawatch {
namespace {

using Due = std::map<std::string, int>;

class Report {
  public:
    Report(Store& store, const MuteRow& mute, Instant now) : store_(store), mute_(mute), now_(now) {}

    // The alert and its notification come first, because the hidden rows name the latter; then what it says.
    Result<> write(AlertRow alert, std::vector<std::string> destinations, Due& due) {
        if (auto done = store_.insert_alert(alert); !done) return done;
        Telling telling{"digest", &alert, std::move(destinations), now_};
        const auto notification = write_notification(store_, telling);
        if (!notification) return fail(notification.error());
        if (auto done = store_.tell_muted(mute_.number, *notification); !done) return done;
        const auto facts = store_.told_in(*notification, most_in_digest);
        if (!facts) return fail(facts.error());
        alert = with_digest(std::move(alert), *facts, mute_summary(mute_, *facts));
        if (auto done = store_.update_alert(alert); !done) return done;
        const std::string body = notification_body("digest", now_, alert);
        if (auto done = store_.set_body(*notification, body, alert.severity); !done) return done;
        return promise(store_, *notification, telling, due);
    }

    // Its end is told apart from its removal, which has a row by whoever removed it.
    Result<> mark(std::size_t destinations) {
        if (auto done = store_.set_mute_reported(mute_.number, now_); !done) return done;
        const std::string what = destinations == 0 ? "it hid nothing"
                                                   : "what it hid is reported to " +
                                                         counted(static_cast<std::int64_t>(destinations),
                                                                 "destination", "destinations");
        return store_.add_audit({now_, "entrawatch", "mute ended", mute_.id, what});
    }

  private:
    Store& store_;
    const MuteRow& mute_;
    Instant now_;
};

Result<> report_one(Store& store, const MuteRow& mute, const OwnAlert& own, Due& due) {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    auto destinations = store.muted_destinations(mute.number);
    if (!destinations) return fail(destinations.error());
    Report report{store, mute, own.now};
    const std::size_t hidden_from = destinations->size();
    Due added;
    if (hidden_from > 0) {
        if (auto done = report.write(own_alert(own), std::move(*destinations), added); !done) return done;
    }
    if (auto done = report.mark(hidden_from); !done) return done;
    if (auto done = transaction->commit(); !done) return done;
    add_due(due, added);
    return {};
}

}  // namespace

Result<std::map<std::string, int>> report_ended_mutes(Store& store, const TenantName& tenant, Instant now,
                                                      const std::function<std::string()>& entropy) {
    Due due;
    const auto ended = store.ended_mutes(now);
    if (!ended) return fail(ended.error());
    for (const MuteRow& mute : *ended) {
        const OwnAlert own = mute_report(mute, tenant, now, make_alert_id(now, entropy()));
        if (auto done = report_one(store, mute, own, due); !done) return fail(done.error());
    }
    return due;
}

}  // namespace entrawatch
