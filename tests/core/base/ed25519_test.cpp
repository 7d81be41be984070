#include "core/base/ed25519.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/digest.hpp"

namespace entrawatch {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// RFC 8032, 7.1, test 1; the public half and its id as `openssl pkey -pubout` and `sha256sum` print them.
constexpr std::string_view private_pem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";
constexpr std::string_view public_pem =
    "-----BEGIN PUBLIC KEY-----\n"
    "MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n"
    "-----END PUBLIC KEY-----\n";

Ed25519Key the_key() {
    return Ed25519Key::parse(private_pem).value();
}

TEST(Ed25519, SignsAsTheStandardSays) {
    EXPECT_EQ(
        to_hex(the_key().sign("")),
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25b"
        "f5f0595bbe24655141438e7a100b");
}

TEST(Ed25519, SignsAsOpensslSigns) {
    // printf a > message; openssl pkeyutl -sign -rawin -inkey KEY -in message
    EXPECT_EQ(
        to_hex(the_key().sign("a")),
        "dcd943e23647411ae3cfbdc10d10480b27374fa4c48386388f0334fe6e72392719a907e93d40ff9e0fe2848f9d6023d660cb"
        "93c9f66bde0d95af600a9d9ef30f");
}

TEST(Ed25519, NamesAKeyByItsPublicHalf) {
    EXPECT_EQ(the_key().public_key().pem(), public_pem);
    EXPECT_EQ(the_key().public_key().id(), "06e3fd8fda29bb60");
    EXPECT_EQ(read_public_keys(public_pem)->front().id(), "06e3fd8fda29bb60");
}

TEST(Ed25519, RefusesASignatureOfAnythingElse) {
    const Ed25519PublicKey key = the_key().public_key();
    std::string signature = the_key().sign("message");
    EXPECT_TRUE(key.verifies("message", signature));
    EXPECT_FALSE(key.verifies("messagf", signature));
    EXPECT_FALSE(key.verifies("message", signature.substr(1)));
    EXPECT_FALSE(key.verifies("message", ""));
    signature[20] = static_cast<char>(signature[20] ^ 1);
    EXPECT_FALSE(key.verifies("message", signature));
    const auto other = Ed25519Key::from_seed(std::string(32, 'x'));
    EXPECT_FALSE(key.verifies("message", other->sign("message")));
}

TEST(Ed25519, WritesAKeyThatItReadsAgain) {
    const auto key = Ed25519Key::from_seed(std::string(32, 's'));
    ASSERT_TRUE(key);
    EXPECT_EQ(Ed25519Key::parse(key->pem())->public_key().id(), key->public_key().id());
    EXPECT_FALSE(Ed25519Key::from_seed("short"));
}

TEST(Ed25519, ReadsSeveralPublicKeysOfOneFile) {
    const auto other = Ed25519Key::from_seed(std::string(32, 'x'));
    const auto keys =
        read_public_keys(std::string{public_pem} + "\nthe one before:\n" + other->public_key().pem());
    ASSERT_TRUE(keys) << keys.error().text();
    ASSERT_EQ(keys->size(), 2U);
    EXPECT_EQ(keys->at(1).id(), other->public_key().id());
}

TEST(Ed25519, SaysWhatAFileShouldHold) {
    for (const std::string_view text : {std::string_view{}, std::string_view{"x"}, private_pem}) {
        const auto keys = read_public_keys(text);
        ASSERT_FALSE(keys);
        EXPECT_THAT(keys.error().what, HasSubstr("no Ed25519 public key"));
    }
    EXPECT_FALSE(read_public_keys(std::string{public_pem} + "-----BEGIN PUBLIC KEY-----\nMCow\n"));
    // An RSA key of 512 bits.
    EXPECT_FALSE(
        read_public_keys("-----BEGIN PUBLIC KEY-----\n"
                         "MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKNvkB2+jDAL1oLQsxQdbKkQJ8WwF1g5\n"
                         "3J0g2bSjqUZ8y0m5xq6Xj7w1y9B2mJb6nqJ6u2o9d1Xy3yQ7k0q4cEsCAwEAAQ==\n"
                         "-----END PUBLIC KEY-----\n"));
    for (const std::string_view text : {std::string_view{}, std::string_view{"secret"}, public_pem}) {
        const auto key = Ed25519Key::parse(text);
        ASSERT_FALSE(key);
        EXPECT_THAT(key.error().what, HasSubstr("openssl genpkey"));
        EXPECT_THAT(key.error().what, Not(HasSubstr("secret")));
    }
}

}  // namespace
}  // namespace entrawatch
