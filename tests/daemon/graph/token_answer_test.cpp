#include "daemon/graph/token_answer.hpp"

#include <gtest/gtest.h>

#include "core/base/digest.hpp"

namespace entrawatch::graph {
namespace {

using namespace std::chrono_literals;

std::string refused(const std::string& code) {
    return R"({"error":"invalid_client","error_description":"AADSTS)" + code +
           R"(: words of Microsoft.\r\nTrace ID: t\r\nTimestamp: x","error_codes":[)" + code +
           R"(],"trace_id":"t"})";
}

TEST(TokenRequest, EncodesEveryCharacterThatMeansSomethingInAForm) {
    EXPECT_EQ(token_request_body("66666666-7777-8888-9999-000000000000", "https://graph.example",
                                 {false, Secret{"a~+&%=é b"}}),
              "grant_type=client_credentials&client_id=66666666-7777-8888-9999-000000000000"
              "&scope=https%3A%2F%2Fgraph.example%2F.default&client_secret=a%7E%2B%26%25%3D%C3%A9%20b");
}

TEST(TokenRequest, SaysOfAnAssertionThatItIsOne) {
    EXPECT_EQ(token_request_body("c", "https://graph.example", {true, Secret{"e30.e30.c2ln"}}),
              "grant_type=client_credentials&client_id=c&scope=https%3A%2F%2Fgraph.example%2F.default"
              "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
              "&client_assertion=e30.e30.c2ln");
}

TEST(TokenAnswer, IsReadWithUnknownKeysAround) {
    const auto answer = parse_token_answer(
        200,
        R"({"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"refresh_in":1800,"access_token":"a.b.c","new":{}})");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->token.reveal(), "a.b.c");
    EXPECT_EQ(answer->life, Ticks{3599s});
    EXPECT_EQ(answer->refresh_in, Ticks{1800s});
}

TEST(TokenAnswer, TakesTheLifeAsTextToo) {
    EXPECT_EQ(parse_token_answer(200, R"({"expires_in":"5","access_token":"t"})")->life, Ticks{5s});
}

TEST(TokenAnswer, BoundsTheLife) {
    EXPECT_EQ(parse_token_answer(200, R"({"expires_in":9000000000000000000,"access_token":"t"})")->life,
              Ticks{48h});
}

TEST(TokenAnswer, RefusesAnAcceptanceWithoutUse) {
    for (const char* body :
         {R"({"expires_in":3599})", R"({"expires_in":3599,"access_token":""})",
          R"({"expires_in":3599,"access_token":7})", R"({"expires_in":3599,"access_token":"a\r\nEvil: b"})",
          R"({"expires_in":0,"access_token":"t"})", R"({"expires_in":-5,"access_token":"t"})",
          R"({"expires_in":"soon","access_token":"t"})", R"({"access_token":"t"})",
          R"({"token_type":"pop","expires_in":3599,"access_token":"t"})"}) {
        const auto answer = parse_token_answer(200, body);
        ASSERT_FALSE(answer) << body;
        EXPECT_EQ(answer.error().code, ErrorCode::unavailable) << body;
    }
}

TEST(TokenAnswer, PutsTheOperatorsMistakesIntoWords) {
    for (const auto& [code, words] : std::vector<std::pair<std::string, std::string>>{
             {"7000215", "not its id"},    {"7000222", "expired"},          {"700016", "client_id"},
             {"7000112", "disabled"},      {"90002", "tenant_id"},          {"90038", "national cloud"},
             {"70011", "graph_url"},       {"53003", "Conditional Access"}, {"700027", "certificate_file"},
             {"700024", "clock"},          {"700021", "client_id"},         {"700023", "login_url"},
             {"50013", "signature"},       {"50027", "malformed"},          {"7000218", "report"},
             {"700022", "graph_url"},      {"1002012", "graph_url"},        {"530032", "security policy"},
             {"70021", "issuer, subject"}, {"700222", "Entra issued"},      {"700213", "federated"}}) {
        for (const int status : {400, 401}) {
            const auto answer = parse_token_answer(status, refused(code));
            ASSERT_FALSE(answer);
            EXPECT_EQ(answer.error().code, ErrorCode::refused) << code;
            EXPECT_NE(answer.error().what.find(words), std::string::npos) << answer.error().what;
            EXPECT_NE(answer.error().what.find("AADSTS" + code), std::string::npos) << answer.error().what;
        }
    }
}

TEST(TokenAnswer, PassingFaultsAreUnavailableWhateverTheStatus) {
    for (const char* code : {"90006", "90024", "90033", "90090", "90055"}) {
        EXPECT_EQ(parse_token_answer(400, refused(code)).error().code, ErrorCode::unavailable) << code;
    }
    for (const int status : {408, 429, 500, 503}) {
        EXPECT_EQ(parse_token_answer(status, R"({"error":"temporarily_unavailable"})").error().code,
                  ErrorCode::unavailable)
            << status;
    }
}

TEST(TokenAnswer, AnUnknownCodeIsQuotedToTheEndOfItsFirstLine) {
    const auto answer = parse_token_answer(400, refused("123456"));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, ErrorCode::refused);
    EXPECT_NE(answer.error().what.find("words of Microsoft."), std::string::npos);
    EXPECT_EQ(answer.error().what.find("Trace"), std::string::npos);
}

TEST(TokenAnswer, WhatIsNoJsonIsAProxyOrAWrongUrl) {
    for (const char* body : {"", "<html>", "[1]", "\"text\""}) {
        const auto answer = parse_token_answer(200, body);
        ASSERT_FALSE(answer) << body;
        EXPECT_NE(answer.error().what.find("login_url"), std::string::npos);
    }
}

TEST(RenewalAge, IsEightyPercentOrFiveMinutesBeforeTheEnd) {
    const auto age = [](Ticks life, std::optional<Ticks> refresh = std::nullopt) {
        return renewal_age({Secret{}, life, refresh});
    };
    EXPECT_EQ(age(3600s), Ticks{2880s});
    EXPECT_EQ(age(1000s), Ticks{700s});
    EXPECT_EQ(age(24h), Ticks{19h + 12min});
    EXPECT_EQ(age(5s), Ticks{2500ms});
    EXPECT_EQ(age(3600s, Ticks{2000s}), Ticks{2000s});
    EXPECT_EQ(age(3600s, Ticks{1s}), Ticks{1800s});
}

TEST(RolesIn, ReadsACopyOfTheToken) {
    std::string payload = to_base64(R"({"roles":["AuditLog.Read.All",7,"Directory.Read.All"]})");
    while (payload.ends_with('='))
        payload.pop_back();
    EXPECT_EQ(roles_in("head." + payload + ".signature"),
              (std::vector<std::string>{"AuditLog.Read.All", "Directory.Read.All"}));
}

TEST(RolesIn, IsHarmlessOnAnythingElse) {
    for (const std::string& token :
         {std::string{}, std::string{"opaque"}, std::string{"a.b"}, std::string{"a.%%%.c"}, std::string{".."},
          "h." + to_base64("[]") + ".s", "h." + to_base64(R"({"roles":"x"})") + ".s"}) {
        EXPECT_TRUE(roles_in(token).empty()) << token;
    }
}

}  // namespace
}  // namespace entrawatch::graph
