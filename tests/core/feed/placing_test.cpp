#include "core/feed/placing.hpp"

#include <gmock/gmock.h>

#include "core/feed/page.hpp"

namespace entrawatch {
namespace {

using ::testing::HasSubstr;

std::string refused(std::string text) {
    const auto page = split_one_record(std::move(text));
    EXPECT_FALSE(page.has_value());
    return page ? "" : page.error().text();
}

std::string placed(std::string_view text, const Feed* feed = nullptr) {
    RecordPlacer placer;
    const std::string whole{text};
    const auto record = placer.place(whole, whole, feed, true);
    return record ? std::string{record->feed->name} : record.error().text();
}

TEST(OneRecord, IsTakenBareInAListOrAsAPage) {
    for (const char* text : {R"({"id":"a"})", "{\n \"id\": \"a\"\n}\n", R"([{"id":"a"}])",
                             R"({"value":[{"id":"a"}]})", R"({"records":[{"id":"a"}]})"}) {
        const auto page = split_one_record(text);
        ASSERT_TRUE(page) << text;
        EXPECT_EQ(page->records.size(), 1U) << text;
    }
}

TEST(OneRecord, IsRefusedWhenThereAreSeveralOrNone) {
    EXPECT_THAT(refused(R"([{"id":"a"},{"id":"b"}])"), HasSubstr("it holds 2 records; give one"));
    EXPECT_THAT(refused("{\"id\":\"a\"}\n{\"id\":\"b\"}\n"), HasSubstr("it holds 2 records"));
    EXPECT_THAT(refused(R"({"value":[]})"), HasSubstr("there is no record in it"));
    EXPECT_THAT(refused(" \n"), HasSubstr("there is no record in it"));
}

TEST(OneRecord, IsRefusedWhenItIsCutOrNoJson) {
    EXPECT_THAT(refused("{\n \"id\": \"a\",\n \"x\": [1,\n"), HasSubstr("no readable JSON"));
    EXPECT_THAT(refused("<html>\n<body>\n"), HasSubstr("no readable JSON"));
}

TEST(OneRecord, IsRefusedWhenItIsTooLong) {
    EXPECT_THAT(refused(std::string(max_record_bytes + 1, ' ')), HasSubstr("longer than a record may be"));
}

TEST(RecordPlacer, TakesTheFeedFromTheRecordInEitherShape) {
    EXPECT_EQ(placed(R"({"id":"a","activityDateTime":"2026-01-01T00:00:00Z","activityDisplayName":"x"})"),
              "directory_audits");
    EXPECT_EQ(placed(R"({"time":"2026-01-01T00:00:00Z","category":"AuditLogs","operationName":"x",
                         "properties":{"id":"a","activityDisplayName":"x"}})"),
              "directory_audits");
}

TEST(RecordPlacer, AsksForTheFeedOfARecordThatDoesNotSayIt) {
    EXPECT_THAT(placed(R"({"id":"a"})"), HasSubstr("does not say which feed it is of"));
    EXPECT_EQ(placed(R"({"id":"a"})", &feed_of(FeedId::risky_users)), "risky_users");
}

TEST(RecordPlacer, RefusesWhatIsNoJsonOrTooDeep) {
    EXPECT_THAT(placed("no JSON at all"), testing::Not(HasSubstr("directory")));
    EXPECT_THAT(placed(std::string(100'000, '[')), testing::Not(HasSubstr("directory")));
}

}  // namespace
}  // namespace entrawatch
