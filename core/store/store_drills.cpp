// Drills of emergency accounts.
#include "core/store/store_impl.hpp"

namespace entrawatch {
namespace {

DrillRow drill_from(const Cursor& row) {
    DrillRow drill;
    drill.number = row.integer(0);
    drill.id = row.string(1);
    drill.account = row.string(2);
    drill.account_name = row.string(3);
    drill.author = row.string(4);
    drill.reason = row.string(5);
    drill.created_at = row.instant(6);
    drill.starts_at = row.instant(7);
    drill.ends_at = row.instant(8);
    drill.cancelled_at = row.maybe_instant(9);
    drill.cancelled_by = row.string(10);
    drill.cancelled_because = row.string(11);
    drill.judged_at = row.maybe_instant(12);
    return drill;
}

std::vector<DrillRow> drills_from(Cursor& rows) {
    std::vector<DrillRow> found;
    while (rows.step())
        found.push_back(drill_from(rows));
    return found;
}

}  // namespace

Result<> Store::insert_drill(const DrillRow& drill) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::drill_add)
            .bind(drill.id, drill.account, drill.account_name, drill.author, drill.reason, drill.created_at,
                  drill.starts_at, drill.ends_at)
            .run();
        impl_->chain.touched(Chained::drill, impl_->db.last_row());
    });
}

Result<std::vector<DrillRow>> Store::drills_at(Instant time) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::drills_at);
        rows.bind(time);
        return drills_from(rows);
    });
}

Result<std::vector<DrillRow>> Store::drills(int limit) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::drills_newest);
        rows.bind(limit);
        return drills_from(rows);
    });
}

Result<std::vector<DrillRow>> Store::unjudged_drills(Instant ended_by) {
    return impl_->read([&] {
        Cursor rows = impl_->db.use(sql::Query::drills_unjudged);
        rows.bind(ended_by);
        return drills_from(rows);
    });
}

Result<std::optional<DrillRow>> Store::drill(std::string_view id) {
    return impl_->read([&]() -> std::optional<DrillRow> {
        Cursor row = impl_->db.use(sql::Query::drill_by_prefix);
        if (id.empty() || !row.bind(id).step()) return std::nullopt;
        DrillRow found = drill_from(row);
        if (found.id != id && row.step()) {
            throw Failure{{ErrorCode::invalid,
                           "several drills begin with " + std::string{id} + "; give more of the id",
                           {}}};
        }
        return found;
    });
}

Result<> Store::cancel_drill(std::string_view id, std::string_view by, std::string_view because,
                             Instant now) {
    return impl_->write([&] {
        Cursor row = impl_->db.use(sql::Query::drill_cancel);
        if (!row.bind(now, by, because, id).step())
            throw Failure{{ErrorCode::not_found, "no drill " + std::string{id} + " is on or to come", {}}};
        impl_->chain.touched(Chained::drill, row.integer(0));
        row.run();
    });
}

Result<> Store::set_drill_judged(std::int64_t number, Instant now) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::drill_set_judged).bind(now, number).run();
        if (impl_->db.changes() > 0) impl_->chain.touched(Chained::drill, number);
    });
}

Result<std::optional<Instant>> Store::last_drill_of(std::string_view account) {
    return impl_->read([&]() -> std::optional<Instant> {
        Cursor row = impl_->db.use(sql::Query::drill_last_of);
        row.bind(account);
        return row.step() ? row.maybe_instant(0) : std::nullopt;
    });
}

Result<Instant> Store::created_at() {
    return impl_->read([&] {
        Cursor row = impl_->db.use(sql::Query::property_get);
        return row.bind("created_at").step() ? row.instant(0) : Instant{};
    });
}

}  // namespace entrawatch
