#include "alerts/signature.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <charconv>

#include "alerts/cleanse.hpp"
#include "core/base/digest.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::string_view prefix = "whsec_";
constexpr std::size_t shortest_key = 24;
constexpr std::size_t longest_signing_key = 75;
constexpr std::size_t most_keys = 3;
constexpr std::int64_t tolerance_seconds = 300;

std::string mac_token(const SigningKey& key, std::string_view signed_bytes) {
    const std::string_view bytes = key.bytes();
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned int length = 0;
    HMAC(EVP_sha256(), bytes.data(), static_cast<int>(bytes.size()),
         reinterpret_cast<const unsigned char*>(signed_bytes.data()), signed_bytes.size(), mac.data(),
         &length);
    return "v1," + to_base64({reinterpret_cast<const char*>(mac.data()), length});
}

std::string signed_content(std::string_view id, std::string_view timestamp, std::string_view body) {
    std::string content;
    content.reserve(id.size() + timestamp.size() + body.size() + 2);
    content.append(id).append(1, '.').append(timestamp).append(1, '.').append(body);
    return content;
}

bool same_token(std::string_view expected, std::string_view given) {
    return expected.size() == given.size() &&
           CRYPTO_memcmp(expected.data(), given.data(), expected.size()) == 0;
}

// Every token of the header against one key's, without stopping at the first that fits.
bool any_token_fits(std::string_view expected, std::string_view header) {
    bool fits = false;
    while (!header.empty()) {
        const auto blank = header.find(' ');
        fits = same_token(expected, header.substr(0, blank)) || fits;
        header.remove_prefix(blank == std::string_view::npos ? header.size() : blank + 1);
    }
    return fits;
}

Result<> check_timestamp(std::string_view timestamp, std::int64_t now_unix) {
    std::int64_t value = 0;
    const char* end = timestamp.data() + timestamp.size();
    const auto [stop, error] = std::from_chars(timestamp.data(), end, value);
    if (error != std::errc{} || stop != end || value < 0) {
        return fail(ErrorCode::invalid, "webhook-timestamp is not a number of seconds");
    }
    if (value < now_unix - tolerance_seconds) {
        return fail(ErrorCode::invalid, "webhook-timestamp is more than 5 minutes old");
    }
    if (value > now_unix + tolerance_seconds) {
        return fail(ErrorCode::invalid, "webhook-timestamp is more than 5 minutes ahead");
    }
    return {};
}

}  // namespace

Result<SigningKey> SigningKey::parse(std::string_view text) {
    text = trim(text);
    if (text.substr(0, prefix.size()) != prefix) {
        return fail(ErrorCode::invalid, "a signing secret starts with whsec_");
    }
    auto key = from_base64(text.substr(prefix.size()));
    if (!key) return fail(ErrorCode::invalid, "a signing secret is whsec_ followed by base64");
    if (key->size() < shortest_key || key->size() > longest_signing_key) {
        cleanse(*key);
        return fail(ErrorCode::invalid, "a signing secret holds 24 to 75 bytes, base64-encoded after whsec_");
    }
    return SigningKey{std::move(*key)};
}

SigningKey::~SigningKey() {
    cleanse(key_);
}

SigningKey& SigningKey::operator=(SigningKey other) noexcept {
    key_.swap(other.key_);
    return *this;
}

std::string SigningKey::id() const {
    return to_hex(as_bytes(sha256(key_)).substr(0, 4));
}

Result<std::vector<SigningKey>> parse_signing_keys(std::string_view text) {
    std::vector<SigningKey> keys;
    int line_number = 0;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const std::string_view line = trim(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        ++line_number;
        if (line.empty() || line.front() == '#') continue;
        auto key = SigningKey::parse(line);
        if (!key) return fail(key.error().code, key.error().what, "line " + std::to_string(line_number));
        if (keys.size() == most_keys) {
            return fail(ErrorCode::too_large, "at most 3 signing secrets, newest first: remove the oldest",
                        "line " + std::to_string(line_number));
        }
        keys.push_back(std::move(*key));
    }
    if (keys.empty()) return fail(ErrorCode::invalid, "holds no signing secret: one whsec_… a line");
    return keys;
}

std::string sign(const std::vector<SigningKey>& keys, std::string_view id, std::int64_t timestamp,
                 std::string_view body) {
    const std::string content = signed_content(id, std::to_string(timestamp), body);
    std::string header;
    for (const SigningKey& key : keys) {
        if (!header.empty()) header += ' ';
        header += mac_token(key, content);
    }
    return header;
}

Result<> verify_signature(const std::vector<SigningKey>& keys, std::string_view id,
                          std::string_view timestamp, std::string_view signature, std::string_view body,
                          std::int64_t now_unix) {
    if (id.empty() || id.find('.') != std::string_view::npos) {
        return fail(ErrorCode::invalid, "webhook-id is missing or holds a full stop");
    }
    if (auto in_time = check_timestamp(timestamp, now_unix); !in_time) return in_time;
    const std::string content = signed_content(id, timestamp, body);
    bool fits = false;
    for (const SigningKey& key : keys) {
        fits = any_token_fits(mac_token(key, content), signature) || fits;
    }
    if (!fits) return fail(ErrorCode::refused, "no v1 token of webhook-signature fits body and keys");
    return {};
}

}  // namespace entrawatch
