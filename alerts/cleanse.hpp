// cleanse: overwrites a string that held a secret. Used by SigningKey and config's Secret.
#pragma once

#include <openssl/crypto.h>

#include <string>

namespace entrawatch {

// Leaves it empty. The capacity too: a moved-from or shortened string may still hold the old octets.
inline void cleanse(std::string& text) {
    text.resize(text.capacity());
    OPENSSL_cleanse(text.data(), text.size());
    text.clear();
}

}  // namespace entrawatch
