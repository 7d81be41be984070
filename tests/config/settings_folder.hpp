// A folder with the files that settings name, each with the mode it should have; gone when the test ends.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "tests/support/test_certificates.hpp"

namespace entrawatch {

inline std::string text_of_file(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

class SettingsFolder {
  public:
    SettingsFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "settings-XXXXXX").string();
        path_ = mkdtemp(name.data());
        const std::string certificate =
            text_of_file(std::filesystem::path{ENTRAWATCH_SOURCE_DIR} / "tests/config/files/ca.pem");
        std::filesystem::create_directory(path_ / "folder");
        write("good.secret", "CANARY-client-secret\n");
        write("open.secret", "CANARY-client-secret\n", 0644);
        write("empty.secret", "\n");
        write("two-lines.secret", "CANARY-first\nCANARY-second\n");
        write("large.secret", std::string(64UL * 1024 + 1, 'x'));
        write("good.url", "https://hooks.example.com/services/CANARY\n");
        write("http.url", "http://hooks.example.com/services/CANARY\n");
        write("proxy.credentials", "scanner:CANARY-password\n");
        write("good.whsec", one_key);
        write("short.whsec", "whsec_Q0FOQVJZ\n");
        write("four.whsec", one_key + one_key + one_key + one_key);
        write("good.tokens",
              "# shifts\n\nnight 0123456789abcdef0123456789abcdef\nday\tfedcba9876543210fedcba9876543210\n");
        write("short.tokens", "night CANARY-too-short\n");
        write("nameless.tokens", "# shifts\nCANARY0123456789abcdef0123456789\n");
        write("twice.tokens",
              "night 0123456789abcdef0123456789abcdef\nday 0123456789abcdef0123456789abcdef\n");
        write("ca.pem", certificate);
        write("app.crt", application().certificate_pem, 0644);
        write("app.key", application().key_pem);
        write("open.key", application().key_pem, 0644);
        write("encrypted.key", encrypted_key());
        write("other.key", another_application().key_pem);
        write("small.crt", small_application().certificate_pem);
        write("small.key", small_application().key_pem);
        write("elliptic.key", elliptic().key_pem);
        write("good.token", "eyJhbGciOiJSUzI1NiJ9.Q0FOQVJZ.c2lnbmF0dXJl\n", 0644);
        static const test::TestAuthority authority;
        static const test::PemPair ours = authority.good();
        static const test::PemPair other = authority.good();
        write("client.crt", ours.certificate_pem);
        write("client.key", ours.key_pem);
        write("other-client.key", other.key_pem);
        write("half-broken.pem",
              certificate + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
    }
    ~SettingsFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    SettingsFolder(const SettingsFolder&) = delete;
    SettingsFolder& operator=(const SettingsFolder&) = delete;

    void write(std::string_view name, std::string_view text, unsigned mode = 0600) const {
        const std::filesystem::path file = path_ / name;
        std::ofstream{file, std::ios::binary} << text;
        std::filesystem::permissions(file, static_cast<std::filesystem::perms>(mode));
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path settings_file() const { return path_ / "entrawatch.yaml"; }

    // A key made of the octets "CANARY-signing-key-00000".
    inline static const std::string one_key = "whsec_Q0FOQVJZLXNpZ25pbmcta2V5LTAwMDAw\n";

  private:
    // Made once for all tests of a program: RSA keys take their time.
    static const test::PemPair& application() {
        static const test::PemPair pair = test::application_certificate();
        return pair;
    }
    static const test::PemPair& another_application() {
        static const test::PemPair pair = test::application_certificate();
        return pair;
    }
    static const test::PemPair& small_application() {
        static const test::PemPair pair = test::application_certificate({.bits = 1024});
        return pair;
    }
    static const test::PemPair& elliptic() {
        static const test::PemPair pair = test::self_signed();
        return pair;
    }
    static const std::string& encrypted_key() {
        static const std::string key = test::with_password(application().key_pem);
        return key;
    }

    std::filesystem::path path_;
};

}  // namespace entrawatch
