// The lists behind field_catalogue: the paths that Graph gives each kind of record, one array a kind.
//
// A trailing ".*" is open content, "{}" a key-value list. Used by field_catalogue.cpp only.
#pragma once

#include <span>
#include <string_view>

namespace entrawatch {

struct RecordList {
    unsigned kinds;  // bits of RecordKind
    std::span<const std::string_view> paths;
};
[[nodiscard]] std::span<const RecordList> record_lists();

}  // namespace entrawatch
