#include <limits>

#include "core/store/store_impl.hpp"

namespace entrawatch {

namespace {

AlertRow alert_from(const Cursor& row) {
    AlertRow alert;
    alert.id = row.string(0);
    alert.dedup_key = row.string(1);
    alert.rule_id = row.string(2);
    alert.rule_name = row.string(3);
    alert.title = row.string(4);
    alert.scenario = row.string(5);
    alert.severity = severity_from(row.integer(6));
    alert.summary = row.string(7);
    alert.state = row.string(8);
    alert.opened_at = row.instant(9);
    alert.first_event_at = row.instant(10);
    alert.last_event_at = row.instant(11);
    alert.count = row.integer(12);
    alert.test = row.integer(13) != 0;
    alert.window = Ticks{row.integer(14)};
    alert.data = row.string(15);
    alert.unsilenceable = row.integer(16) != 0;
    alert.told_count = row.integer(17);
    alert.told_at = row.instant(18);
    alert.suppressed_by = row.string(19);
    return alert;
}

std::vector<AlertRow> alerts_from(Cursor& rows) {
    std::vector<AlertRow> found;
    while (rows.step())
        found.push_back(alert_from(rows));
    return found;
}

}  // namespace

std::int64_t alert_number(Database& db, std::string_view alert_id) {
    Cursor row = db.use(sql::Query::alert_seq);
    if (!row.bind(alert_id).step()) {
        throw Failure{{ErrorCode::not_found, "there is no alert " + std::string{alert_id}, {}}};
    }
    return row.integer(0);
}

Result<std::optional<AlertRow>> Store::newest_alert_with_key(std::string_view dedup_key) {
    return impl_->read([&]() -> std::optional<AlertRow> {
        Cursor row = impl_->db.use(sql::Query::alert_with_key);
        if (!row.bind(dedup_key).step()) return std::nullopt;
        return alert_from(row);
    });
}

Result<std::optional<AlertRow>> Store::alert_of_event(std::int64_t event, std::string_view dedup_key) {
    return impl_->read([&]() -> std::optional<AlertRow> {
        Cursor row = impl_->db.use(sql::Query::alert_of_event);
        if (!row.bind(event, dedup_key).step()) return std::nullopt;
        return alert_from(row);
    });
}

Result<> Store::insert_alert(const AlertRow& alert) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::alert_add)
            .bind(alert.id, alert.dedup_key, alert.rule_id, alert.rule_name, alert.title, alert.scenario,
                  static_cast<int>(alert.severity), alert.summary, alert.state, alert.opened_at,
                  alert.first_event_at, alert.last_event_at, alert.count, alert.test, alert.window,
                  alert.data, alert.unsilenceable, alert.told_count, alert.told_at)
            .run();
        impl_->chain.touched(Chained::alert, impl_->db.last_row());
    });
}

Result<> Store::update_alert(const AlertRow& alert) {
    return impl_->write([&] {
        const std::int64_t number = alert_number(impl_->db, alert.id);
        impl_->db.use(sql::Query::alert_update)
            .bind(alert.rule_id, alert.rule_name, alert.title, alert.scenario,
                  static_cast<int>(alert.severity), alert.summary, alert.state, alert.first_event_at,
                  alert.last_event_at, alert.count, alert.window, alert.data, alert.unsilenceable,
                  alert.told_count, alert.told_at, number)
            .run();
        impl_->chain.touched(Chained::alert, number);
    });
}

Result<bool> Store::link_event(std::string_view alert_id, std::int64_t event) {
    return impl_->write([&] {
        const std::int64_t number = alert_number(impl_->db, alert_id);
        impl_->db.use(sql::Query::alert_event_add).bind(number, event).run();
        const bool fresh = impl_->db.changes() > 0;
        if (fresh) impl_->chain.touched(Chained::alert_event, number, event);
        return fresh;
    });
}

Result<std::optional<AlertRow>> Store::alert(std::string_view id) {
    return impl_->read([&]() -> std::optional<AlertRow> {
        Cursor row = impl_->db.use(sql::Query::alert_by_prefix);
        if (id.empty() || !row.bind(id).step()) return std::nullopt;
        AlertRow found = alert_from(row);
        if (found.id != id && row.step()) {
            throw Failure{{ErrorCode::invalid,
                           "several alerts begin with " + std::string{id} + "; give more of the id",
                           {}}};
        }
        return found;
    });
}

Result<std::vector<AlertRow>> Store::alerts(const AlertFilter& filter) {
    return impl_->read([&] {
        const Span always{instant_of(std::numeric_limits<std::int64_t>::min()),
                          instant_of(std::numeric_limits<std::int64_t>::max())};
        const Span opened = filter.opened.value_or(always);
        const int minimum = static_cast<int>(filter.minimum.value_or(Severity::informational));
        Cursor rows = impl_->db.use(sql::Query::alerts_newest);
        rows.bind(opened.from, opened.to, minimum, filter.rule, filter.state, filter.suppressed,
                  filter.limit);
        return alerts_from(rows);
    });
}

Result<std::vector<AlertRow>> Store::untold_alerts(Instant told_by, int limit) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::alerts_untold);
        rows.bind(told_by, limit);
        return alerts_from(rows);
    });
}

Result<std::vector<AlertRow>> Store::alerts_to_follow_up(const FollowUpFilter& filter) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::alerts_to_follow_up);
        rows.bind(filter.opened.from, filter.opened.to, static_cast<int>(filter.minimum), filter.first,
                  filter.kind, filter.last, filter.most, filter.limit);
        return alerts_from(rows);
    });
}

Result<std::vector<AlertRow>> Store::alerts_of_drill(std::string_view id, int limit) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::alerts_of_drill);
        rows.bind(id, limit);
        return alerts_from(rows);
    });
}

Result<std::vector<SuppressedRow>> Store::suppressed() {
    return impl_->read([&] {
        std::vector<SuppressedRow> found;
        Cursor rows = impl_->db.use(sql::Query::suppressed_by_filter);
        while (rows.step())
            found.push_back(
                {rows.string(0), rows.string(1), rows.integer(2), rows.integer(3), rows.instant(4)});
        return found;
    });
}

Result<std::vector<Store::AlertEvent>> Store::events_of(std::string_view alert_id, int limit) {
    return impl_->read([&] {
        std::vector<AlertEvent> found;
        const std::int64_t number = alert_number(impl_->db, alert_id);
        Cursor rows = impl_->db.use(sql::Query::alert_events_of);
        rows.bind(number, limit);
        while (rows.step()) {
            found.push_back({rows.integer(0), feed_from(rows.integer(1)), id_from(rows, 2, 3),
                             rows.instant(4), rows.instant(5), rows.string(6), correlation_from(rows, 7)});
        }
        return found;
    });
}

}  // namespace entrawatch
