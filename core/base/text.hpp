// Text that came from outside: folding for comparison, safe cuts, safe printing.
//
// Event text is chosen by attackers; names carry en dashes, trailing blanks, bidi marks and broken UTF-8.
// Used by normalisation, rules, queries and everything that prints.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entrawatch {

// The form in which names are compared (reference: activity names carry U+2013 and trailing blanks):
// NFKC, U+2010..U+2015 and U+2212 to '-', runs of white space to one blank, trimmed, lower case. Total:
// broken UTF-8 bytes become U+FFFD.
[[nodiscard]] std::string fold(std::string_view text);
// As fold, into a buffer that is kept, so that a hot path allocates nothing for ASCII.
void fold_into(std::string_view text, std::string& out);

// ASCII only; other bytes are left.
[[nodiscard]] std::string to_lower_ascii(std::string_view text);
[[nodiscard]] bool equal_ignoring_ascii_case(std::string_view a, std::string_view b);
[[nodiscard]] bool starts_with_ignoring_ascii_case(std::string_view text, std::string_view prefix);
[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] constexpr bool is_ascii_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The texts of a range one after the other.
template <class Range>
[[nodiscard]] std::string joined(const Range& texts, std::string_view separator = ", ");

// Valid UTF-8, every broken byte replaced by U+FFFD.
[[nodiscard]] std::string to_valid_utf8(std::string_view text);
[[nodiscard]] bool is_valid_utf8(std::string_view text);
// At most `limit` bytes, cut between code points, ending in "…" when something was cut (limit >= 3).
[[nodiscard]] std::string cut_utf8(std::string_view text, std::size_t limit);

// For terminals and logs: control characters, bidi and zero-width marks are shown as \xNN or \u{NNNN}; broken
// UTF-8 as \xNN. Newlines and tabs are escaped too: one value stays on one line.
[[nodiscard]] std::string for_terminal(std::string_view text);

// Case-insensitive wildcard match on folded text: `*` any run, `?` one byte, `\` escapes. Linear in practice,
// never exponential.
[[nodiscard]] bool matches_wildcard(std::string_view text, std::string_view pattern);

// "1 alert", "2 alerts"
[[nodiscard]] std::string counted(std::int64_t number, std::string_view one, std::string_view many);

// The candidate nearest to `word` by edit distance, for "did you mean"; empty when none is near (distance >
// 1/3 of the length). One that was cut short (`secret` for `secret_file`) is near.
template <class Range>
[[nodiscard]] std::string nearest(std::string_view word, const Range& candidates);
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

template <class Range>
std::string joined(const Range& texts, std::string_view separator) {
    std::string out;
    bool first = true;
    for (const auto& text : texts) {
        if (!first) out += separator;
        first = false;
        out += std::string_view{text};
    }
    return out;
}

inline constexpr std::size_t shortest_beginning = 3;

template <class Range>
std::string nearest(std::string_view word, const Range& candidates) {
    std::string best;
    std::size_t best_distance = word.size() / 3 + 2;
    for (const auto& candidate : candidates) {
        const std::string_view name{candidate};
        const bool cut_short = word.size() >= shortest_beginning && name.starts_with(word);
        const std::size_t distance = cut_short ? 1 : edit_distance(word, name);
        if (distance < best_distance) {
            best_distance = distance;
            best = std::string{name};
        }
    }
    return best;
}

}  // namespace entrawatch
