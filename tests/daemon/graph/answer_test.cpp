#include "daemon/graph/answer.hpp"

#include <gtest/gtest.h>

#include "tests/daemon/graph/feed_fixture.hpp"

namespace entrawatch::graph {
namespace {

using namespace std::chrono_literals;

const Instant answered_at = *parse_iso("2026-03-01T12:00:00Z");

std::string error_body(const std::string& code, const std::string& message) {
    return R"({"error":{"code":")" + code + R"(","message":")" + message +
           R"(","innerError":{"date":"2026-03-01T12:00:00","request-id":"r-1","client-request-id":"c-1"}}})";
}

Judgement judged(int status, const std::string& body, const http::Headers& headers = {}) {
    return judge({status, headers, body, {}}, a_feed(), answered_at);
}

struct Row {
    const char* name;
    int status;
    std::string body;
    http::Headers headers;
    Outcome outcome;
    std::string reason = {};
};

class AnswerTable : public ::testing::TestWithParam<Row> {};

TEST_P(AnswerTable, HasOneOutcome) {
    const Row& row = GetParam();
    const Judgement judgement = judged(row.status, row.body, row.headers);
    EXPECT_EQ(name_of(judgement.outcome), name_of(row.outcome)) << judgement.message;
    EXPECT_EQ(judgement.reason, row.reason);
    EXPECT_EQ(judgement.message.empty(), row.outcome == Outcome::page);
}

const std::string nothing;
const std::string throttled_body = error_body("UnknownError", "Too Many Requests");

