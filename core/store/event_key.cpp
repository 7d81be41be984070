#include "core/store/event_key.hpp"

#include <algorithm>

#include "core/base/digest.hpp"

namespace entrawatch {

EventKey event_key(std::string_view id) {
    if (auto uuid = uuid_bytes(id, UuidCase::lower_only)) return {*uuid, true};
    const Sha256 digest = sha256(id);
    EventKey key;
    std::copy_n(as_bytes(digest).begin(), key.octets.size(), key.octets.begin());
    return key;
}

bool event_time_may_move(const Feed& feed) {
    return feed.says_how_things_stand;
}

}  // namespace entrawatch
