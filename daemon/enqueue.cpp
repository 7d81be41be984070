#include "daemon/enqueue.hpp"

#include "alerts/mute.hpp"

namespace entrawatch {

Result<std::int64_t> write_notification(Store& store, const Telling& telling) {
    NotificationRow notification;
    notification.alert_id = telling.alert->id;
    notification.type = telling.type;
    notification.body = notification_body(telling.type, telling.now, *telling.alert);
    notification.created_at = telling.now;
    notification.severity = telling.alert->severity;
    return store.insert_notification(notification);
}

Result<> promise(Store& store, std::int64_t notification, const Telling& telling,
                 std::map<std::string, int>& due) {
    if (telling.destinations.empty()) return {};
    const auto mutes = store.mutes_in_force(telling.now);
    if (!mutes) return fail(mutes.error());
    for (const auto& name : telling.destinations) {
        const std::string webhook_id =
            make_webhook_id(telling.alert->id, name, static_cast<int>(notification));
        const MuteRow* mute = muting(*mutes, *telling.alert, telling.type, name, telling.now);
        const auto held = mute == nullptr ? std::nullopt : std::optional{mute->number};
        if (auto row = store.insert_delivery(notification, name, webhook_id, telling.now, held); !row)
            return fail(row.error());
        if (mute == nullptr) ++due[name];
    }
    return {};
}

Result<std::int64_t> enqueue(Store& store, const Telling& telling, std::map<std::string, int>& due) {
    auto notification = write_notification(store, telling);
    if (!notification) return notification;
    if (auto done = promise(store, *notification, telling, due); !done) return fail(done.error());
    return notification;
}

void add_due(std::map<std::string, int>& due, const std::map<std::string, int>& added) {
    for (const auto& [name, rows] : added)
        due[name] += rows;
}

Result<std::optional<std::int64_t>> held_by(Store& store, const std::vector<MuteRow>& mutes,
                                            const DeliveryRow& row, Instant now) {
    using Held = std::optional<std::int64_t>;
    if (mutes.empty()) return Held{};
    const auto alert = store.alert(row.alert_id);
    if (!alert) return fail(alert.error());
    if (!*alert) return Held{};
    const MuteRow* mute = muting(mutes, **alert, row.type, row.destination, now);
    return mute == nullptr ? Held{} : Held{mute->number};
}

}  // namespace entrawatch
