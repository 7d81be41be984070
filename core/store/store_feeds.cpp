#include "core/store/store_impl.hpp"

namespace entrawatch {

Result<> Store::set_feed_state(FeedId feed, const FeedState& state) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::feed_state_set)
            .bind(static_cast<int>(feed), state.state, state.reason, state.since, state.next_probe_at,
                  state.last_answer_at)
            .run();
    });
}

Result<FeedState> Store::feed_state(FeedId feed) {
    return impl_->read([&] {
        Cursor row = impl_->db.use(sql::Query::feed_state_get);
        if (!row.bind(static_cast<int>(feed)).step()) return FeedState{};
        return FeedState{row.string(0), row.string(1), row.maybe_instant(2), row.maybe_instant(3),
                         row.maybe_instant(4)};
    });
}

Result<> Store::save_directory(std::string_view json, Instant now) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::directory_save).bind(now, json).run();
        impl_->chain.touched(Chained::directory_reading, 1);
    });
}

Result<std::optional<std::string>> Store::load_directory() {
    return impl_->read([&]() -> std::optional<std::string> {
        Cursor row = impl_->db.use(sql::Query::directory_load);
        if (!row.step()) return std::nullopt;
        return row.string(0);
    });
}

Result<> Store::add_audit(const AuditEntry& entry) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::audit_add)
            .bind(entry.at, entry.actor, entry.action, entry.object, entry.detail)
            .run();
        impl_->chain.touched(Chained::audit, impl_->db.last_row());
    });
}

Result<std::int64_t> Store::foreign_changes() {
    return impl_->read([&] { return impl_->db.pragma("data_version"); });
}

Result<> Store::checkpoint() {
    return impl_->read([&] { impl_->db.checkpoint(); });
}

Result<> Store::probe(Instant now) {
    return impl_->write([&] { impl_->db.use(sql::Query::property_set).bind("probed_at", now).run(); });
}

Result<Store::Counts> Store::counts() {
    return impl_->read([&] {
        Cursor row = impl_->db.use(sql::Query::counts);
        Counts counts;
        if (!row.step()) return counts;
        // The open transaction's own rows are counted at its commit.
        counts = {row.integer(0), row.integer(1), row.integer(2),
                  row.integer(3), row.integer(4), row.integer(5)};
        return counts;
    });
}

}  // namespace entrawatch
