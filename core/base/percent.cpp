#include "core/base/percent.hpp"

#include <charconv>

#include "core/base/text.hpp"

namespace entrawatch {

std::string percent_encoded(std::string_view text, std::string_view kept) {
    constexpr std::string_view hex = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_ascii_alphanumeric(c) || kept.find(c) != std::string_view::npos) {
            out += c;
        } else {
            out += '%';
            out += hex[byte >> 4U];
            out += hex[byte & 0x0FU];
        }
    }
    return out;
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += text[i] == '+' && plus_is_blank ? ' ' : text[i];
            continue;
        }
        unsigned octet = 0;
        const std::string_view digits = text.substr(i + 1, 2);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), octet, 16);
        if (digits.size() < 2 || error != std::errc{} || end != digits.data() + digits.size())
            return std::nullopt;
        out += static_cast<char>(octet);
        i += 2;
    }
    return out;
}

}  // namespace entrawatch
