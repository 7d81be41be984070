#include "core/rules/sigma_encodings.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/digest.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

bool is_word(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           byte >= 0x80;
}

void put_unit(std::string& out, std::uint32_t unit, bool big) {
    const char high = static_cast<char>(unit >> 8U & 0xFFU);
    const char low = static_cast<char>(unit & 0xFFU);
    out += big ? high : low;
    out += big ? low : high;
}

// The next code point of valid UTF-8.
std::uint32_t take_code_point(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text.front());
    const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    std::uint32_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length && i < text.size(); ++i)
        point = point << 6U | (static_cast<unsigned char>(text[i]) & 0x3FU);
    text.remove_prefix(std::min(length, text.size()));
    return point;
}

// Appends `part` to every text of `so_far`.
void append_to_each(std::vector<std::string>& so_far, std::string_view part) {
    for (std::string& text : so_far)
        text += part;
}

// Every text of `so_far` with every text of `parts`; false when that is too many.
template <class Parts>
bool multiply(std::vector<std::string>& so_far, const Parts& parts) {
    if (so_far.size() * std::size(parts) > max_values) return false;
    std::vector<std::string> all;
    all.reserve(so_far.size() * std::size(parts));
    for (const std::string& text : so_far) {
        for (const auto& part : parts)
            all.push_back(text + std::string{part});
    }
    so_far = std::move(all);
    return true;
}

}  // namespace

std::string to_utf16(std::string_view utf8, Utf16 form) {
    const std::string valid = to_valid_utf8(utf8);
    const bool big = form == Utf16::big;
    std::string out = form == Utf16::marked ? "\xFF\xFE" : "";
    std::string_view rest = valid;
    while (!rest.empty()) {
        const std::uint32_t point = take_code_point(rest);
        if (point < 0x10000) {
            put_unit(out, point, big);
        } else {
            put_unit(out, 0xD800U + ((point - 0x10000U) >> 10U), big);
            put_unit(out, 0xDC00U + ((point - 0x10000U) & 0x3FFU), big);
        }
    }
    return out;
}

std::vector<std::string> base64_at_offsets(std::string_view bytes) {
    constexpr std::array<std::size_t, 3> first_stable{0, 2, 3};
    std::vector<std::string> found;
    for (std::size_t offset = 0; offset < 3; ++offset) {
        const std::size_t total = bytes.size() + offset;
        const std::string encoded = to_base64(std::string(offset, ' ') + std::string{bytes});
        const std::size_t end = total % 3 == 0 ? encoded.size() : total / 3 * 4 + (total % 3);
        const std::size_t begin = first_stable.at(offset);
        if (end > begin) found.push_back(encoded.substr(begin, end - begin));
    }
    return found;
}

std::optional<std::vector<std::string>> dash_variants(std::string_view text) {
    constexpr std::array<std::string_view, 5> flags{"-", "/", "\u2013", "\u2014", "\u2015"};
    std::vector<std::string> made{""};
    std::size_t done = 0;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const bool starts_flag = (i == 0 || !is_word(text[i - 1])) && is_word(text[i + 1]);
        if (!starts_flag || (text[i] != '-' && text[i] != '/')) continue;
        append_to_each(made, text.substr(done, i - done));
        if (!multiply(made, flags)) return std::nullopt;
        done = i + 1;
    }
    append_to_each(made, text.substr(done));
    return made;
}

Expansion expand_placeholders(std::string_view text, const PlaceholderLists& lists) {
    Expansion result;
    result.values = {""};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '%') {
            append_to_each(result.values, "%");
            ++i;
            continue;
        }
        const auto end = text[i] == '%' ? text.find('%', i + 1) : std::string_view::npos;
        if (end == std::string_view::npos || end == i + 1) {
            append_to_each(result.values, text.substr(i, 1));
            continue;
        }
        const auto list = lists.find(std::string{text.substr(i + 1, end - i - 1)});
        if (list == lists.end()) {
            result.unknown = std::string{text.substr(i + 1, end - i - 1)};
            return result;
        }
        if (!multiply(result.values, list->second)) {
            result.too_many = true;
            return result;
        }
        i = end;
    }
    return result;
}

}  // namespace entrawatch
