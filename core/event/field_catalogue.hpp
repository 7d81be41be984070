// The properties that Graph gives each kind of record (v1.0 and beta), so that a misspelt field is found when
// a rule is read and not never.
//
// Used by fields.cpp; the lists themselves are in record_lists.cpp. Read next: fields.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/feed/feed.hpp"

namespace entrawatch {

// One bit for each RecordKind.
[[nodiscard]] constexpr unsigned bit_of(RecordKind kind) {
    return 1U << static_cast<unsigned>(kind);
}
inline constexpr unsigned all_record_kinds = 0x1FFU;
// The kinds of the feeds; every kind when there are none.
[[nodiscard]] unsigned kinds_of(std::span<const FeedId> feeds);

struct RecordPath {
    std::vector<std::string> parts;  // in Graph's spelling; below open content as written
    std::string list_key;            // the key of a key-value list, as written; else empty
};

// Finds a path (or the object above one) in any of the kinds; compared without case.
[[nodiscard]] std::optional<RecordPath> find_record_path(std::string_view name, unsigned kinds);
// Every path of the kinds, for suggestions and manuals. A trailing ".*" is open content, "{}" a key-value
// list.
[[nodiscard]] std::vector<std::string_view> record_paths(unsigned kinds);

}  // namespace entrawatch
