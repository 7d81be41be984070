#include "core/store/held.hpp"

#include <algorithm>

namespace entrawatch {

namespace {

bool in_span(const HoldRow& hold, Instant time) {
    return (!hold.from || time >= *hold.from) && (!hold.to || time < *hold.to);
}

// A name is no pattern here; escapes are read in patterns only.
std::string literal(std::string_view name) {
    std::string escaped{name};
    if (name.find_first_of("*?") == std::string_view::npos) return escaped;
    escaped.clear();
    for (const char c : name) {
        if (c == '*' || c == '?' || c == '\\') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

}  // namespace

HoldRow hold_from(const Cursor& row) {
    HoldRow hold;
    hold.number = row.integer(0);
    hold.id = row.string(1);
    hold.entity = row.string(2);
    hold.alert = row.string(3);
    hold.from = row.maybe_instant(4);
    hold.to = row.maybe_instant(5);
    hold.author = row.string(6);
    hold.reason = row.string(7);
    hold.created_at = row.instant(8);
    hold.removed_at = row.maybe_instant(9);
    hold.removed_by = row.string(10);
    hold.removed_because = row.string(11);
    return hold;
}

Held::Held(Database& db) : db_(db) {
    {
        Cursor row = db.use(sql::Query::holds_in_force);
        while (row.step())
            holds_.push_back({hold_from(row)});
    }
    for (Hold& hold : holds_) {
        if (hold.row.entity.empty()) continue;
        EventFilter filter;
        filter.entity = literal(hold.row.entity);
        hold.entity.emplace(db, filter);
    }
}

bool Held::event(std::int64_t seq, Instant time) {
    return std::any_of(holds_.begin(), holds_.end(), [&](Hold& hold) {
        return in_span(hold.row, time) && touches(hold, seq, time) && belongs_to_alert(hold, seq);
    });
}

bool Held::rejection(Instant received) const {
    return std::any_of(holds_.begin(), holds_.end(), [&](const Hold& hold) {
        return hold.row.alert.empty() && in_span(hold.row, received);
    });
}

bool Held::touches(Hold& hold, std::int64_t seq, Instant time) {
    if (!hold.entity) return true;
    if (hold.entity->nothing()) return false;
    if (const std::int64_t day = day_of(time); hold.day != day) {
        hold.of_day = hold.entity->of_day(day);
        hold.day = day;
    }
    return std::binary_search(hold.of_day.begin(), hold.of_day.end(), seq);
}

bool Held::belongs_to_alert(const Hold& hold, std::int64_t seq) {
    if (hold.row.alert.empty()) return true;
    Cursor row = db_.use(sql::Query::alert_has_event);
    return row.bind(seq, hold.row.alert).step();
}

}  // namespace entrawatch
