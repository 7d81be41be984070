#include <limits>

#include "core/store/store_impl.hpp"

namespace entrawatch {

namespace {

DeliveryRow delivery_from(const Cursor& row) {
    DeliveryRow delivery;
    delivery.id = row.integer(0);
    delivery.notification = row.integer(1);
    delivery.destination = row.string(2);
    delivery.webhook_id = row.string(3);
    delivery.state = row.string(4);
    delivery.attempts = row.small(5);
    delivery.created_at = row.instant(6);
    delivery.due_at = row.instant(7);
    delivery.lease_until = row.maybe_instant(8);
    delivery.alert_id = row.string(9);
    delivery.type = row.string(10);
    delivery.body = row.string(11);
    delivery.severity = severity_from(row.integer(12));
    delivery.last_answer = row.string(13);
    delivery.muted_by = row.string(14);
    delivery.told_in = row.string(15);
    return delivery;
}

std::vector<DeliveryRow> deliveries_from(Cursor& rows) {
    std::vector<DeliveryRow> found;
    while (rows.step())
        found.push_back(delivery_from(rows));
    return found;
}

std::string last_answer_of(const AttemptRow& attempt) {
    std::string answer = attempt.verdict;
    if (attempt.http_status != 0) answer += " (" + std::to_string(attempt.http_status) + ")";
    if (!attempt.detail.empty()) answer += ": " + attempt.detail;
    return answer;
}

// Whether the statement before changed it.
bool chain_changed_delivery(Store::Impl& impl, std::int64_t delivery) {
    if (impl.db.changes() == 0) return false;
    impl.chain.touched(Chained::delivery, delivery);
    return true;
}

void add_attempt(Store::Impl& impl, const AttemptRow& attempt) {
    Cursor added = impl.db.use(sql::Query::attempt_add);
    added.bind(attempt.delivery, attempt.started_at, attempt.ended_at, attempt.remote_address,
               attempt.http_status, attempt.verdict, attempt.detail, attempt.request_sha256,
               attempt.retry_after);
    while (added.step())
        impl.chain.touched(Chained::attempt, attempt.delivery, added.integer(0));
}

}  // namespace

Result<std::int64_t> Store::insert_notification(const NotificationRow& notification) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::notification_add)
            .bind(alert_number(impl_->db, notification.alert_id), notification.type,
                  static_cast<int>(notification.severity), notification.created_at, notification.body)
            .run();
        const std::int64_t number = impl_->db.last_row();
        impl_->chain.touched(Chained::notification, number);
        return number;
    });
}

Result<std::int64_t> Store::insert_delivery(std::int64_t notification, std::string_view destination,
                                            std::string_view webhook_id, Instant now,
                                            std::optional<std::int64_t> mute) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::delivery_add).bind(destination, webhook_id, mute, now, notification).run();
        if (impl_->db.changes() == 0) {
            throw Failure{
                {ErrorCode::not_found, "there is no notification " + std::to_string(notification), {}}};
        }
        const std::int64_t number = impl_->db.last_row();
        impl_->chain.touched(Chained::delivery, number);
        return number;
    });
}

Result<std::vector<DeliveryRow>> Store::lease_due(std::string_view destination, Instant now,
                                                  Instant lease_until, int limit) {
    return impl_->write([&] {
        std::vector<std::int64_t> ids;
        {
            Cursor candidates = impl_->db.use(sql::Query::delivery_lease_candidates);
            candidates.bind(destination, now, limit);
            while (candidates.step())
                ids.push_back(candidates.integer(0));
        }
        std::vector<DeliveryRow> leased;
        for (const std::int64_t id : ids) {
            impl_->db.use(sql::Query::delivery_lease).bind(lease_until, id).run();
            Cursor row = impl_->db.use(sql::Query::delivery_by_id);
            if (row.bind(id).step()) leased.push_back(delivery_from(row));
        }
        return leased;
    });
}

Result<std::optional<Instant>> Store::next_due(std::string_view destination) {
    return impl_->read([&]() -> std::optional<Instant> {
        Cursor row = impl_->db.use(sql::Query::delivery_next_due);
        if (!row.bind(destination).step()) return std::nullopt;
        return row.maybe_instant(0);
    });
}

Result<> Store::settle(const AttemptRow& attempt, const Settlement& settlement) {
    return impl_->write([&] {
        add_attempt(*impl_, attempt);
        std::optional<Instant> due_at;
        if (settlement.state == "due") due_at = settlement.due_at;
        impl_->db.use(sql::Query::delivery_settle)
            .bind(settlement.state, due_at, settlement.counts, last_answer_of(attempt), settlement.delivery)
            .run();
        if (impl_->db.changes() == 0) {
            throw Failure{
                {ErrorCode::not_found, "there is no delivery " + std::to_string(settlement.delivery), {}}};
        }
        impl_->chain.touched(Chained::delivery, settlement.delivery);
    });
}

