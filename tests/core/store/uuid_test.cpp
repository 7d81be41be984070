#include "core/store/uuid.hpp"

#include <gtest/gtest.h>

#include "core/store/event_key.hpp"

namespace entrawatch::test {
namespace {

const std::string text = "00112233-4455-6677-8899-aabbccddeeff";

TEST(Uuid, GoesToSixteenBytesAndBack) {
    const auto bytes = uuid_bytes(text, UuidCase::lower_only);
    ASSERT_TRUE(bytes);
    EXPECT_EQ(bytes->size(), 16U);
    EXPECT_EQ(static_cast<unsigned char>((*bytes)[15]), 0xff);
    EXPECT_EQ(uuid_text(as_bytes(*bytes)), text);
}

TEST(Uuid, IsTakenInCapitalsOnlyWhereTheCaseIsNoMatter) {
    const std::string capitals = "00112233-4455-6677-8899-AABBCCDDEEFF";
    EXPECT_FALSE(uuid_bytes(capitals, UuidCase::lower_only));
    EXPECT_EQ(uuid_bytes(capitals, UuidCase::any), uuid_bytes(text, UuidCase::any));
}

TEST(Uuid, IsNothingElse) {
    for (const std::string& other :
         {std::string{}, text.substr(1), text + "0", "0" + text, std::string(36, '-'), std::string(36, 'a'),
          std::string{"00112233-4455-6677-8899-aabbccddeefg"},
          std::string{"001122334-455-6677-8899-aabbccddeeff"},
          std::string{"00112233-4455-6677-8899-aabbccddee-f"}}) {
        EXPECT_FALSE(uuid_bytes(other, UuidCase::any)) << other;
    }
}

TEST(EventKey, IsTheUuidItselfOrHalfADigest) {
    EXPECT_TRUE(event_key(text).is_uuid);
    EXPECT_EQ(event_key("Directory_1").octets.size(), 16U);
    EXPECT_FALSE(event_key("Directory_1").is_uuid);
    EXPECT_NE(event_key("Directory_1").octets, event_key("directory_1").octets);
    EXPECT_EQ(event_key("").octets.size(), 16U);
}

TEST(EventKey, LeavesOutTheDayOnlyWhereTheEventsTimeMayMove) {
    EXPECT_FALSE(event_time_may_move(feed_of(FeedId::directory_audits)));
    EXPECT_FALSE(event_time_may_move(feed_of(FeedId::sign_ins_interactive)));
    EXPECT_TRUE(event_time_may_move(feed_of(FeedId::risk_detections)));
    EXPECT_TRUE(event_time_may_move(feed_of(FeedId::service_principal_risk_detections)));
}

}  // namespace
}  // namespace entrawatch::test
