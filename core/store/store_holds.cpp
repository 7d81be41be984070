// Legal holds.
#include "core/store/held.hpp"

namespace entrawatch {

std::string matchers_of(const HoldRow& hold) {
    std::string words;
    const auto add = [&words](std::string_view what, std::string_view value) {
        words.append(words.empty() ? "" : "; ").append(what).append(value);
    };
    if (!hold.entity.empty()) add("", hold.entity);
    if (!hold.alert.empty()) add("alert ", hold.alert);
    if (hold.from) add("from ", to_iso(*hold.from));
    if (hold.to) add("to ", to_iso(*hold.to));
    return words;
}

Result<> Store::insert_hold(const HoldRow& hold) {
    return impl_->write([&] {
        if (hold.entity.empty() && hold.alert.empty() && !hold.from && !hold.to)
            throw Failure{{ErrorCode::invalid, "a hold of everything is refused", {}}};
        if (!hold.alert.empty()) static_cast<void>(alert_number(impl_->db, hold.alert));
        impl_->db.use(sql::Query::hold_add)
            .bind(hold.id, hold.entity, hold.alert, hold.from, hold.to, hold.author, hold.reason,
                  hold.created_at)
            .run();
        impl_->chain.touched(Chained::hold, impl_->db.last_row());
    });
}

Result<std::vector<HoldRow>> Store::holds(bool past_too, int limit) {
    return impl_->read([&] {
        std::vector<HoldRow> found;
        Cursor row = impl_->db.use(sql::Query::holds_newest);
        row.bind(past_too, limit);
        while (row.step())
            found.push_back(hold_from(row));
        return found;
    });
}

Result<std::optional<HoldRow>> Store::hold(std::string_view id) {
    return impl_->read([&]() -> std::optional<HoldRow> {
        Cursor row = impl_->db.use(sql::Query::hold_by_prefix);
        if (id.empty() || !row.bind(id).step()) return std::nullopt;
        HoldRow found = hold_from(row);
        if (found.id != id && row.step()) {
            throw Failure{{ErrorCode::invalid,
                           "several holds begin with " + std::string{id} + "; give more of the id",
                           {}}};
        }
        return found;
    });
}

Result<> Store::remove_hold(std::string_view id, std::string_view by, std::string_view because, Instant now) {
    return impl_->write([&] {
        Cursor row = impl_->db.use(sql::Query::hold_remove);
        if (!row.bind(now, by, because, id).step())
            throw Failure{{ErrorCode::not_found, "no hold " + std::string{id} + " is in force", {}}};
        impl_->chain.touched(Chained::hold, row.integer(0));
        row.run();
    });
}

}  // namespace entrawatch