Result<> Store::release_leases() {
    return impl_->write([&] { impl_->db.use(sql::Query::delivery_release).run(); });
}

Result<int> Store::redeliver(std::string_view alert_id, std::string_view destination, Instant now) {
    return impl_->write([&] {
        (void)alert_number(impl_->db, alert_id);
        int renewed = 0;
        Cursor row = impl_->db.use(sql::Query::delivery_renew);
        row.bind(now, destination, alert_id);
        for (; row.step(); ++renewed)
            impl_->chain.touched(Chained::delivery, row.integer(0));
        return renewed;
    });
}

Result<std::vector<DeliveryRow>> Store::waiting_of(std::string_view alert_id, std::string_view destination) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::deliveries_waiting_of);
        rows.bind(destination, alert_id);
        return deliveries_from(rows);
    });
}

Result<> Store::tell_in(std::int64_t delivery, std::int64_t notification, std::string_view state) {
    return impl_->write([&] {
        Cursor moved = impl_->db.use(sql::Query::superseded_move);
        moved.bind(notification, delivery);
        while (moved.step())
            impl_->chain.touched(Chained::delivery, moved.integer(0));
        impl_->db.use(sql::Query::delivery_set_told_in).bind(state, notification, delivery).run();
        impl_->chain.touched(Chained::delivery, delivery);
    });
}

Result<> Store::lease(std::int64_t delivery, Instant lease_until) {
    return impl_->write([&] { impl_->db.use(sql::Query::delivery_lease).bind(lease_until, delivery).run(); });
}

Result<std::vector<std::string>> Store::superseded_types(std::int64_t notification,
                                                         std::string_view destination) {
    return impl_->read([&] {
        std::vector<std::string> types;
        Cursor rows = impl_->db.use(sql::Query::superseded_types);
        rows.bind(notification, destination);
        while (rows.step())
            types.push_back(rows.string(0));
        return types;
    });
}

Result<int> Store::due_count(std::string_view destination, Instant now, int limit) {
    return impl_->read([&] {
        Cursor row = impl_->db.use(sql::Query::deliveries_due_count);
        return row.bind(destination, now, limit).step() ? row.small(0) : 0;
    });
}

Result<std::vector<DeliveryRow>> Store::critical_firsts(std::string_view destination, Instant now,
                                                        int limit) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::deliveries_first_critical);
        rows.bind(destination, now, limit);
        return deliveries_from(rows);
    });
}

Result<std::vector<DeliveryRow>> Store::foldable(std::string_view destination, Instant now, int limit) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::deliveries_foldable);
        rows.bind(destination, now, limit);
        return deliveries_from(rows);
    });
}

Result<std::vector<DeliveryRow>> Store::dead_letters(const DeadFilter& filter) {
    return impl_->read([&] {
        std::vector<DeliveryRow> found;
        const Instant since = filter.since.value_or(instant_of(std::numeric_limits<std::int64_t>::min()));
        Cursor rows = impl_->db.use(sql::Query::deliveries_dead);
        rows.bind(filter.destination, filter.webhook_id, since, filter.limit);
        while (rows.step())
            found.push_back(delivery_from(rows));
        return found;
    });
}

Result<bool> Store::revive(std::int64_t delivery, Instant now) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::delivery_revive).bind(now, delivery).run();
        return chain_changed_delivery(*impl_, delivery);
    });
}

Result<bool> Store::purge(std::int64_t delivery) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::delivery_purge).bind(delivery).run();
        return chain_changed_delivery(*impl_, delivery);
    });
}

Result<std::vector<DeliveryRow>> Store::deliveries_of(std::string_view alert_id) {
    return impl_->read([&] {
        std::vector<DeliveryRow> found;
        Cursor rows = impl_->db.use(sql::Query::deliveries_of_alert);
        rows.bind(alert_id);
        while (rows.step())
            found.push_back(delivery_from(rows));
        return found;
    });
}

Result<std::vector<AttemptRow>> Store::attempts_of(std::int64_t delivery) {
    return impl_->read([&] {
        std::vector<AttemptRow> found;
        Cursor rows = impl_->db.use(sql::Query::attempts_of);
        rows.bind(delivery);
        while (rows.step()) {
            AttemptRow attempt{delivery,       rows.small(0), rows.instant(1), rows.instant(2),
                               rows.string(3), rows.small(4), rows.string(5),  rows.string(6),
                               rows.string(7), std::nullopt};
            if (!rows.is_null(8)) attempt.retry_after = Ticks{rows.integer(8)};
            found.push_back(std::move(attempt));
        }
        return found;
    });
}

}  // namespace entrawatch
