#include "daemon/commands/event_columns.hpp"

#include <array>

namespace entrawatch {
namespace {

struct EventColumn {
    const char* name;
    OrderedJson (*value)(const EventRow&);
};

constexpr std::array event_columns{
    EventColumn{"occurred_at", [](const EventRow& r) -> OrderedJson { return to_iso(r.occurred_at); }},
    EventColumn{"feed", [](const EventRow& r) -> OrderedJson { return feed_of(r.feed).name; }},
    EventColumn{"id", [](const EventRow& r) -> OrderedJson { return r.id; }},
    EventColumn{"revision", [](const EventRow& r) -> OrderedJson { return r.revision; }},
    EventColumn{"received_at", [](const EventRow& r) -> OrderedJson { return to_iso(r.received_at); }},
    EventColumn{"activity", [](const EventRow& r) -> OrderedJson { return r.activity; }},
    EventColumn{"category", [](const EventRow& r) -> OrderedJson { return r.category; }},
    EventColumn{"service", [](const EventRow& r) -> OrderedJson { return r.service; }},
    EventColumn{"outcome", [](const EventRow& r) -> OrderedJson { return r.outcome; }},
    EventColumn{"actor_kind", [](const EventRow& r) -> OrderedJson { return r.actor_kind; }},
    EventColumn{"actor_id", [](const EventRow& r) -> OrderedJson { return r.actor_id; }},
    EventColumn{"actor_name", [](const EventRow& r) -> OrderedJson { return r.actor_name; }},
    EventColumn{"actor_ip", [](const EventRow& r) -> OrderedJson { return r.actor_ip; }},
    EventColumn{"target_kind", [](const EventRow& r) -> OrderedJson { return r.target_kind; }},
    EventColumn{"target_id", [](const EventRow& r) -> OrderedJson { return r.target_id; }},
    EventColumn{"target_name", [](const EventRow& r) -> OrderedJson { return r.target_name; }},
    EventColumn{"correlation_id", [](const EventRow& r) -> OrderedJson { return r.correlation_id; }},
};

}  // namespace

std::vector<Column> event_view_columns() {
    std::vector<Column> columns;
    columns.reserve(event_columns.size());
    for (const EventColumn& column : event_columns)
        columns.push_back({column.name, ""});
    return columns;
}

std::vector<OrderedJson> event_view_row(const EventRow& row) {
    std::vector<OrderedJson> values;
    values.reserve(event_columns.size());
    for (const EventColumn& column : event_columns)
        values.push_back(column.value(row));
    return values;
}

}  // namespace entrawatch
