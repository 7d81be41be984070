// Format: how a listing is printed. Chosen by --format, the same word on every command. Read next:
// list_writer.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace entrawatch {

enum class Format : std::uint8_t {
    table,  // for people: aligned, cut to the terminal's width, every value made safe to print
    json,   // one array (or one object)
    jsonl,  // one object a line
    csv,    // RFC 4180 with a header line; the values are exact, so a spreadsheet may take one for a formula
};

inline constexpr std::array<std::string_view, 4> format_names{"table", "json", "jsonl", "csv"};

[[nodiscard]] constexpr std::optional<Format> format_of(std::string_view name) {
    for (std::size_t i = 0; i < format_names.size(); ++i) {
        if (format_names[i] == name) return static_cast<Format>(i);
    }
    return std::nullopt;
}

}  // namespace entrawatch
