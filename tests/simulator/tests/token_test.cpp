// The OAuth endpoint checks client credentials in Entra's words, and a token is good for as long and for as
// much as it was issued for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/digest.hpp"
#include "core/base/percent.hpp"
#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using testing::StartsWith;

class TokenTest : public testing::Test {
  protected:
    int code_for(const std::string& body) {
        const auto response = asker_.post_token(body, noon());
        EXPECT_GE(response.status, 400);
        const Document answer = Document::parse(response.body);
        const int code = answer.at("error_codes").at(0);
        EXPECT_THAT(answer.at("error_description").get<std::string>(),
                    StartsWith("AADSTS" + std::to_string(code) + ": "));
        return code;
    }
    std::string body_with(const std::string& from, const std::string& to) {
        std::string body = asker_.token_body();
        const auto at = body.find(from);
        EXPECT_NE(at, std::string::npos);
        return body.replace(at, from.size(), to);
    }

    Tenant tenant_{3};
    Asker asker_{tenant_};
};

TEST_F(TokenTest, IssuesATokenThatOpensGraph) {
    const auto response = asker_.post_token(asker_.token_body(), noon());
    EXPECT_EQ(response.status, 200);
    const Document answer = Document::parse(response.body);
    EXPECT_EQ(answer.at("token_type"), "Bearer");
    EXPECT_EQ(answer.at("expires_in"), 3599);
    EXPECT_EQ(asker_.get(audits_path, noon()).status, 200);
    EXPECT_EQ(tenant_.tokens_issued(), 2);
}

TEST_F(TokenTest, WritesTheRolesIntoTheTokenAsEntraDoes) {
    const std::string token =
        Document::parse(asker_.post_token(asker_.token_body(), noon()).body).at("access_token");
    const auto first = token.find('.');
    const auto claims = from_base64(token.substr(first + 1, token.rfind('.') - first - 1));
    ASSERT_TRUE(claims);
    EXPECT_THAT(Document::parse(*claims).at("roles").dump(), HasSubstr("AuditLog.Read.All"));
}

TEST_F(TokenTest, RefusesEachMistakeWithItsOwnCode) {
    EXPECT_EQ(code_for(body_with("client_secret=s1m", "client_secret=other")), 7000215);
    EXPECT_EQ(code_for(body_with("client_secret=", "client_key=")), 7000218);
    EXPECT_EQ(code_for(body_with("client_id=2f6d1c94", "client_id=00000000")), 700016);
    EXPECT_EQ(code_for(body_with(".default", "User.Read")), 70011);
    EXPECT_EQ(code_for(body_with("client_credentials", "password")), 70003);
    EXPECT_EQ(code_for(""), 70003);
}

TEST_F(TokenTest, TakesTheSecretOnlyWhenItsSignsAreEncoded) {
    // A raw '+' is a blank in a form, a raw '&' ends the value.
    EXPECT_EQ(code_for(body_with(percent_encoded(tenant_.options().client_secret),
                                 tenant_.options().client_secret)),
              7000215);
}

TEST_F(TokenTest, DoesNotKnowOtherTenants) {
    http::Request request;
    request.method = "POST";
    request.url.target = "/00000000-0000-4000-8000-000000000000/oauth2/v2.0/token";
    request.body = asker_.token_body();
    EXPECT_THAT(tenant_.answer(request, noon()).response.body, HasSubstr("AADSTS90002"));
    request.method = "GET";
    EXPECT_EQ(tenant_.answer(request, noon()).response.status, 405);
}

TEST_F(TokenTest, RefusesEveryRequestWithTheCodeOrdered) {
    tenant_.options().refuse_tokens_with = 7000222;
    EXPECT_EQ(code_for(asker_.token_body()), 7000222);
    tenant_.options().refuse_tokens_with = 90055;
    const auto throttled = asker_.post_token(asker_.token_body(), noon());
    EXPECT_EQ(throttled.status, 429);
    EXPECT_EQ(throttled.headers.get("retry-after"), "60");
}

TEST_F(TokenTest, LetsATokenExpire) {
    tenant_.options().token_life = seconds{5};
    asker_.sign_in(noon());
    EXPECT_EQ(asker_.get(audits_path, noon() + seconds{5} - Ticks{1}).status, 200);
    const auto refused = asker_.get(audits_path, noon() + seconds{5});
    EXPECT_EQ(refused.status, 401);
    EXPECT_EQ(Document::parse(refused.body).at("error").at("code"), "InvalidAuthenticationToken");
}

TEST_F(TokenTest, RefusesRevokedAndInventedTokens) {
    asker_.sign_in(noon());
    tenant_.revoke_tokens();
    EXPECT_EQ(asker_.get(audits_path, noon()).status, 401);
    http::Request request;
    request.url.target = audits_path;
    EXPECT_EQ(tenant_.answer(request, noon()).response.status, 401);
    request.headers.set("authorization", "Bearer made.up.text");
    EXPECT_EQ(tenant_.answer(request, noon()).response.status, 401);
}

TEST_F(TokenTest, FreezesPermissionsWhenATokenIsIssued) {
    tenant_.options().granted.erase("AuditLog.Read.All");
    asker_.sign_in(noon());
    const auto refused = asker_.get(audits_path, noon());
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(Document::parse(refused.body).at("error").at("code"),
              "Authentication_MSGraphPermissionMissing");
    EXPECT_THAT(error_message(refused), HasSubstr("AuditLog.Read.All"));
    tenant_.options().granted.insert("AuditLog.Read.All");
    EXPECT_EQ(asker_.get(audits_path, noon() + seconds{20}).status, 403);  // the old token
    asker_.sign_in(noon());
    EXPECT_EQ(asker_.get(audits_path, noon() + seconds{40}).status, 200);
}

TEST_F(TokenTest, RefusesDirectoryAndRiskReadsWithoutTheirPermissions) {
    tenant_.options().granted = {"AuditLog.Read.All"};
    asker_.sign_in(noon());
    const auto roles = asker_.get("/v1.0/roleManagement/directory/roleDefinitions", noon());
    EXPECT_EQ(Document::parse(roles.body).at("error").at("code"), "Authorization_RequestDenied");
    EXPECT_EQ(asker_.get("/v1.0/servicePrincipals(appId='x')", noon()).status, 403);
    EXPECT_EQ(asker_.get(risk_path, noon()).status, 403);
    EXPECT_EQ(asker_.get(audits_path, noon()).status, 200);
}

}  // namespace
}  // namespace entrawatch::simulator
