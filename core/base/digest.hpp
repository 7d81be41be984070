// SHA-256 and the text forms of bytes. OpenSSL does the work; nothing here is secret-aware: see
// config/secret.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace entrawatch {

using Sha256 = std::array<std::uint8_t, 32>;

// SHA-256 of octets that come in pieces; one context serves any number of digests, one after the other.
class Sha256Stream {
  public:
    Sha256Stream();
    void add(std::string_view bytes);
    // The digest of what was added since the last one.
    [[nodiscard]] Sha256 finish();

  private:
    struct Free {
        void operator()(evp_md_ctx_st* context) const;
    };
    void begin();

    std::unique_ptr<evp_md_ctx_st, Free> context_;
};

[[nodiscard]] Sha256 sha256(std::string_view bytes);
[[nodiscard]] std::string_view as_bytes(const Sha256& digest);
[[nodiscard]] std::string to_hex(std::string_view bytes);
// The digest that 64 digits of lower-case hex spell; nullopt when they spell none.
[[nodiscard]] std::optional<Sha256> digest_of_hex(std::string_view hex);
// Standard base64 with padding.
[[nodiscard]] std::string to_base64(std::string_view bytes);
// The URL alphabet without padding, as JSON Web Tokens are written.
[[nodiscard]] std::string to_base64_url(std::string_view bytes);
// Standard or URL alphabet, padding optional; nullopt when it is no base64.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
// Crockford base32 in lower case, as used in identifiers.
[[nodiscard]] std::string to_base32(std::string_view bytes);

}  // namespace entrawatch
