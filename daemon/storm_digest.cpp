#include "daemon/storm_digest.hpp"

#include "alerts/digest.hpp"
#include "daemon/enqueue.hpp"

namespace entrawatch {
namespace {

// Of one digest; what is left goes into the next.
constexpr int most_folded = 2000;

class Folding {
  public:
    Folding(Store& store, const StormQuestion& question) : store_(store), question_(question) {}

    Result<std::map<std::string, int>> run() {
        auto rows = rows_to_tell();
        if (!rows) return fail(rows.error());
        if (rows->empty()) return std::move(due_);
        auto storm = current_storm();
        if (!storm) return fail(storm.error());
        if (auto done = tell(*storm, *rows); !done) return fail(done.error());
        return std::move(due_);
    }

  private:
    Result<std::vector<DeliveryRow>> rows_to_tell() {
        auto rows = store_.foldable(question_.destination, question_.now, most_folded);
        if (!rows) return rows;
        const auto mutes = store_.mutes_in_force(question_.now);
        if (!mutes) return fail(mutes.error());
        if (mutes->empty()) return rows;
        std::vector<DeliveryRow> free;
        for (DeliveryRow& row : *rows) {
            const auto mute = held_by(store_, *mutes, row, question_.now);
            if (!mute) return fail(mute.error());
            if (!*mute) {
                free.push_back(std::move(row));
            } else if (auto done = store_.mute_delivery(row.id, **mute); !done) {
                return fail(done.error());
            }
        }
        return free;
    }

    // The storm that is under way, or a new one, of which everybody is told.
    Result<AlertRow> current_storm() {
        const IngestContext& context = *question_.context;
        AlertRow fresh = own_alert(
            storm_alert(context.tenant, question_.now, make_alert_id(question_.now, context.entropy())));
        auto newest = store_.newest_alert_with_key(fresh.dedup_key);
        if (!newest) return fail(newest.error());
        if (*newest && is_same_storm(**newest, question_.now)) return next_digest(std::move(**newest));
        fresh = storm_opened(std::move(fresh));
        if (auto done = store_.insert_alert(fresh); !done) return fail(done.error());
        const Telling telling{"alert.opened", &fresh,
                              destinations_for(context.routes, context.tenant.name, fresh.severity),
                              question_.now};
        if (auto told = enqueue(store_, telling, due_); !told) return fail(told.error());
        return fresh;
    }

    Result<AlertRow> next_digest(AlertRow storm) {
        storm = storm_goes_on(std::move(storm), question_.now);
        if (auto done = store_.update_alert(storm); !done) return fail(done.error());
        return storm;
    }

    Result<> tell(const AlertRow& storm, const std::vector<DeliveryRow>& rows) {
        const Telling telling{"digest", &storm, {question_.destination}, question_.now};
        const auto notification = write_notification(store_, telling);
        if (!notification) return fail(notification.error());
        for (const DeliveryRow& row : rows) {
            if (auto done = store_.tell_in(row.id, *notification, "digested"); !done) return done;
        }
        const auto facts = store_.told_in(*notification, most_in_digest);
        if (!facts) return fail(facts.error());
        // The storm's alert stays as it is: each digest is a notification of its own.
        const AlertRow told = with_digest(storm, *facts, storm_summary(*facts));
        const std::string body = notification_body("digest", question_.now, told);
        if (auto done = store_.set_body(*notification, body, told.severity); !done) return done;
        return promise(store_, *notification, telling, due_);
    }

    Store& store_;
    const StormQuestion& question_;
    std::map<std::string, int> due_;
};

}  // namespace

Result<std::map<std::string, int>> fold_into_digest(Store& store, const StormQuestion& question) {
    return Folding{store, question}.run();
}

}  // namespace entrawatch
