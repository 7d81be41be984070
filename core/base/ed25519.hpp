// ed25519: signatures that anybody can check with the public half (RFC 8032). OpenSSL does the work.
//
// Keys are PEM, as `openssl genpkey -algorithm ed25519` writes them. A private key has no text form but
// pem(), for the file it is kept in. Used by core/store (checkpoints of the chain), config and the command
// `verify`.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

struct evp_pkey_st;

namespace entrawatch {

class Ed25519PublicKey {
  public:
    [[nodiscard]] bool verifies(std::string_view message, std::string_view signature) const;
    // First 16 hex digits of the SHA-256 of the key in DER form; names it in checkpoints.
    [[nodiscard]] const std::string& id() const { return id_; }
    [[nodiscard]] std::string pem() const;

  private:
    friend class Ed25519Key;
    friend Result<std::vector<Ed25519PublicKey>> read_public_keys(std::string_view pem);
    explicit Ed25519PublicKey(std::shared_ptr<evp_pkey_st> key);
    std::shared_ptr<evp_pkey_st> key_;
    std::string id_;
};

class Ed25519Key {
  public:
    // Errors never quote the text.
    [[nodiscard]] static Result<Ed25519Key> parse(std::string_view pem);
    // From 32 octets that nobody can guess.
    [[nodiscard]] static Result<Ed25519Key> from_seed(std::string_view seed);

    [[nodiscard]] std::string sign(std::string_view message) const;  // 64 octets
    [[nodiscard]] Ed25519PublicKey public_key() const;
    [[nodiscard]] std::string pem() const;  // a secret

  private:
    explicit Ed25519Key(std::shared_ptr<evp_pkey_st> key) : key_(std::move(key)) {}
    std::shared_ptr<evp_pkey_st> key_;
};

// One or more PEM public keys, one after the other: the key in use and those before it.
[[nodiscard]] Result<std::vector<Ed25519PublicKey>> read_public_keys(std::string_view pem);

}  // namespace entrawatch
