// The text form of a GUID, as Entra writes ids: 8-4-4-4-12 hexadecimal digits, in either case.
#pragma once

#include <cstddef>
#include <string_view>

namespace entrawatch {

[[nodiscard]] constexpr bool is_guid(std::string_view text) {
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (dash ? c != '-' : !hex) return false;
    }
    return true;
}

}  // namespace entrawatch
