#include "daemon/due_rows.hpp"

#include "alerts/mute.hpp"

namespace entrawatch {
namespace {

// The mute that holds the row back, if one does.
Result<std::optional<std::int64_t>> mute_of(Store& store, const std::vector<MuteRow>& mutes,
                                            const DeliveryRow& row, Instant now) {
    const auto alert = store.alert(row.alert_id);
    if (!alert) return fail(alert.error());
    if (!*alert) return std::optional<std::int64_t>{};
    const MuteRow* mute = muting(mutes, **alert, row.type, row.destination, now);
    return mute == nullptr ? std::nullopt : std::optional{mute->number};
}

}  // namespace

Result<std::vector<DeliveryRow>> due_rows(Store& store, const DueQuestion& question) {
    auto rows = store.lease_due(question.destination, question.now, question.lease_until, question.limit);
    if (!rows || rows->empty()) return rows;
    const auto mutes = store.mutes_in_force(question.now);
    if (!mutes) return fail(mutes.error());
    if (mutes->empty()) return rows;
    std::vector<DeliveryRow> free;
    for (DeliveryRow& row : *rows) {
        const auto mute = mute_of(store, *mutes, row, question.now);
        if (!mute) return fail(mute.error());
        if (!*mute) {
            free.push_back(std::move(row));
        } else if (auto done = store.mute_delivery(row.id, **mute); !done) {
            return fail(done.error());
        }
    }
    return free;
}

}  // namespace entrawatch
