#include "core/event/normalize.hpp"

#include <gtest/gtest.h>

#include "tests/support/records.hpp"

namespace entrawatch {
namespace {

Result<Event> normalized(FeedId feed, const std::string& record) {
    JsonReader reader;
    const Result<Json> json = reader.parse(record);
    EXPECT_TRUE(json) << record;
    return normalize(feed_of(feed), *json);
}

TEST(Normalize, RejectsWhatCannotBePlacedAndSaysWhy) {
    struct Case {
        const char* record;
        const char* reason;
    };
    for (const Feed& feed : all_feeds()) {
        for (
            const Case& c :
            {Case{"[]", "no JSON object"}, Case{"null", "no JSON object"}, Case{"\"x\"", "no JSON object"},
             Case{"{}", "`id`"}, Case{R"({"id":""})", "`id`"}, Case{R"({"id":null})", "`id`"},
             Case{R"({"id":["x"]})", "`id`"}, Case{R"({"id":"1"})", "no readable time"},
             Case{R"({"id":"1","activityDateTime":7,"createdDateTime":{}})", "no readable time"},
             Case{R"({"id":"1","activityDateTime":"soon","createdDateTime":"2026-13-01T00:00:00Z"})",
                  "no readable time"},
             Case{
                 R"({"id":"1","activityDateTime":"0001-01-01T00:00:00Z","createdDateTime":"0001-01-01T08:00:00Z"})",
                 "no readable time"}}) {
            const Result<Event> event = normalized(feed.id, c.record);
            ASSERT_FALSE(event) << feed.name << c.record;
            EXPECT_NE(event.error().what.find(c.reason), std::string::npos) << event.error().text();
            EXPECT_EQ(event.error().where, "") << "the place is the caller's to say";
        }
    }
}

TEST(Normalize, HoldsTheLimitOnIds) {
    const auto record = [](std::size_t length) {
        return R"({"id":")" + std::string(length, 'x') + R"(","activityDateTime":"2026-11-20T00:00:00Z"})";
    };
    EXPECT_TRUE(normalized(FeedId::directory_audits, record(max_id_bytes)));
    const Result<Event> event = normalized(FeedId::directory_audits, record(max_id_bytes + 1));
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().code, ErrorCode::too_large);
}

TEST(Normalize, KeepsIdsAsTheyAre) {
    records::Audit audit;
    audit.id = "Invited Users_00000000-0000-4000-8000-00000000c0de_aBcDe_1";
    EXPECT_EQ(normalized(FeedId::directory_audits, audit.json())->id, audit.id);
    EXPECT_EQ(
        normalized(FeedId::directory_audits, R"({"id":17,"activityDateTime":"2026-11-20T00:00:00Z"})")->id,
        "17");
}

TEST(Normalize, ReadsTimesOfEveryPrecision) {
    for (const char* time : {"2026-11-20T10:11:12Z", "2026-11-20T10:11:12.0Z", "2026-11-20T10:11:12.0000000Z",
                             "2026-11-20T11:11:12+01:00"}) {
        records::Audit audit;
        audit.time = time;
        EXPECT_EQ(to_iso(normalized(FeedId::directory_audits, audit.json())->time), "2026-11-20T10:11:12Z")
            << time;
    }
}

// Every member of every record in turn becomes something that no schema allows.
TEST(Normalize, SurvivesWrongTypesEverywhere) {
    const std::vector<std::pair<FeedId, std::string>> whole{
        {FeedId::directory_audits, records::role_added().json()},
        {FeedId::directory_audits, records::pim_echo().json()},
        {FeedId::sign_ins_interactive, records::SignIn{}.json()},
        {FeedId::sign_ins_service_principal,
         records::SignIn{.kind = records::SignInKind::service_principal}.json()},
        {FeedId::risk_detections, records::Risk{}.json()},
        {FeedId::service_principal_risk_detections, records::Risk{.of_service_principal = true}.json()}};
    int tried = 0;
    for (const auto& [feed, record] : whole) {
        for (std::size_t at = record.find("\":"); at != std::string::npos; at = record.find("\":", at + 1)) {
            for (const char* wrong : {"null", "7", "-1.5e300", "true", "\"\"", "{}", "[]", "[null]", "[[[]]]",
                                      "{\"a\":{\"b\":[1]}}", "[{}]", "[7,\"x\",null]"}) {
                // The wrong value goes in front of the right one under the same name, and behind the object's
                // other members.
                const std::size_t name = record.rfind('"', at - 1);
                std::string changed = record;
                changed.insert(at + 2, std::string{wrong} + ",\"moved\":");
                EXPECT_NE(name, std::string::npos);
                JsonReader reader;
                const Result<Json> json = reader.parse(changed);
                if (!json) continue;
                const Result<Event> event = normalize(feed_of(feed), *json);
                EXPECT_TRUE(event || !event.error().what.empty());
                ++tried;
            }
        }
    }
    EXPECT_GT(tried, 1000);
}

TEST(Normalize, TakesTheLastOfTwoMembersOfOneName) {
    const Result<Event> event = normalized(
        FeedId::sign_ins_interactive,
        R"({"id":"1","createdDateTime":"2026-11-20T00:00:00Z","ipAddress":"192.0.2.1","ipAddress":"192.0.2.2"})");
    ASSERT_TRUE(event);
    EXPECT_EQ(event->actor.ip, "192.0.2.2");
}

}  // namespace
}  // namespace entrawatch
