#include "alerts/signature.hpp"

#include <gtest/gtest.h>

#include "core/base/digest.hpp"

namespace entrawatch {
namespace {

// The vectors that the reference libraries of Standard Webhooks share (A), and the one of its Rust library
// (B).
struct Vector {
    std::string key, id;
    std::int64_t timestamp;
    std::string body, signature;
};
const Vector a{"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
               R"({"test": 2432232314})", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="};
const Vector b{"whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD", "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", 1649367553,
               R"({"email":"test@example.com","username":"test_user"})",
               "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="};

std::vector<SigningKey> keys_of(const std::string& text) {
    auto keys = parse_signing_keys(text);
    EXPECT_TRUE(keys) << (keys ? "" : keys.error().text());
    return keys ? *keys : std::vector<SigningKey>{};
}

bool verifies(const Vector& v, const std::string& signature, const std::string& timestamp, std::int64_t now) {
    return verify_signature(keys_of(v.key), v.id, timestamp, signature, v.body, now).has_value();
}

bool verifies(const Vector& v, const std::string& signature) {
    return verifies(v, signature, std::to_string(v.timestamp), v.timestamp);
}

TEST(Signature, ReproducesThePublishedVectors) {
    for (const Vector& v : {a, b}) {
        EXPECT_EQ(sign(keys_of(v.key), v.id, v.timestamp, v.body), v.signature);
        EXPECT_TRUE(verifies(v, v.signature));
    }
}

TEST(Signature, FindsTheGoodTokenAmongWrongOnesAndUnknownVersions) {
    const std::string wrong = "Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
    EXPECT_TRUE(verifies(a, "v1," + wrong + " v2," + wrong + " " + a.signature + " v1," + wrong));
    EXPECT_TRUE(
        verifies(a, "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7Ad " + a.signature));
    EXPECT_FALSE(verifies(a, "v1," + wrong + " v2," + wrong));
}

TEST(Signature, RefusesWhatIsNotTheSignature) {
    std::string changed = a.signature;
    changed[changed.size() - 2] = 'A';
    for (const std::string& signature :
         {changed, std::string{"v1,"}, a.signature.substr(0, 8), std::string{}, a.signature + "x",
          a.signature.substr(3), "v2," + a.signature.substr(3), "V1" + a.signature.substr(2)}) {
        EXPECT_FALSE(verifies(a, signature)) << signature;
    }
}

TEST(Signature, RefusesAChangedBodyOrId) {
    const auto keys = keys_of(a.key);
    EXPECT_FALSE(verify_signature(keys, a.id, "1614265330", a.signature, a.body + "\n", a.timestamp));
    EXPECT_FALSE(verify_signature(keys, "msg_other", "1614265330", a.signature, a.body, a.timestamp));
    EXPECT_FALSE(verify_signature(keys, "", "1614265330", a.signature, a.body, a.timestamp));
    EXPECT_FALSE(verify_signature({}, a.id, "1614265330", a.signature, a.body, a.timestamp));
}

TEST(Signature, RefusesAnIdThatCouldMoveTheBoundaryBetweenTheSignedParts) {
    const auto keys = keys_of(a.key);
    const std::string signature = sign(keys, "msg_x", 1614265330, "1.body");
    EXPECT_TRUE(verify_signature(keys, "msg_x", "1614265330", signature, "1.body", 1614265330));
    EXPECT_FALSE(verify_signature(keys, "msg_x.1614265330", "1", signature, "body", 1));
}

TEST(Signature, HoldsFiveMinutesEitherWay) {
    const std::string timestamp = std::to_string(a.timestamp);
    EXPECT_TRUE(verifies(a, a.signature, timestamp, a.timestamp + 300));
    EXPECT_TRUE(verifies(a, a.signature, timestamp, a.timestamp - 300));
    EXPECT_FALSE(verifies(a, a.signature, timestamp, a.timestamp + 301));
    EXPECT_FALSE(verifies(a, a.signature, timestamp, a.timestamp - 301));
}

TEST(Signature, RefusesTimestampsThatAreNoSeconds) {
    for (const char* timestamp : {"hello", "", "-1614265330", "1614265330.0", "+1614265330", " 1614265330",
                                  "99999999999999999999999"}) {
        EXPECT_FALSE(verifies(a, a.signature, timestamp, a.timestamp)) << timestamp;
    }
}

TEST(Signature, SignsWithEveryKeySoThatReceiversOfTheOldAndTheNewOneVerify) {
    const auto both = keys_of(b.key + "\n" + a.key + "\n");
    const std::string header = sign(both, a.id, a.timestamp, a.body);
    EXPECT_EQ(header.substr(header.find(' ') + 1), a.signature) << "the newest key signs first";
    for (const std::string& one : {a.key, b.key}) {
        EXPECT_TRUE(
            verify_signature(keys_of(one), a.id, std::to_string(a.timestamp), header, a.body, a.timestamp));
    }
}

std::string key_of_size(std::size_t size) {
    return "whsec_" + to_base64(std::string(size, 'k'));
}

TEST(SigningKey, HoldsTwentyFourToSeventyFiveBytes) {
    EXPECT_FALSE(SigningKey::parse(key_of_size(23)));
    EXPECT_TRUE(SigningKey::parse(key_of_size(24)));
    EXPECT_TRUE(SigningKey::parse(key_of_size(75)));
    EXPECT_FALSE(SigningKey::parse(key_of_size(76)));
}

TEST(SigningKey, TakesSecretsWithoutPaddingAndWithBlanksAround) {
    const std::string padded = key_of_size(25);
    const auto plain = SigningKey::parse(padded);
    const auto bare = SigningKey::parse(" " + padded.substr(0, padded.find('=')) + "\r");
    ASSERT_TRUE(plain);
    ASSERT_TRUE(bare);
    EXPECT_EQ(plain->bytes(), bare->bytes());
}

TEST(SigningKey, NeverQuotesWhatItRefuses) {
    for (const char* text : {"", "whsec_", "CANARYCANARYCANARYCANARYCANARYCANARY", "whsec_CANARY!CANARY",
                             "whsk_CANARYCANARYCANARYCANARYCANARY"}) {
        const auto key = SigningKey::parse(text);
        ASSERT_FALSE(key) << text;
        EXPECT_EQ(key.error().text().find("CANARY"), std::string::npos);
    }
}

TEST(SigningKey, IsNamedByItsFingerprint) {
    const auto key = SigningKey::parse(a.key);
    ASSERT_TRUE(key);
    EXPECT_EQ(key->id(), to_hex(as_bytes(sha256(key->bytes()))).substr(0, 8));
    SigningKey other = *SigningKey::parse(b.key);
    EXPECT_NE(other.id(), key->id());
    other = *key;
    EXPECT_EQ(other.id(), key->id());
}

TEST(SigningKeys, AreOneALineWithCommentsNewestFirst) {
    const auto keys = parse_signing_keys("# rotated in November\r\n" + b.key + "\r\n\n  " + a.key);
    ASSERT_TRUE(keys);
    ASSERT_EQ(keys->size(), 2U);
    EXPECT_EQ(keys->front().bytes(), SigningKey::parse(b.key)->bytes());
}

TEST(SigningKeys, TellTheLineOfABadOne) {
    const auto keys = parse_signing_keys("# comment\n" + a.key + "\nwhsec_short\n");
    ASSERT_FALSE(keys);
    EXPECT_EQ(keys.error().where, "line 3");
}

TEST(SigningKeys, AreAtLeastOneAndAtMostThree) {
    EXPECT_FALSE(parse_signing_keys(""));
    EXPECT_FALSE(parse_signing_keys("\n# only a comment\n"));
    const std::string line = a.key + "\n";
    EXPECT_TRUE(parse_signing_keys(line + line + line));
    EXPECT_FALSE(parse_signing_keys(line + line + line + line));
}

}  // namespace
}  // namespace entrawatch
