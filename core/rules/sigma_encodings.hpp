// The values that Sigma's transforming modifiers make of one value: windash, utf16, base64, base64offset,
// expand.
//
// Used by sigma_values. Every function is total; what would grow without bound is cut and says so.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entrawatch {

inline constexpr std::size_t max_values = 10'000;  // of one list, after every transformation

enum class Utf16 { little, big, marked };  // marked: byte order mark, then little endian
[[nodiscard]] std::string to_utf16(std::string_view utf8, Utf16 form);
// How the bytes look at the three places where they can stand inside base64, without the parts that depend on
// neighbours.
[[nodiscard]] std::vector<std::string> base64_at_offsets(std::string_view bytes);
// Every flag character (`-` or `/` before a word) as each of the five that Windows takes; nullopt when that
// makes more than max_values.
[[nodiscard]] std::optional<std::vector<std::string>> dash_variants(std::string_view text);

using PlaceholderLists = std::map<std::string, std::vector<std::string>>;
struct Expansion {
    std::vector<std::string> values;
    std::string unknown;    // a placeholder that no list has
    bool too_many = false;  // more than max_values
};
// Every `%name%` replaced by each value of its list; `\%` is a percent sign.
[[nodiscard]] Expansion expand_placeholders(std::string_view text, const PlaceholderLists& lists);

}  // namespace entrawatch
