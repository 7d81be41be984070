#include "daemon/output/display_width.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace entrawatch {
namespace {

struct Range {
    char32_t first, last;
};
// Unicode's East Asian Width W and F, in blocks: a table that is wrong for a rare character only misaligns a
// line.
constexpr std::array wide_ranges{Range{0x1100, 0x115F},  Range{0x2E80, 0xA4CF},   Range{0xAC00, 0xD7A3},
                                 Range{0xF900, 0xFAFF},  Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},
                                 Range{0xFFE0, 0xFFE6},  Range{0x1F300, 0x1F64F}, Range{0x1F900, 0x1F9FF},
                                 Range{0x20000, 0x3FFFD}};
constexpr std::array combining_ranges{Range{0x0300, 0x036F}, Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF},
                                      Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F}};

template <class Ranges>
bool is_in(const Ranges& ranges, char32_t c) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [c](Range range) { return range.first <= c && c <= range.last; });
}

std::size_t columns_of(char32_t c) {
    if (is_in(combining_ranges, c)) return 0;
    return is_in(wide_ranges, c) ? 2 : 1;
}

// One code point of valid UTF-8 from `at`; a broken byte stands for itself.
char32_t next_code_point(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t lead = byte(at);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length == 1 || at + length > text.size()) {
        ++at;
        return lead;
    }
    char32_t c = lead & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i)
        c = (c << 6U) | (byte(at + i) & 0x3FU);
    at += length;
    return c;
}

}  // namespace

std::size_t display_width(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t at = 0; at < text.size();)
        columns += columns_of(next_code_point(text, at));
    return columns;
}

std::string cut_to_width(std::string_view text, std::size_t columns) {
    std::size_t used = 0;
    std::size_t fits = 0;  // where the text must end when "…" follows
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t width = columns_of(next_code_point(text, at));
        used += width;
        if (used > columns) return std::string{text.substr(0, fits)} + "…";
        if (used + 1 <= columns) fits = at;
    }
    return std::string{text};
}

}  // namespace entrawatch
