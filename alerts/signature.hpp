// Standard Webhooks signatures: what goes into `webhook-signature`, and how a receiver checks it.
//
// Signed bytes: id '.' timestamp '.' body, the exact octets on the wire. Every listed key signs (rotation),
// newest first. Source: standard-webhooks specification v1.0.0. Used by daemon/delivery_worker, the demo's
// receiver and the tests (with its vectors).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

// A decoded HMAC key, 24 to 75 bytes. Zeroised on destruction; it has no text form but an id that is safe to
// show.
class SigningKey {
  public:
    // "whsec_" + base64. Errors never quote the text.
    [[nodiscard]] static Result<SigningKey> parse(std::string_view text);
    ~SigningKey();
    SigningKey(const SigningKey&) = default;
    SigningKey(SigningKey&&) noexcept = default;
    // Assignment swaps, so that the key given up is zeroised as well.
    SigningKey& operator=(SigningKey other) noexcept;

    [[nodiscard]] std::string_view bytes() const { return key_; }
    // First 8 hex digits of the key's SHA-256: names it in receipts.
    [[nodiscard]] std::string id() const;

  private:
    explicit SigningKey(std::string key) : key_(std::move(key)) {}
    std::string key_;
};

// A file's text: one key a line, newest first, blank lines and `#` comments ignored; at most 3 keys.
[[nodiscard]] Result<std::vector<SigningKey>> parse_signing_keys(std::string_view text);

// "v1,<base64> v1,<base64>" for the attempt at unix second `timestamp`.
[[nodiscard]] std::string sign(const std::vector<SigningKey>& keys, std::string_view id,
                               std::int64_t timestamp, std::string_view body);

// As a receiver does: constant-time, any v1 token may match, unknown versions are passed over, ±5 minutes.
[[nodiscard]] Result<> verify_signature(const std::vector<SigningKey>& keys, std::string_view id,
                                        std::string_view timestamp, std::string_view signature,
                                        std::string_view body, std::int64_t now_unix);

}  // namespace entrawatch
