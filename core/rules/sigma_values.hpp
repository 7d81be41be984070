// One line of a selection, `field|modifiers: value or list`, to a compiled test.
//
// Used by sigma_detection. Read next: sigma_modifiers.hpp, sigma_encodings.hpp, field_test.hpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/rules/condition.hpp"
#include "core/rules/sigma_modifiers.hpp"

namespace entrawatch {

// The fields of one condition, each once.
class FieldCollector {
  public:
    // The index of that field.
    [[nodiscard]] std::size_t add(FieldPath path);
    [[nodiscard]] std::vector<FieldPath> take() { return std::move(fields_); }

  private:
    std::vector<FieldPath> fields_;
    std::map<std::string, std::size_t> indices_;  // by FieldPath::key
};

// Nullopt when there was a problem, which has been reported.
[[nodiscard]] std::optional<ConditionNode> read_field_item(const YamlMember& item, FieldCollector& fields,
                                                           SigmaReading& reading);
// A field name of the rule; unknown ones and notes on aliases are reported.
[[nodiscard]] std::optional<FieldPath> read_field_name(std::string_view name, int line,
                                                       SigmaReading& reading);

}  // namespace entrawatch
