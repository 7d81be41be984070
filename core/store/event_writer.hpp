// event_writer: how an Event and its octets become rows; the only writer of the event tables.
//
// Throws Failure; runs inside a transaction. Used by store_events.cpp. Read next: string_table.hpp,
// raw_store.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/store/store_impl.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

[[nodiscard]] PutResult write_event(Store::Impl& impl, const Event& event, std::string_view raw,
                                    Instant received_at);

// Whether (feed, id) has a row, in whatever revision.
[[nodiscard]] bool is_stored(Store::Impl& impl, const Event& event);

// What an event's row shows, as numbers of the string table.
struct EventColumns {
    using Number = std::optional<std::int64_t>;
    Number activity, category, service, outcome, actor_kind, actor_id, actor_name, actor_ip, target_kind,
        target_id, target_name;
    std::optional<Uuid> correlation_uuid;
    AnyValue correlation;
};

// Every id and name that the event touches, with its role in it (event_entities.cpp).
void list_entities(Store::Impl& impl, const Event& event, const EventColumns& columns, std::int64_t seq);

}  // namespace entrawatch
