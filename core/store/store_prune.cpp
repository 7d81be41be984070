// Retention: what is old goes, with a receipt, and the room it took is given back.
#include "core/store/pruner.hpp"

namespace entrawatch {

Result<PruneStep> Store::prune(const PruneRequest& request, const Ed25519Key& key, Instant now) {
    return impl_->write([&] { return Pruner{*impl_, request, now}.run(key); });
}

Result<bool> Store::prune_lists(Instant before, int most) {
    return impl_->write([&] {
        Database& db = impl_->db;
        std::int64_t day = std::numeric_limits<std::int64_t>::min();
        for (;;) {
            {
                Cursor next = db.use(sql::Query::prune_list_day);
                if (!next.bind(day, day_of(before)).step() || next.is_null(0)) return false;
                day = next.integer(0);
            }
            if (db.use(sql::Query::prune_day_has_events).bind(day).step()) continue;
            db.use(sql::Query::prune_clear_lists).bind(day, most).run();
            return true;
        }
    });
}

Result<StoreRoom> Store::room() {
    return impl_->read([&] {
        const std::int64_t page = impl_->db.pragma("page_size");
        return StoreRoom{impl_->db.pragma("page_count") * page, impl_->db.pragma("freelist_count") * page};
    });
}

Result<bool> Store::give_back(int pages) {
    return impl_->read([&] {
        if (impl_->db.pragma("auto_vacuum") == 0) return false;
        impl_->db.give_back(pages);
        return impl_->db.pragma("freelist_count") > 0;
    });
}

}  // namespace entrawatch
