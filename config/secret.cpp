#include "config/secret.hpp"

#include <openssl/crypto.h>

namespace entrawatch {
namespace {

// The capacity too: a shortened string may still hold the old octets.
void cleanse(std::string& text) {
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

}  // namespace

Secret::~Secret() {
    cleanse(value_);
}

// A short string is copied, not handed over, when it moves: the source is zeroised here.
Secret::Secret(Secret&& other) noexcept : value_(std::move(other.value_)) {
    cleanse(other.value_);
}

Secret& Secret::operator=(Secret other) noexcept {
    value_.swap(other.value_);
    return *this;
}

}  // namespace entrawatch
