#include "core/store/event_key.hpp"

#include "core/base/digest.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

EventKey event_key(std::string_view id) {
    constexpr std::size_t key_size = 16;
    if (auto uuid = uuid_bytes(id, UuidCase::lower_only)) return {std::move(*uuid), true};
    const Sha256 digest = sha256(id);
    return {std::string{as_bytes(digest).substr(0, key_size)}, false};
}

bool event_time_may_move(const Feed& feed) {
    switch (feed.kind) {
        case RecordKind::directory_audit:
        case RecordKind::sign_in:
            return false;
        default:
            return feed.changes_later;
    }
}

}  // namespace entrawatch
