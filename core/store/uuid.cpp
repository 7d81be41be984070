#include "core/store/uuid.hpp"

#include "core/base/digest.hpp"

namespace entrawatch {

namespace {

constexpr std::size_t uuid_text_size = 36;

bool dash_at(std::size_t position) {
    return position == 8 || position == 13 || position == 18 || position == 23;
}

int nibble_of(char c, UuidCase letters) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (letters == UuidCase::any && c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::optional<Uuid> uuid_bytes(std::string_view text, UuidCase letters) {
    if (text.size() != uuid_text_size) return std::nullopt;
    Uuid bytes{};
    char* next = bytes.data();
    for (std::size_t i = 0; i < text.size();) {
        if (dash_at(i)) {
            if (text[i] != '-') return std::nullopt;
            ++i;
            continue;
        }
        const int high = nibble_of(text[i], letters);
        const int low = nibble_of(text[i + 1], letters);
        if (high < 0 || low < 0) return std::nullopt;
        *next++ = static_cast<char>(high * 16 + low);
        i += 2;
    }
    return bytes;
}

std::string uuid_text(std::string_view bytes) {
    std::string text = to_hex(bytes);
    if (bytes.size() != Uuid{}.size()) return text;
    for (const std::size_t position : {8U, 13U, 18U, 23U})
        text.insert(position, 1, '-');
    return text;
}

}  // namespace entrawatch
