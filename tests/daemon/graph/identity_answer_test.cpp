#include "daemon/graph/identity_answer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entrawatch::graph {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

const Instant noon = *parse_iso("2026-03-01T12:00:00Z");

Ticks life_in(const std::string& members) {
    const auto answer = parse_identity_answer(200, R"({"access_token":"t",)" + members + "}", noon);
    return answer ? answer->life : Ticks{-1};
}

std::string words(int status, const std::string& body) {
    const auto answer = parse_identity_answer(status, body, noon);
    return answer ? "a token" : answer.error().what;
}

TEST(IdentityAnswer, TakesTheLifeInEveryFormThatHostsWrite) {
    EXPECT_EQ(life_in(R"("expires_in":"3599","expires_on":"1506484173","not_before":"1506480273")"),
              Ticks{3599s});
    EXPECT_EQ(life_in(R"("expires_in":3599)"), Ticks{3599s});
    EXPECT_EQ(life_in(R"("expires_on":"1772370000")"), Ticks{1h});
    EXPECT_EQ(life_in(R"("expires_on":1772370000)"), Ticks{1h});
    EXPECT_EQ(life_in(R"("expires_on":"3/1/2026 1:00:00 PM +00:00")"), Ticks{1h});
    EXPECT_EQ(life_in(R"("expires_on":"03/01/2026 13:00:00 +00:00")"), Ticks{1h});
    EXPECT_EQ(life_in(R"("expires_on":"2026-03-01T13:00:00+00:00")"), Ticks{1h});
}

TEST(IdentityAnswer, RefusesATokenThatDoesNotLive) {
    for (const char* members :
         {R"("expires_on":"1506484173")", R"("expires_on":"99999999999999999")", R"("expires_on":"soon")",
          R"("expires_on":-5)", R"("expires_on":{})", R"("token_type":"Bearer")"}) {
        EXPECT_EQ(life_in(members), Ticks{-1}) << members;
    }
}

TEST(IdentityAnswer, WaitsForAServiceThatIsBusyOrBeingUpdated) {
    for (const int status : {404, 410, 429, 500, 503}) {
        const auto answer = parse_identity_answer(status, "", noon);
        ASSERT_FALSE(answer);
        EXPECT_EQ(answer.error().code, ErrorCode::unavailable) << status;
    }
}

TEST(IdentityAnswer, PutsAMistakeIntoWords) {
    EXPECT_THAT(words(400, R"({"error":"invalid_request","error_description":"Identity not found"})"),
                HasSubstr("assign it in the Azure portal"));
    EXPECT_THAT(
        words(
            400,
            R"({"statusCode":400,"message":"No User Assigned or Delegated Managed Identity found for specified ClientId"})"),
        HasSubstr("assign it in the Azure portal"));
    EXPECT_THAT(
        words(400, R"({"error":"invalid_resource","error_description":"AADSTS50001: gone\r\nTrace: 1"})"),
        testing::AllOf(HasSubstr("check cloud"), HasSubstr("AADSTS50001"), testing::Not(HasSubstr("Trace"))));
    EXPECT_THAT(words(403, R"({"error":"forbidden"})"), HasSubstr("refuses (403, forbidden)"));
    EXPECT_THAT(words(200, "<html>"), HasSubstr("IDENTITY_ENDPOINT"));
    EXPECT_THAT(words(401, "<html>"), HasSubstr("IDENTITY_ENDPOINT"));
}

TEST(IdentityBackoff, IsMicrosofts) {
    const std::vector<Ticks> waits{2s, 6s, 14s, 30s, 60s, 60s};
    for (int failures = 1; failures <= 6; ++failures)
        EXPECT_EQ(identity_backoff(failures), waits[static_cast<std::size_t>(failures) - 1]);
}

}  // namespace
}  // namespace entrawatch::graph
