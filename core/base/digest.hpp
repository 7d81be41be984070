// SHA-256, HMAC and the text forms of bytes. OpenSSL does the work; nothing here is secret-aware: see
// config/secret.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entrawatch {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(std::string_view bytes);
[[nodiscard]] std::string_view as_bytes(const Sha256& digest);
[[nodiscard]] std::string to_hex(std::string_view bytes);
// Standard base64 with padding.
[[nodiscard]] std::string to_base64(std::string_view bytes);
// Standard or URL alphabet, padding optional; nullopt when it is no base64.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
// Crockford base32 in lower case, as used in identifiers.
[[nodiscard]] std::string to_base32(std::string_view bytes);

}  // namespace entrawatch
