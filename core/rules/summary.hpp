// The sentence of a finding: a template with `{field}` places, filled once and never interpreted again.
//
// `{field|text}` shows the text where the field is missing, `{field}` the word "unknown"; `{{` and `}}` are
// braces. Used by the Sigma reader (which fields it names) and the rule set (filling).
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/event/fields.hpp"

namespace entrawatch {

inline constexpr std::size_t max_summary_bytes = 1024;       // of the template
inline constexpr std::size_t max_summary_value_bytes = 200;  // of one value put in
inline constexpr std::size_t max_summary_values = 10;        // of one place; further ones are counted

inline constexpr std::string_view missing_in_words = "unknown";

// The names between braces, in order; an error when a brace is open or closed without its partner.
[[nodiscard]] Result<std::vector<std::string>> summary_places(std::string_view sentence);
// `value_of(i)`: the text of the i-th place, empty where the field is missing.
[[nodiscard]] std::string fill_summary(std::string_view sentence,
                                       const std::function<std::string(std::size_t)>& value_of);
// Braces doubled, so that the text is a template that gives the text.
[[nodiscard]] std::string as_summary_text(std::string_view text);
// Values for people: each cut, joined by ", "; empty when there is none.
[[nodiscard]] std::string values_in_words(std::span<const FieldValue> values);

}  // namespace entrawatch