INSTANTIATE_TEST_SUITE_P(
    Pages, AnswerTable,
    ::testing::Values(Row{"Page", 200, R"({"@odata.context":"x","value":[]})", {}, Outcome::page},
                      Row{"PageWithBlanks", 200, "\r\n {\"value\":[]}\n", {}, Outcome::page},
                      Row{"ErrorInside200", 200, error_body("UnknownError", "x"), {}, Outcome::transient},
                      Row{"Html", 200, "<html>Sign in to the proxy</html>", {}, Outcome::transient},
                      Row{"EmptyBody", 200, "", {}, Outcome::transient},
                      Row{"CutBody", 200, R"({"value":[{"id":"a)", {}, Outcome::transient},
                      Row{"Partial",
                          206,
                          R"({"value":[]})",
                          {{"Warning", "199 - \"Vendor/Provider/504/10000\""}},
                          Outcome::transient},
                      Row{"NoContent", 204, "", {}, Outcome::transient},
                      Row{"Redirect", 302, "", {{"Location", "https://login.example/"}}, Outcome::transient}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    BadRequests, AnswerTable,
    ::testing::Values(
        Row{"Filter",
            400,
            error_body("BadRequest", "Invalid filter clause: Could not find a property named 'x'"),
            {},
            Outcome::bad_request},
        Row{"PageSize",
            400,
            error_body("BadRequest", "Invalid page size specified: '1000'."),
            {},
            Outcome::bad_request},
        Row{"MissingProvider",
            400,
            R"({"errorCode":"MissingProvider","message":"The provider is missing."})",
            {},
            Outcome::bad_request},
        Row{"SkipTokenNull", 400, error_body("", "Skip token is null"), {}, Outcome::restart_window},
        Row{"SkipTokenInvalid",
            400,
            error_body("", "Invalid Skip Token, skip token is null"),
            {},
            Outcome::restart_window},
        Row{"SkipTokenOneWord",
            400,
            error_body("BadRequest", "The SkipToken has expired"),
            {},
            Outcome::restart_window},
        Row{"TokenNotFound",
            400,
            error_body("", "Token not found: token is either invalid or expired"),
            {},
            Outcome::restart_window},
        Row{"DirectoryToken", 400, error_body("Directory_ExpiredPageToken", ""), {}, Outcome::restart_window},
        Row{"DirectoryTokenGone",
            400,
            error_body("DirectoryPageTokenNotFoundException", ""),
            {},
            Outcome::restart_window},
        Row{"PimLicence",
            400,
            error_body("AadPremiumLicenseRequired", "The tenant needs Entra ID P2"),
            {},
            Outcome::parked,
            "licence"},
        Row{"NotJson", 400, "Bad Request", {}, Outcome::bad_request},
        Row{"NotFound", 404, error_body("ResourceNotFound", ""), {}, Outcome::bad_request},
        Row{"Unsupported", 415, nothing, {}, Outcome::bad_request},
        Row{"Gone", 410, nothing, {}, Outcome::restart_window}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Refusals, AnswerTable,
    ::testing::Values(
        Row{"Expired",
            401,
            error_body("InvalidAuthenticationToken", "Lifetime validation failed"),
            {},
            Outcome::new_token},
        Row{"BareUnauthorized", 401, nothing, {}, Outcome::new_token},
        Row{"Claims",
            403,
            error_body("x", ""),
            {{"WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"e30=\""}},
            Outcome::new_token},
        Row{"NoPremium",
            403,
            error_body("Authentication_RequestFromNonPremiumTenantOrB2CTenant", "Neither tenant is B2C"),
            {},
            Outcome::parked,
            "licence"},
        Row{"NotLicensed",
            403,
            error_body("Forbidden", "Your tenant is not licensed for this feature."),
            {},
            Outcome::parked,
            "licence"},
        Row{"AuditConsent",
            403,
            error_body("Authentication_MSGraphPermissionMissing", "missing"),
            {},
            Outcome::parked,
            "permission"},
        Row{"DirectoryConsent",
            403,
            error_body("Authorization_RequestDenied", "Insufficient privileges"),
            {},
            Outcome::parked,
            "permission"},
        Row{"OtherForbidden", 403, error_body("AccessDenied", "no"), {}, Outcome::parked, "refused"},
        Row{"NulBytes", 403, std::string(64, '\0'), {}, Outcome::parked, "refused"}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Troubles, AnswerTable,
    ::testing::Values(Row{"TooMany", 429, throttled_body, {{"Retry-After", "10"}}, Outcome::throttled},
                      Row{"TooManyWithoutWait", 429, nothing, {}, Outcome::throttled},
                      Row{"Internal", 500, error_body("InternalServerError", ""), {}, Outcome::transient},
                      Row{"BadGateway", 502, "<html>", {}, Outcome::transient},
                      Row{"Unavailable", 503, nothing, {}, Outcome::transient},
                      Row{"UnavailableFor", 503, nothing, {{"Retry-After", "5"}}, Outcome::throttled},
                      Row{"GatewayTimeOut", 504, error_body("UnknownError", ""), {}, Outcome::too_slow},
                      Row{"Bandwidth", 509, nothing, {}, Outcome::transient},
                      Row{"RequestTimeOut", 408, nothing, {}, Outcome::transient}),
    [](const auto& row) { return row.param.name; });

TEST(Answer, IsNotTakenWhenTheClocksAreTooFarApart) {
    const auto dated = [](const char* date) { return judged(200, R"({"value":[]})", {{"Date", date}}); };
    for (const char* near : {"Sun, 01 Mar 2026 12:10:00 GMT", "Sun, 01 Mar 2026 11:50:00 GMT", "yesterday"})
        EXPECT_EQ(dated(near).outcome, Outcome::page) << near;
    const Judgement ahead = dated("Sat, 28 Feb 2026 12:00:00 GMT");
    EXPECT_EQ(ahead.outcome, Outcome::transient);
    EXPECT_EQ(ahead.code, "WrongClock");
    EXPECT_NE(ahead.message.find("1 d ahead of Graph's"), std::string::npos) << ahead.message;
    const Judgement behind = dated("Sun, 01 Mar 2026 12:10:01 GMT");
    EXPECT_NE(behind.message.find("10 min"), std::string::npos) << behind.message;
    EXPECT_NE(behind.message.find("behind Graph's"), std::string::npos) << behind.message;
    // A refusal says something else already.
    EXPECT_EQ(judged(401, "", {{"Date", "Sat, 28 Feb 2026 12:00:00 GMT"}}).outcome, Outcome::new_token);
}

TEST(Answer, EveryStatusHasAnOutcomeAndWords) {
    for (int status = 100; status < 600; ++status) {
        const Judgement judgement = judged(status, "");
        EXPECT_NE(judgement.outcome, Outcome::page) << status;
        EXPECT_FALSE(judgement.message.empty()) << status;
    }
}

TEST(Answer, CarriesRetryAfterCodeAndIds) {
    const Judgement judgement = judged(
        429, throttled_body, {{"Retry-After", "30"}, {"request-id", "r-2"}, {"client-request-id", "c-2"}});
    EXPECT_EQ(judgement.retry_after, Ticks{30s});
    EXPECT_EQ(judgement.code, "UnknownError");
    EXPECT_EQ(judgement.request_id, "r-2 client-request-id c-2");
}

TEST(Answer, FindsTheRequestIdInTheBodyInEitherSpelling) {
    EXPECT_EQ(judged(500, error_body("x", "y")).request_id, "r-1");
    EXPECT_EQ(judged(500, R"({"error":{"code":"x","innererror":{"request-id":"r-3"}}})").request_id, "r-3");
}

TEST(Answer, AParkedFeedSaysWhatItNeeds) {
    EXPECT_NE(
        judged(403, error_body("Authorization_RequestDenied", "")).message.find("Audit.Read Directory.Read"),
        std::string::npos);
    EXPECT_NE(judged(403, error_body("Authentication_RequestFromNonPremiumTenantOrB2CTenant", ""))
                  .message.find("a good licence"),
              std::string::npos);
}

TEST(Answer, QuotesGraphSafelyAndBriefly) {
    const Judgement judgement =
        judged(400, error_body("BadRequest", "line\\u001b[31m\\nnext" + std::string(5000, 'x')));
    EXPECT_EQ(judgement.message.find('\x1b'), std::string::npos);
    EXPECT_EQ(judgement.message.find('\n'), std::string::npos);
    EXPECT_LT(judgement.message.size(), 600U);
}

TEST(Answer, HostileBodiesAreJustNotUnderstood) {
    for (const std::string& body :
         {std::string(100'000, '['), std::string{R"({"error":[]})"}, std::string{R"({"error":null})"},
          std::string{R"({"error":{"code":7,"message":{}}})"}, std::string{R"([1,2])"},
          std::string{"\xFF\xFE"}}) {
        EXPECT_EQ(judged(400, body).outcome, Outcome::bad_request);
        EXPECT_EQ(judged(429, body).outcome, Outcome::throttled);
    }
}

}  // namespace
}  // namespace entrawatch::graph
