// Escalations and reminders.
#include "core/store/store_impl.hpp"

namespace entrawatch {
namespace {

FollowUpRow follow_up_from(const Cursor& row) {
    FollowUpRow found;
    found.alert_id = row.string(0);
    found.kind = row.string(1);
    found.step = row.small(2);
    found.from_destination = row.string(3);
    found.to_destination = row.string(4);
    found.reason = row.string(5);
    found.waited = Ticks{row.integer(6)};
    found.at = row.instant(7);
    found.notification = row.integer(8);
    return found;
}

}  // namespace

Result<> Store::insert_follow_up(const FollowUpRow& row) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::follow_up_add)
            .bind(alert_number(impl_->db, row.alert_id), row.kind, row.step, row.from_destination,
                  row.to_destination, row.reason, row.waited, row.at, row.notification)
            .run();
        impl_->chain.touched(Chained::follow_up, impl_->db.last_row());
    });
}

Result<std::vector<FollowUpRow>> Store::follow_ups_of(std::string_view alert_id) {
    return impl_->read([&] {
        std::vector<FollowUpRow> found;
        Cursor rows = impl_->db.use(sql::Query::follow_ups_of);
        rows.bind(alert_id);
        while (rows.step())
            found.push_back(follow_up_from(rows));
        return found;
    });
}

Result<std::optional<FollowUpRow>> Store::follow_up_of(std::int64_t notification) {
    return impl_->read([&]() -> std::optional<FollowUpRow> {
        Cursor row = impl_->db.use(sql::Query::follow_up_of_notification);
        if (!row.bind(notification).step()) return std::nullopt;
        return follow_up_from(row);
    });
}

}  // namespace entrawatch
