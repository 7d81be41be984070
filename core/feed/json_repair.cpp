#include "core/feed/json_repair.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t escape_length = 6;  // \uXXXX
constexpr std::size_t longest_sure_integer = 18;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// The code unit of a \uXXXX escape that starts at `at`.
std::optional<std::uint32_t> escaped_unit(std::string_view text, std::size_t at) {
    if (at + escape_length > text.size() || text[at] != '\\' || text[at + 1] != 'u') return std::nullopt;
    std::uint32_t unit = 0;
    const char* first = text.data() + at + 2;
    const char* last = text.data() + at + escape_length;
    const auto result = std::from_chars(first, last, unit, 16);
    if (result.ec != std::errc{} || result.ptr != last) return std::nullopt;
    return unit;
}

bool is_high(std::uint32_t unit) {
    return unit >= 0xD800U && unit <= 0xDBFFU;
}
bool is_low(std::uint32_t unit) {
    return unit >= 0xDC00U && unit <= 0xDFFFU;
}

// Copies the escape at `at`, which starts with a backslash inside a string; returns how many bytes of `text`
// it took.
std::size_t copy_escape(std::string_view text, std::size_t at, std::string& out) {
    const std::optional<std::uint32_t> unit = escaped_unit(text, at);
    if (!unit) {
        const std::size_t length = at + 1 < text.size() ? 2 : 1;
        out.append(text.substr(at, length));
        return length;
    }
    if (is_high(*unit)) {
        const std::optional<std::uint32_t> next = escaped_unit(text, at + escape_length);
        if (next && is_low(*next)) {
            out.append(text.substr(at, 2 * escape_length));
            return 2 * escape_length;
        }
    }
    if (is_high(*unit) || is_low(*unit)) {
        out += "\\ufffd";
    } else {
        out.append(text.substr(at, escape_length));
    }
    return escape_length;
}

// Copies the run of digits at `at`; a whole number too long for 64 bits gets an exponent, so that it is read
// as a double.
std::size_t copy_digits(std::string_view text, std::size_t at, std::string& out) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) {
        ++end;
    }
    out.append(text.substr(at, end - at));
    const char next = end < text.size() ? text[end] : ',';
    const char before = at > 0 ? text[at - 1] : ',';
    const bool whole = next != '.' && next != 'e' && next != 'E' && before != '.' && before != 'e' &&
                       before != 'E' && before != '+';
    const bool exponent = before == '-' && at > 1 && (text[at - 2] == 'e' || text[at - 2] == 'E');
    if (whole && !exponent && end - at > longest_sure_integer) out += "e0";
    return end - at;
}

}  // namespace

bool is_repairable(simdjson::error_code error) {
    return error == simdjson::UTF8_ERROR || error == simdjson::STRING_ERROR ||
           error == simdjson::NUMBER_ERROR;
}

std::string repair_json(std::string_view original) {
    const std::string text = to_valid_utf8(original);
    std::string out;
    out.reserve(text.size() + 16);
    bool in_string = false;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (in_string && c == '\\') {
            at += copy_escape(text, at, out);
        } else if (!in_string && is_digit(c)) {
            at += copy_digits(text, at, out);
        } else {
            if (c == '"') in_string = !in_string;
            out += c;
            ++at;
        }
    }
    return out;
}

}  // namespace entrawatch
