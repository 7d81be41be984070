// Whether a condition can hold at all: a field that has one value cannot be two texts at once.
//
// Foreign rules name one field by several spellings (`OperationName`, `properties.message`) and mean
// different things by them; read as what they are, they demand what no record has. Used by sigma_detection.
// Read next: field_aliases.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/rules/condition.hpp"

namespace entrawatch {

// The field that would have to be different texts at once for the condition to hold; nullopt when nothing
// says that it cannot hold. Only whole texts and fields of ours with one value are judged.
[[nodiscard]] std::optional<std::string> contradiction_in(const ConditionNode& root,
                                                          std::span<const FieldPath> fields);

}  // namespace entrawatch
