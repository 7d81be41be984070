#include "daemon/graph/assertion.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/digest.hpp"
#include "daemon/graph/random_guid.hpp"
#include "tests/config/settings_folder.hpp"

namespace entrawatch::graph {
namespace {

constexpr const char* endpoint =
    "https://login.example/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token";

std::vector<std::string> parts_of(const std::string& assertion) {
    const auto first = assertion.find('.');
    const auto second = assertion.find('.', first + 1);
    return {assertion.substr(0, first), assertion.substr(first + 1, second - first - 1),
            assertion.substr(second + 1)};
}

nlohmann::json json_in(const std::string& part) {
    return nlohmann::json::parse(from_base64(part).value());
}

class Assertion : public ::testing::Test {
  protected:
    [[nodiscard]] CertificatePair pair() const {
        return read_certificate({folder.path() / "app.crt", folder.path() / "app.key"}).value();
    }
    [[nodiscard]] std::string assertion() const {
        return client_assertion(
            pair(), {endpoint, "66666666-7777-8888-9999-000000000000", "0f7b7c0e-0000-4000-8000-000000000001",
                     *parse_iso("2026-03-01T12:00:00.75Z")});
    }
    // Whether a shell, working in the folder, ends well.
    [[nodiscard]] bool shell(const std::string& script) const {
        return std::system(
                   ("cd '" + folder.path().string() + "' && { " + script + "; } > said 2>&1").c_str()) == 0;
    }
    SettingsFolder folder;
};

TEST_F(Assertion, SaysExactlyWhatEntraAsksFor) {
    const auto parts = parts_of(assertion());
    const auto head = json_in(parts[0]);
    EXPECT_EQ(head["alg"], "PS256");
    EXPECT_EQ(head["typ"], "JWT");
    EXPECT_EQ(head.size(), 3U);
    const auto claims = json_in(parts[1]);
    EXPECT_EQ(claims, nlohmann::json::parse(R"({
        "aud": "https://login.example/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token",
        "iss": "66666666-7777-8888-9999-000000000000", "sub": "66666666-7777-8888-9999-000000000000",
        "jti": "0f7b7c0e-0000-4000-8000-000000000001",
        "nbf": 1772366340, "iat": 1772366400, "exp": 1772366940})"));
    EXPECT_TRUE(claims["exp"].is_number_integer());
    for (const std::string& part : parts)
        EXPECT_EQ(part.find_first_of("=+/"), std::string::npos) << part;
}

// Another program's eyes: what the manual page of openssl says of PS256.
TEST_F(Assertion, OpensslVerifiesTheSignature) {
    const auto parts = parts_of(assertion());
    folder.write("signed", parts[0] + "." + parts[1]);
    folder.write("signature", from_base64(parts[2]).value());
    const std::string verify =
        "openssl x509 -in app.crt -pubkey -noout > app.pub && openssl dgst -sha256 -sigopt "
        "rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:sha256 -verify app.pub "
        "-signature signature signed";
    EXPECT_TRUE(shell(verify)) << text_of_file(folder.path() / "said");
    folder.write("signed", parts[0] + "." + parts[1] + "x");
    EXPECT_FALSE(shell(verify));
}

TEST_F(Assertion, OpensslPrintsTheSameThumbprint) {
    ASSERT_TRUE(shell("openssl x509 -in app.crt -outform DER | openssl dgst -sha256 -binary > digest"))
        << text_of_file(folder.path() / "said");
    const std::string thumbprint = json_in(parts_of(assertion())[0])["x5t#S256"];
    EXPECT_EQ(from_base64(thumbprint).value(), text_of_file(folder.path() / "digest"));
    ASSERT_TRUE(shell("openssl x509 -in app.crt -noout -fingerprint -sha1 | sed 's/.*=//; s/://g' > digest"));
    EXPECT_EQ(pair().certificate.portal_thumbprint() + "\n", text_of_file(folder.path() / "digest"));
}

TEST(RandomGuid, IsAnotherOneEachTime) {
    const std::string one = random_guid();
    EXPECT_THAT(
        one, ::testing::MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    EXPECT_NE(one, random_guid());
}

}  // namespace
}  // namespace entrawatch::graph
