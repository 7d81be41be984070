#include "daemon/api/question.hpp"

#include <gmock/gmock.h>

namespace entrawatch::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

http::Request asking(const std::string& target, const std::string& method = "GET") {
    http::Request request;
    request.method = method;
    request.url.target = target;
    return request;
}

http::Request posting(const std::string& target, const std::string& body,
                      const std::string& type = "application/json; charset=utf-8") {
    http::Request request = asking(target, "POST");
    request.headers.set("Content-Type", type);
    request.body = body;
    return request;
}

template <class Options>
Options options_of(const http::Request& request) {
    const auto question = question_of(request);
    EXPECT_TRUE(question) << question.error().text();
    return std::get<Options>(question.value());
}

ErrorCode failure_of(const http::Request& request) {
    const auto question = question_of(request);
    EXPECT_FALSE(question) << request.url.target;
    return question ? ErrorCode::corrupt : question.error().code;
}

TEST(ApiQuestion, IsWhatStandsBelowItsPath) {
    EXPECT_TRUE(is_question(asking("/api/v1/alerts?limit=1")));
    EXPECT_FALSE(is_question(asking("/metrics?x=/api/v1/")));
}

TEST(ApiQuestion, HasTheOptionsOfTheCommandAsParameters) {
    const auto options = options_of<QueryOptions>(
        asking("/api/v1/events?actor=Eve%20Adams&feed=directory_audits&feed=risk_detections"
               "&from=-2h&raw&outcome=failure"));
    EXPECT_EQ(options.filter.actor, "Eve Adams");
    EXPECT_THAT(options.filter.feeds, ElementsAre(FeedId::directory_audits, FeedId::risk_detections));
    EXPECT_EQ(options.from, "-2h");
    EXPECT_TRUE(options.filter.with_raw);
    EXPECT_EQ(options.filter.outcome, "failure");
    EXPECT_EQ(options.format, Format::json);
}

TEST(ApiQuestion, AsksForAHundredRowsUnlessToldOtherwise) {
    EXPECT_EQ(options_of<QueryOptions>(asking("/api/v1/events")).filter.limit, usual_limit);
    EXPECT_EQ(options_of<AlertsListOptions>(asking("/api/v1/alerts")).limit, usual_limit);
    EXPECT_EQ(options_of<QueryOptions>(asking("/api/v1/events?limit=7")).filter.limit, 7);
}

TEST(ApiQuestion, KnowsAPlusForABlankAsFormsWriteIt) {
    EXPECT_EQ(options_of<QueryOptions>(asking("/api/v1/events?activity=Add+member+to+role")).filter.activity,
              "Add member to role");
}

TEST(ApiQuestion, KeepsAValueThatLooksLikeAnOptionAValue) {
    EXPECT_EQ(options_of<QueryOptions>(asking("/api/v1/events?actor=--config=/etc/passwd")).filter.actor,
              "--config=/etc/passwd");
}

TEST(ApiQuestion, DoesNotLetARequestChooseSettingsOrFormat) {
    for (const char* parameter :
         {"config=/etc/shadow", "format=csv", "help", "--actor=x", "Actor=x", "a.b=1"})
        EXPECT_EQ(failure_of(asking(std::string{"/api/v1/events?"} + parameter)), ErrorCode::invalid)
            << parameter;
}

TEST(ApiQuestion, NamesWhatItDoesNotUnderstand) {
    const auto question = question_of(asking("/api/v1/events?actr=eve"));
    ASSERT_FALSE(question);
    EXPECT_THAT(question.error().text(), HasSubstr("actr"));
    EXPECT_EQ(failure_of(asking("/api/v1/events?actor=%4")), ErrorCode::invalid);
    EXPECT_EQ(failure_of(asking("/api/v1/events?actor=a%00b")), ErrorCode::invalid);
    EXPECT_EQ(failure_of(asking("/api/v1/events?limit=many")), ErrorCode::invalid);
    std::string flood = "/api/v1/events?";
    for (int i = 0; i < 65; ++i)
        flood += "feed=directory_audits&";
    EXPECT_EQ(failure_of(asking(flood)), ErrorCode::invalid);
}

TEST(ApiQuestion, IsNotFoundElsewhere) {
    for (const char* target : {"/api/v1/", "/api/v1/rules", "/api/v1/alerts/", "/api/v1/alerts/x",
                               "/api/v1/events/x/ack", "/api/v1/alerts//ack", "/api/v1/alerts/a/b/ack"})
        EXPECT_EQ(failure_of(asking(target)), ErrorCode::not_found) << target;
}

TEST(ApiQuestion, HandlesAnAlertWithAReason) {
    const auto options = options_of<AlertsAckOptions>(
        posting("/api/v1/alerts/alrt_123/ack", R"({"reason": "looking at it"})"));
    EXPECT_THAT(options.ids, ElementsAre("alrt_123"));
    EXPECT_EQ(options.reason, "looking at it");
    EXPECT_THAT(
        options_of<AlertsResolveOptions>(posting("/api/v1/alerts/alrt_1/resolve", R"({"reason": "over"})"))
            .ids,
        ElementsAre("alrt_1"));
}

TEST(ApiQuestion, NeverHandlesAnAlertByGet) {
    EXPECT_EQ(failure_of(asking("/api/v1/alerts/alrt_123/ack")), ErrorCode::refused);
    EXPECT_EQ(failure_of(asking("/api/v1/alerts", "POST")), ErrorCode::refused);
}

TEST(ApiQuestion, TakesNoReasonThatAFormCouldHaveSent) {
    const std::string target = "/api/v1/alerts/alrt_123/ack";
    EXPECT_EQ(failure_of(posting(target, R"({"reason": "x"})", "text/plain")), ErrorCode::invalid);
    for (const char* body :
         {"", "reason=x", "[]", R"({"reason": 1})", R"({"reason": "x", "by": "root"})", R"({"reason": "x")"})
        EXPECT_EQ(failure_of(posting(target, body)), ErrorCode::invalid) << body;
}

}  // namespace
}  // namespace entrawatch::api
