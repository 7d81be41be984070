// event_key: how a record is found again by its own id. Used by event_writer and query.
#pragma once

#include <string_view>

#include "core/feed/feed.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

struct EventKey {
    Uuid octets{};  // a UUID's 16 bytes, or the first half of the SHA-256 of another id
    bool is_uuid = false;
};
[[nodiscard]] EventKey event_key(std::string_view id);

// Records of a feed are looked up by the day of their event, or without it where Microsoft may correct the
// event's time. Audits and sign-ins keep theirs, even sign-ins that are revised.
[[nodiscard]] bool event_time_may_move(const Feed& feed);

}  // namespace entrawatch
