#include "daemon/due_rows.hpp"

#include <algorithm>

#include "alerts/follow_up.hpp"
#include "alerts/merge.hpp"
#include "alerts/storm.hpp"
#include "daemon/enqueue.hpp"
#include "daemon/storm_digest.hpp"

namespace entrawatch {
namespace {

constexpr int most_counted = 1000;

class Asking {
  public:
    Asking(Store& store, const DueQuestion& question) : store_(store), question_(question) {}

    Result<DueAnswer> run() {
        auto done = question_.allowed == std::numeric_limits<int>::max() ? send(question_.limit) : by_turn();
        return done ? Result<DueAnswer>{std::move(answer_)} : fail(done.error());
    }

  private:
    Result<> by_turn() {
        const auto due = store_.due_count(question_.destination, question_.now, most_counted);
        if (!due) return fail(due.error());
        Waiting waiting{*due, 0, 0};
        std::vector<DeliveryRow> firsts;
        if (*due > question_.allowed) {
            if (auto done = look_closer(waiting, firsts); !done) return done;
        }
        const Turn next = turn(waiting, question_.allowed, question_.last_digest, question_.now);
        if (next == Turn::send_critical_first) return lease_firsts(std::move(firsts));
        if (next == Turn::wait) return {};
        if (next == Turn::fold) {
            if (auto done = fold(); !done) return done;
        }
        return send(std::min(question_.limit, question_.allowed));
    }

    Result<> look_closer(Waiting& waiting, std::vector<DeliveryRow>& firsts) {
        auto critical = store_.critical_firsts(question_.destination, question_.now, question_.limit);
        if (!critical) return fail(critical.error());
        firsts = std::move(*critical);
        waiting.critical_firsts = static_cast<int>(firsts.size());
        const auto foldable = store_.foldable(question_.destination, question_.now, fewest_in_digest);
        if (!foldable) return fail(foldable.error());
        waiting.foldable = static_cast<int>(foldable->size());
        return {};
    }

    Result<> fold() {
        const StormQuestion storm{question_.destination, question_.now, question_.context};
        auto due = fold_into_digest(store_, storm);
        if (!due) return fail(due.error());
        answer_.folded = true;
        answer_.due = std::move(*due);
        return {};
    }

    Result<> lease_firsts(std::vector<DeliveryRow> firsts) {
        for (DeliveryRow& row : firsts) {
            if (auto done = store_.lease(row.id, lease_end()); !done) return done;
            row.state = "leased";
        }
        return keep(std::move(firsts));
    }

    Result<> send(int limit) {
        if (limit <= 0) return {};
        auto rows = store_.lease_due(question_.destination, question_.now, lease_end(), limit);
        if (!rows) return fail(rows.error());
        return keep(std::move(*rows));
    }

    // Of the leased rows those that no mute holds, each as the message that is sent.
    Result<> keep(std::vector<DeliveryRow> rows) {
        if (rows.empty()) return {};
        const auto mutes = store_.mutes_in_force(question_.now);
        if (!mutes) return fail(mutes.error());
        for (DeliveryRow& row : rows) {
            const auto mute = held_by(store_, *mutes, row, question_.now);
            if (!mute) return fail(mute.error());
            if (*mute) {
                if (auto done = store_.mute_delivery(row.id, **mute); !done) return done;
                continue;
            }
            const auto answered = is_answered(row);
            if (!answered) return fail(answered.error());
            if (*answered) continue;
            if (auto done = merge(std::move(row)); !done) return done;
        }
        return {};
    }

    // Who has acknowledged meanwhile need not be reminded, nor the next one be woken: the later word that
    // waits tells it all.
    Result<bool> is_answered(const DeliveryRow& row) {
        const auto follow_up = store_.follow_up_of(row.notification);
        if (!follow_up) return fail(follow_up.error());
        if (!*follow_up) return false;
        const auto alert = store_.alert(row.alert_id);
        if (!alert) return fail(alert.error());
        if (!*alert || is_unanswered(**alert)) return false;
        const auto waiting = store_.waiting_of(row.alert_id, row.destination);
        if (!waiting) return fail(waiting.error());
        const DeliveryRow* later = later_word(*waiting, row);
        if (later == nullptr) return false;
        auto done = store_.tell_in(row.id, later->notification, "superseded");
        return done ? Result<bool>{true} : fail(done.error());
    }

    // The row, or the later one that tells of it as well.
    Result<> merge(DeliveryRow row) {
        auto waiting = store_.waiting_of(row.alert_id, row.destination);
        if (!waiting) return fail(waiting.error());
        const bool is_first = !waiting->empty() && waiting->front().id == row.id;
        const std::size_t carrier = is_first ? carrier_of(*waiting, question_.type, question_.now) : 0;
        if (carrier > 0) {
            DeliveryRow& chosen = (*waiting)[carrier];
            for (std::size_t i = 0; i < carrier; ++i) {
                auto done = store_.tell_in((*waiting)[i].id, chosen.notification, "superseded");
                if (!done) return done;
            }
            if (auto done = store_.lease(chosen.id, lease_end()); !done) return done;
            row = std::move(chosen);
            row.state = "leased";
        }
        auto merged = store_.superseded_types(row.notification, row.destination);
        if (!merged) return fail(merged.error());
        row.merged = std::move(*merged);
        if (auto done = keep_reason(row); !done) return done;
        answer_.rows.push_back(std::move(row));
        return {};
    }

    // Why an escalation brought the alert here is told by whatever tells of it.
    Result<> keep_reason(DeliveryRow& row) {
        if (row.merged.empty()) return {};
        const auto deliveries = store_.deliveries_of(row.alert_id);
        if (!deliveries) return fail(deliveries.error());
        for (const DeliveryRow& earlier : *deliveries) {
            if (earlier.state != "superseded" || earlier.told_in != row.webhook_id) continue;
            const auto follow_up = store_.follow_up_of(earlier.notification);
            if (!follow_up) return fail(follow_up.error());
            if (*follow_up && (*follow_up)->kind == "escalation")
                row.body = with_reason(row.body, **follow_up);
        }
        return {};
    }

    [[nodiscard]] Instant lease_end() const {
        return question_.now + question_.lease_length * question_.limit;
    }

    Store& store_;
    const DueQuestion& question_;
    DueAnswer answer_;
};

}  // namespace

Result<DueAnswer> due_rows(Store& store, const DueQuestion& question) {
    return Asking{store, question}.run();
}

}  // namespace entrawatch
