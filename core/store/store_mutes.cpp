// Mutes, and the notifications that tell of what others did not.
#include "core/store/store_impl.hpp"

namespace entrawatch {
namespace {

constexpr int most_rules_named = 20;

MuteRow mute_from(const Cursor& row) {
    MuteRow mute;
    mute.number = row.integer(0);
    mute.id = row.string(1);
    mute.rule = row.string(2);
    mute.scenario = row.string(3);
    if (!row.is_null(4)) mute.severity_at_most = severity_from(row.integer(4));
    mute.actor = row.string(5);
    mute.target = row.string(6);
    mute.destination = row.string(7);
    mute.author = row.string(8);
    mute.reason = row.string(9);
    mute.created_at = row.instant(10);
    mute.starts_at = row.instant(11);
    mute.ends_at = row.instant(12);
    mute.removed_at = row.maybe_instant(13);
    mute.removed_by = row.string(14);
    mute.removed_because = row.string(15);
    mute.reported_at = row.maybe_instant(16);
    mute.hidden = row.integer(17);
    return mute;
}

std::vector<MuteRow> mutes_from(Cursor& rows) {
    std::vector<MuteRow> found;
    while (rows.step())
        found.push_back(mute_from(rows));
    return found;
}

AlertRow listed_from(const Cursor& row) {
    AlertRow alert;
    alert.id = row.string(0);
    alert.rule_id = row.string(1);
    alert.rule_name = row.string(2);
    alert.title = row.string(3);
    alert.scenario = row.string(4);
    alert.severity = severity_from(row.integer(5));
    alert.summary = row.string(6);
    alert.state = row.string(7);
    alert.opened_at = row.instant(8);
    alert.count = row.integer(9);
    return alert;
}

}  // namespace

Result<> Store::insert_mute(const MuteRow& mute) {
    return impl_->write([&] {
        std::optional<int> at_most;
        if (mute.severity_at_most) at_most = static_cast<int>(*mute.severity_at_most);
        impl_->db.use(sql::Query::mute_add)
            .bind(mute.id, mute.rule, mute.scenario, at_most, mute.actor, mute.target, mute.destination,
                  mute.author, mute.reason, mute.created_at, mute.starts_at, mute.ends_at)
            .run();
        impl_->chain.touched(Chained::mute, impl_->db.last_row());
    });
}

Result<std::vector<MuteRow>> Store::mutes_in_force(Instant now) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::mutes_in_force);
        rows.bind(now);
        return mutes_from(rows);
    });
}

Result<std::vector<MuteRow>> Store::ended_mutes(Instant now) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::mutes_ended);
        rows.bind(now);
        return mutes_from(rows);
    });
}

Result<std::vector<MuteRow>> Store::mutes(bool past_too, Instant now, int limit) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::mutes_newest);
        rows.bind(past_too, now, limit);
        return mutes_from(rows);
    });
}

Result<std::optional<MuteRow>> Store::mute(std::string_view id) {
    return impl_->read([&]() -> std::optional<MuteRow> {
        Cursor row = impl_->db.use(sql::Query::mute_by_prefix);
        if (id.empty() || !row.bind(id).step()) return std::nullopt;
        MuteRow found = mute_from(row);
        if (found.id != id && row.step()) {
            throw Failure{{ErrorCode::invalid,
                           "several mutes begin with " + std::string{id} + "; give more of the id",
                           {}}};
        }
        return found;
    });
}

Result<> Store::remove_mute(std::string_view id, std::string_view by, std::string_view because, Instant now) {
    return impl_->write([&] {
        Cursor row = impl_->db.use(sql::Query::mute_remove);
        if (!row.bind(now, by, because, id).step())
            throw Failure{
                {ErrorCode::not_found, "no mute " + std::string{id} + " is in force or to come", {}}};
        impl_->chain.touched(Chained::mute, row.integer(0));
        row.run();
    });
}

Result<> Store::set_mute_reported(std::int64_t number, Instant now) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::mute_set_reported).bind(now, number).run();
        if (impl_->db.changes() > 0) impl_->chain.touched(Chained::mute, number);
    });
}

Result<> Store::mute_delivery(std::int64_t delivery, std::int64_t mute) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::delivery_mute).bind(mute, delivery).run();
        if (impl_->db.changes() > 0) impl_->chain.touched(Chained::delivery, delivery);
    });
}

Result<std::vector<std::string>> Store::muted_destinations(std::int64_t mute) {
    return impl_->read([&] {
        std::vector<std::string> names;
        Cursor rows = impl_->db.use(sql::Query::muted_destinations);
        rows.bind(mute);
        while (rows.step())
            names.push_back(rows.string(0));
        return names;
    });
}

Result<> Store::tell_muted(std::int64_t mute, std::int64_t notification) {
    return impl_->write([&] {
        Cursor row = impl_->db.use(sql::Query::muted_tell);
        row.bind(notification, mute);
        while (row.step())
            impl_->chain.touched(Chained::delivery, row.integer(0));
    });
}

Result<DigestFacts> Store::told_in(std::int64_t notification, int limit) {
    return impl_->read([&] {
        DigestFacts facts;
        {
            Cursor totals = impl_->db.use(sql::Query::told_in_totals);
            if (totals.bind(notification).step()) {
                facts.notifications = totals.integer(0);
                facts.alerts = totals.integer(1);
                facts.open_alerts = totals.integer(2);
                facts.severity = severity_from(totals.integer(3));
                facts.first_event_at = totals.instant(4);
                facts.last_event_at = totals.instant(5);
            }
        }
        {
            Cursor rows = impl_->db.use(sql::Query::told_in_alerts);
            rows.bind(notification, limit);
            while (rows.step())
                facts.listed.push_back(listed_from(rows));
        }
        Cursor rules = impl_->db.use(sql::Query::told_in_rules);
        rules.bind(notification, most_rules_named);
        while (rules.step())
            facts.rules.emplace_back(rules.string(0), rules.integer(1));
        return facts;
    });
}

Result<> Store::set_body(std::int64_t notification, std::string_view body, Severity severity) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::notification_set_body)
            .bind(body, static_cast<int>(severity), notification)
            .run();
        if (impl_->db.changes() > 0) impl_->chain.touched(Chained::notification, notification);
    });
}

}  // namespace entrawatch
