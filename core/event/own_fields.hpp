// The accessors behind our own field names (`actor.id`, `context.role.tier`, …): name, sentence and reader in
// one table.
//
// Used by fields.cpp only; everyone else goes through FieldPath. A new name is one row in own_fields.cpp.
#pragma once

#include <optional>
#include <string_view>

#include "core/event/fields.hpp"

namespace entrawatch {

// Index into own_fields(), compared without case; nullopt when the name is none of ours.
[[nodiscard]] std::optional<int> find_own_field(std::string_view name);
// Appends the values of that field. Empty texts and unresolved facts count as missing.
void read_own_field(int index, const Event& event, FieldScratch& scratch);

}  // namespace entrawatch
