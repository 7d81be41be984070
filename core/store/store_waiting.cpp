// Findings that wait.
#include "core/store/store_impl.hpp"

namespace entrawatch {

Result<bool> Store::put_off(const WaitingRow& waiting, std::int64_t most) {
    return impl_->write([&] {
        const std::int64_t rule = impl_->strings.number_of(waiting.rule_id).value();
        if (impl_->db.use(sql::Query::waiting_find).bind(rule, waiting.event).step()) return true;
        {
            Cursor row = impl_->db.use(sql::Query::waiting_count);
            if (row.bind(rule, most).step() && row.integer(0) >= most) return false;
        }
        impl_->db.use(sql::Query::waiting_add)
            .bind(rule, waiting.event, waiting.due_at, waiting.look_at, waiting.overdue_at)
            .run();
        return true;
    });
}

Result<std::vector<WaitingRow>> Store::waiting_due(Instant now, int limit) {
    return impl_->read([&] {
        std::vector<WaitingRow> found;
        Cursor row = impl_->db.use(sql::Query::waiting_due);
        row.bind(now, limit);
        while (row.step()) {
            found.push_back({row.string(0), row.integer(1), row.instant(2), now, row.instant(3),
                             feed_from(row.integer(4)), row.instant(5), row.small(6)});
        }
        return found;
    });
}

Result<> Store::look_later(const WaitingRow& waiting, Instant look_at) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::waiting_look_later).bind(look_at, waiting.rule_id, waiting.event).run();
    });
}

Result<> Store::look_now(Instant now) {
    return impl_->write([&] { impl_->db.use(sql::Query::waiting_look_now).bind(now).run(); });
}

Result<> Store::remove_waiting(const WaitingRow& waiting) {
    return impl_->write(
        [&] { impl_->db.use(sql::Query::waiting_remove).bind(waiting.rule_id, waiting.event).run(); });
}

}  // namespace entrawatch
