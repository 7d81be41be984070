#include "core/base/ed25519.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <array>
#include <new>
#include <optional>

#include "core/base/digest.hpp"
#include "core/base/pem_text.hpp"

namespace entrawatch {

namespace {

constexpr std::size_t seed_size = 32;
constexpr std::size_t signature_size = 64;
constexpr std::size_t most_keys = 32;  // of one file

using Key = std::shared_ptr<evp_pkey_st>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Key owned(EVP_PKEY* key) {
    return {key, EVP_PKEY_free};
}

template <class Write>
std::string written(Write write) {
    const Bio memory{BIO_new(BIO_s_mem()), BIO_free};
    if (!memory || write(memory.get()) != 1) throw std::bad_alloc{};
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string der_of(const Key& key) {
    return written([&](BIO* out) { return i2d_PUBKEY_bio(out, key.get()); });
}

struct PemBlock {
    std::string name, der;
    // nullptr when it is none.
    [[nodiscard]] Key public_key() const {
        if (name != PEM_STRING_PUBLIC) return nullptr;
        const auto* octets = reinterpret_cast<const unsigned char*>(der.data());
        return owned(d2i_PUBKEY(nullptr, &octets, static_cast<long>(der.size())));
    }
};

std::optional<PemBlock> next_block(BIO* in) {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long size = 0;
    if (PEM_read_bio(in, &name, &header, &data, &size) != 1) return std::nullopt;
    PemBlock block{name, {reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)}};
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_clear_free(data, static_cast<std::size_t>(size));
    return block;
}

bool is_ed25519(const Key& key) {
    return key != nullptr && EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_ED25519;
}

}  // namespace

Ed25519PublicKey::Ed25519PublicKey(Key key)
    : key_(std::move(key)), id_(to_hex(as_bytes(sha256(der_of(key_)))).substr(0, 16)) {}

bool Ed25519PublicKey::verifies(std::string_view message, std::string_view signature) const {
    if (signature.size() != signature_size) return false;
    const DigestContext context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    const bool good =
        context && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key_.get()) == 1 &&
        EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                         signature.size(), reinterpret_cast<const unsigned char*>(message.data()),
                         message.size()) == 1;
    ERR_clear_error();
    return good;
}

std::string Ed25519PublicKey::pem() const {
    return written([&](BIO* out) { return PEM_write_bio_PUBKEY(out, key_.get()); });
}

Result<Ed25519Key> Ed25519Key::parse(std::string_view pem) {
    const PemReader in{pem};
    const Key key = owned(PEM_read_bio_PrivateKey(in.get(), nullptr, no_password, nullptr));
    ERR_clear_error();
    if (!is_ed25519(key)) {
        return fail(ErrorCode::invalid,
                    "is no Ed25519 private key in PEM form without a password; `openssl genpkey -algorithm "
                    "ed25519 -out FILE` makes one");
    }
    return Ed25519Key{key};
}

Result<Ed25519Key> Ed25519Key::from_seed(std::string_view seed) {
    if (seed.size() != seed_size) return fail(ErrorCode::invalid, "an Ed25519 key is made of 32 octets");
    const Key key = owned(EVP_PKEY_new_raw_private_key(
        EVP_PKEY_ED25519, nullptr, reinterpret_cast<const unsigned char*>(seed.data()), seed.size()));
    if (!key) return fail(ErrorCode::unavailable, "OpenSSL cannot make an Ed25519 key");
    return Ed25519Key{key};
}

std::string Ed25519Key::sign(std::string_view message) const {
    std::string signature(signature_size, '\0');
    std::size_t size = signature.size();
    const DigestContext context{EVP_MD_CTX_new(), EVP_MD_CTX_free};
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get()) != 1 ||
        EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       reinterpret_cast<const unsigned char*>(message.data()), message.size()) != 1)
        throw std::bad_alloc{};
    return signature;
}

Ed25519PublicKey Ed25519Key::public_key() const {
    std::array<unsigned char, seed_size> raw{};
    std::size_t size = raw.size();
    EVP_PKEY_get_raw_public_key(key_.get(), raw.data(), &size);
    return Ed25519PublicKey{
        owned(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw.data(), raw.size()))};
}

std::string Ed25519Key::pem() const {
    return written([&](BIO* out) {
        return PEM_write_bio_PKCS8PrivateKey(out, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
}

Result<std::vector<Ed25519PublicKey>> read_public_keys(std::string_view pem) {
    const PemReader in{pem};
    std::vector<Ed25519PublicKey> keys;
    std::optional<PemBlock> block;
    while (keys.size() < most_keys && (block = next_block(in.get()))) {
        const Key key = block->public_key();
        if (!is_ed25519(key)) break;
        keys.push_back(Ed25519PublicKey{key});
    }
    // "no start line" is how the end of the last key shows.
    const bool ended = !block && ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    if (!keys.empty() && ended) return keys;
    return fail(
        ErrorCode::invalid,
        "holds no Ed25519 public key in PEM form (-----BEGIN PUBLIC KEY-----), or something else beside it; "
        "`openssl pkey -in KEY -pubout` prints that of a private key");
}

}  // namespace entrawatch
