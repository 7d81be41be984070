// The spellings that foreign Sigma rules use for Entra's fields: Azure Monitor's envelope, Log Analytics
// columns, portal headings. Each is mapped to a field that the record really has, or is left unknown.
//
// Used by fields.cpp. A new spelling is one row in field_aliases.cpp. Read next: fields.hpp.
#pragma once

#include <span>
#include <string_view>

namespace entrawatch {

struct FieldAlias {
    std::string_view name;
    unsigned kinds;           // bits of the record kinds in which the spelling means this
    std::string_view target;  // a name of ours, a record path or a changes path
    std::string_view note;    // what whoever reads the rule should know; often empty
};

[[nodiscard]] std::span<const FieldAlias> field_aliases();
// nullptr when the spelling means nothing in those kinds. Compared without case.
[[nodiscard]] const FieldAlias* find_alias(std::string_view name, unsigned kinds);

}  // namespace entrawatch
