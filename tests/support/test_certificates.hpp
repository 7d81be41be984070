// test_certificates: a throw-away CA and the certificates a test needs, good and bad, made in memory in a few
// milliseconds.
//
// Used by HTTP, simulator and flow tests, and by the demo. Keys are P-256 where nothing else
// is said; nothing is reused between runs.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/time.hpp"

namespace entrawatch::test {

struct PemPair {
    std::string certificate_pem;
    std::string key_pem;
};

// A CA that exists as long as the object.
class TestAuthority {
  public:
    TestAuthority();
    ~TestAuthority();
    [[nodiscard]] const std::string& ca_pem() const;
    // For 127.0.0.1, ::1 and localhost, valid since yesterday and for a day.
    [[nodiscard]] PemPair good() const;
    [[nodiscard]] PemPair expired() const;
    [[nodiscard]] PemPair not_yet_valid() const;
    [[nodiscard]] PemPair for_another_host() const;  // elsewhere.example

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

// For 127.0.0.1, ::1 and localhost, signed by no CA.
[[nodiscard]] PemPair self_signed();

// An RSA certificate signed by itself, as an application proves itself with; good from 2020 to 2050 unless
// said otherwise, so that it suits clocks held by hand.
struct ApplicationWish {
    int bits = 2048;
    Instant not_before{std::chrono::sys_days{std::chrono::year{2020} / 1 / 1}};
    Instant not_after{std::chrono::sys_days{std::chrono::year{2050} / 1 / 1}};
};
[[nodiscard]] PemPair application_certificate(const ApplicationWish& wish = {});
// The same key, encrypted.
[[nodiscard]] std::string with_password(const std::string& key_pem);

// A file that goes with the object; its name is unique.
class TemporaryFile {
  public:
    explicit TemporaryFile(const std::string& content);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    void write(const std::string& content) const;

  private:
    std::filesystem::path path_;
};

}  // namespace entrawatch::test
