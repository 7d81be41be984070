// pem_text: a text as OpenSSL reads PEM from it. Inside of ed25519 and rsa; nobody else uses it.
#pragma once

#include <openssl/bio.h>

#include <memory>
#include <new>
#include <string_view>

namespace entrawatch {

class PemReader {
  public:
    // `text` must outlive the reader. Of no text at all OpenSSL wants a pointer, too.
    explicit PemReader(std::string_view text)
        : bio_(BIO_new_mem_buf(text.empty() ? "" : text.data(), static_cast<int>(text.size())), BIO_free) {
        if (!bio_) throw std::bad_alloc{};
    }
    [[nodiscard]] BIO* get() const { return bio_.get(); }

  private:
    std::unique_ptr<BIO, decltype(&BIO_free)> bio_;
};

// OpenSSL would ask for a password on the terminal.
inline int no_password(char*, int, int, void*) {
    return -1;
}

}  // namespace entrawatch
