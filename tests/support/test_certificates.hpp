// test_certificates: a throw-away CA and the certificates a test needs, good and bad, made in memory in a few
// milliseconds.
//
// Used by HTTP, simulator and flow tests, and by the demo. Keys are P-256; nothing is reused between runs.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

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
