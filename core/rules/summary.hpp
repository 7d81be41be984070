// The sentence of a finding: a template with `{field}` places, filled once and never interpreted again.
//
// `{field|text}` shows the text where the field is missing, `{field}` the word "unknown"; `{{` and `}}` are
// braces. A sentence may end in `{differences}`, which is filled when an alert is opened. Used by the Sigma
// reader (which fields it names) and the rule set (filling).
#pragma once

#include <functional>
#include <optional>
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
inline constexpr std::string_view differences_place = "differences";

// The names between braces, in order; an error when a brace is open or closed without its partner.
[[nodiscard]] Result<std::vector<std::string>> summary_places(std::string_view sentence);
// Takes the place of the differences off the end of a sentence whose braces pair and gives the text for where
// there are none; nullopt, and nothing taken, when the sentence does not end in it.
[[nodiscard]] std::optional<std::string> take_differences_place(std::string& sentence);
// `value_of(i)`: the text of the i-th place, empty where the field is missing.
[[nodiscard]] std::string fill_summary(std::string_view sentence,
                                       const std::function<std::string(std::size_t)>& value_of);
// Braces doubled, so that the text is a template that gives the text.
[[nodiscard]] std::string as_summary_text(std::string_view text);
// Values for people: each cut, joined by ", "; empty when there is none.
[[nodiscard]] std::string values_in_words(std::span<const FieldValue> values);

}  // namespace entrawatch
