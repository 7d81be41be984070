// The kinds of credential beside the client secret, over a real connection.
#include <gmock/gmock.h>

#include "core/base/digest.hpp"
#include "core/base/rsa.hpp"
#include "tests/config/settings_folder.hpp"
#include "tests/daemon/graph/graph_fixture.hpp"
#include "tests/support/test_proxy.hpp"

namespace entrawatch::graph {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class TokenCredentials : public GraphFixture {
  protected:
    [[nodiscard]] std::unique_ptr<TokenSource> source_with(Credential credential,
                                                           AzureEnvironment environment = {}) {
        Application application = tenant.application();
        application.credential = std::move(credential);
        return std::make_unique<TokenSource>(io.get_executor(), std::move(application), tenant.graph_url,
                                             client, clock, std::move(environment));
    }
    [[nodiscard]] std::unique_ptr<TokenSource> with_certificate() {
        return source_with(CertificateAndKey{folder.path() / "app.crt", folder.path() / "app.key"});
    }
    std::string got(TokenSource& source) {
        const auto result = test::run(io, source.get());
        return result ? std::string{result->reveal()} : "error: " + result.error().text();
    }
    [[nodiscard]] std::string assertion_in(std::size_t request) const {
        const std::string& body = token_requests.at(request).body;
        const auto at = body.find("&client_assertion=");
        return at == std::string::npos ? "" : body.substr(at + 18);
    }
    [[nodiscard]] std::string claims_in(std::size_t request) const {
        const std::string assertion = assertion_in(request);
        const auto first = assertion.find('.');
        return from_base64(assertion.substr(first + 1, assertion.rfind('.') - first - 1)).value_or("");
    }
    // The machine's identity service stands where Graph does.
    [[nodiscard]] AzureEnvironment machine() const {
        AzureEnvironment environment;
        environment.pod_identity_host = tenant.graph_url;
        return environment;
    }
    [[nodiscard]] static http::Response refused(const std::string& code, http::Headers headers = {}) {
        return {401, std::move(headers), R"({"error":"invalid_client","error_codes":[)" + code + "]}", {}};
    }
    SettingsFolder folder;
};

TEST_F(TokenCredentials, ACertificateSignsForTheEndpointThatIsAsked) {
    const auto source = with_certificate();
    EXPECT_EQ(got(*source), "token-1");
    EXPECT_THAT(token_requests.at(0).body, Not(HasSubstr("client_secret")));
    EXPECT_THAT(claims_in(0),
                HasSubstr("\"aud\":\"" + tenant.login_url + token_requests.at(0).url.target + "\""));
    EXPECT_THAT(claims_in(0), HasSubstr(R"("iat":1772366400)"));
}

TEST_F(TokenCredentials, ARotatedCertificateNeedsNoRestart) {
    const auto source = with_certificate();
    EXPECT_EQ(got(*source), "token-1");
    const auto fresh = test::application_certificate();
    folder.write("app.crt", fresh.certificate_pem);
    folder.write("app.key", fresh.key_pem);
    source->discard();
    EXPECT_EQ(got(*source), "token-2");
    const std::string assertion = assertion_in(1);
    const auto end = assertion.rfind('.');
    EXPECT_TRUE(
        Certificate::parse(fresh.certificate_pem)
            ->verifies_ps256(assertion.substr(0, end), from_base64(assertion.substr(end + 1)).value()));
}

TEST_F(TokenCredentials, ACertificateThatIsNotGoodNowIsNotSent) {
    for (const auto& [from, to, words] :
         {std::tuple{"2025-01-01T00:00:00Z", "2026-02-28T00:00:00Z", "expired at 2026-02-28T00:00:00Z"},
          std::tuple{"2026-03-02T00:00:00Z", "2027-01-01T00:00:00Z",
                     "not valid before 2026-03-02T00:00:00Z"}}) {
        const auto pair =
            test::application_certificate({.not_before = *parse_iso(from), .not_after = *parse_iso(to)});
        folder.write("app.crt", pair.certificate_pem);
        folder.write("app.key", pair.key_pem);
        const auto source = with_certificate();
        EXPECT_THAT(got(*source), testing::AllOf(HasSubstr(words), HasSubstr("app.crt")));
    }
    EXPECT_TRUE(token_requests.empty());
}

TEST_F(TokenCredentials, AnAssertionRefusedForItsTimeIsSignedOnceMoreWithEntrasTime) {
    token_answers = {refused("700024", {{"Date", "Sun, 01 Mar 2026 12:20:00 GMT"}}), token("in-time")};
    const auto source = with_certificate();
    EXPECT_EQ(got(*source), "in-time");
    EXPECT_THAT(claims_in(1), HasSubstr(R"("iat":1772367600)"));
    const auto id_of = [&](std::size_t request) {
        return claims_in(request).substr(claims_in(request).find("\"jti\""), 45);
    };
    EXPECT_NE(id_of(0), id_of(1)) << "no id is used twice";
}

TEST_F(TokenCredentials, IsNotSignedAThirdTime) {
    token_answers = {refused("700024", {{"Date", "Sun, 01 Mar 2026 12:20:00 GMT"}})};
    const auto source = with_certificate();
    EXPECT_THAT(got(*source), HasSubstr("AADSTS700024"));
    EXPECT_EQ(token_requests.size(), 2U);
}

TEST_F(TokenCredentials, OtherRefusalsAreNotRepeated) {
    token_answers = {refused("700027", {{"Date", "Sun, 01 Mar 2026 12:20:00 GMT"}})};
    const auto source = with_certificate();
    EXPECT_THAT(got(*source), HasSubstr("AADSTS700027"));
    EXPECT_EQ(token_requests.size(), 1U);
}

TEST_F(TokenCredentials, AFederatedTokenIsReadAtEveryRequest) {
    const auto source = source_with(FederatedToken{folder.path() / "good.token"});
    EXPECT_EQ(got(*source), "token-1");
    EXPECT_EQ(assertion_in(0), "eyJhbGciOiJSUzI1NiJ9.Q0FOQVJZ.c2lnbmF0dXJl");
    folder.write("good.token", "e30.bmV3.c2ln\n");
    source->discard();
    EXPECT_EQ(got(*source), "token-2");
    EXPECT_EQ(assertion_in(1), "e30.bmV3.c2ln");
    folder.write("good.token", "no token\r\nat all");
    source->discard();
    EXPECT_THAT(got(*source), testing::AllOf(HasSubstr("good.token"), HasSubstr("holds no token"),
                                             Not(HasSubstr("at all"))));
    EXPECT_EQ(token_requests.size(), 2U);
}

TEST_F(TokenCredentials, AManagedIdentityAsksTheMachine) {
    graph_answers = {
        {200, {}, R"({"access_token":"of-the-machine","expires_in":"3599","token_type":"Bearer"})", {}}};
    const auto source = source_with(ManagedIdentity{}, machine());
    EXPECT_EQ(got(*source), "of-the-machine");
    EXPECT_EQ(graph_requests.at(0).headers.get("Metadata"), "true");
    EXPECT_TRUE(token_requests.empty()) << "Entra itself is not asked";
}

TEST_F(TokenCredentials, AServiceThatIsBeingUpdatedIsAskedAgainAtOnceAndThenMoreSlowly) {
    graph_answers = {status(410), token("after")};
    const auto source = source_with(ManagedIdentity{}, machine());
    EXPECT_EQ(got(*source), "after");
    EXPECT_EQ(graph_requests.size(), 2U);

    graph_answers = {status(410)};
    graph_requests.clear();
    const auto patient = source_with(ManagedIdentity{}, machine());
    for (const auto pause : {2s, 6s, 14s, 30s, 60s}) {
        const std::size_t before = graph_requests.size();
        EXPECT_THAT(got(*patient), HasSubstr("(410)"));
        EXPECT_EQ(graph_requests.size(), before + 2);
        clock->advance(Ticks{pause} - Ticks{1});
        EXPECT_THAT(got(*patient), HasSubstr("(410)"));
        EXPECT_EQ(graph_requests.size(), before + 2);
        clock->advance(Ticks{1});
    }
}

TEST_F(TokenCredentials, AnIdentityThatIsNotThereIsToldAndNotAskedForAgainForAMinute) {
    graph_answers = {
        {400, {}, R"({"error":"invalid_request","error_description":"Identity not found"})", {}}};
    const auto source = source_with(ManagedIdentity{}, machine());
    EXPECT_THAT(got(*source), HasSubstr("assign it"));
    clock->advance(Ticks{59s});
    EXPECT_THAT(got(*source), HasSubstr("assign it"));
    EXPECT_EQ(graph_requests.size(), 1U);
}

TEST_F(TokenCredentials, ArcsChallengeIsAnsweredWithWhatItsFileHolds) {
    folder.write("challenge.key", "arc-secret");
    AzureEnvironment arc;
    arc.identity_endpoint = tenant.graph_url + "/metadata/identity/oauth2/token";
    arc.imds_endpoint = tenant.graph_url;
    arc.arc_tokens = folder.path();
    graph_answers = {
        status(401, {{"WWW-Authenticate", "Basic realm=" + (folder.path() / "challenge.key").string()}}),
        token("of-arc")};
    const auto source = source_with(ManagedIdentity{}, arc);
    EXPECT_EQ(got(*source), "of-arc");
    EXPECT_EQ(graph_requests.at(0).headers.get("Authorization"), "");
    EXPECT_EQ(graph_requests.at(1).headers.get("Authorization"), "Basic arc-secret");
}

TEST_F(TokenCredentials, AMachineWithoutTheServiceIsToldSo) {
    AzureEnvironment nobody;
    nobody.pod_identity_host = "http://127.0.0.1:1";
    const auto source = source_with(ManagedIdentity{}, nobody);
    EXPECT_THAT(got(*source), HasSubstr("is this a machine of Azure"));
}

TEST_F(TokenCredentials, PlainHttpGoesToThisMachineAndToItsLinkOnly) {
    AzureEnvironment elsewhere;
    elsewhere.pod_identity_host = "http://192.0.2.1";
    const auto source = source_with(ManagedIdentity{}, elsewhere);
    EXPECT_THAT(got(*source), HasSubstr("plain http"));
}

TEST_F(TokenCredentials, TheMachineIsNeverAskedThroughAProxyAsEntraIs) {
    const test::TestProxy between{io, {}};
    auto proxy = std::make_shared<Proxy>();
    proxy->url = Url::parse_proxy(between.url()).value();
    client = http::HttpClient::create(io.get_executor(), {}, proxy).value();
    AzureEnvironment pod;
    pod.pod_identity_host = "https://pod-identity.invalid";
    AzureEnvironment app_service;
    app_service.identity_endpoint = "https://app-service.invalid/msi/token";
    app_service.identity_header = "header";
    for (const AzureEnvironment& environment : {pod, app_service})
        EXPECT_THAT(got(*source_with(ManagedIdentity{}, environment)),
                    HasSubstr("the host name cannot be resolved"));
    EXPECT_EQ(between.connections(), 0);
    tenant.login_url = "https://login.invalid";
    EXPECT_THAT(got(*source_with(ClientSecret{secret_file.path()})),
                HasSubstr("the proxy " + between.url() + ": no tunnel to login.invalid:443"));
    EXPECT_EQ(between.connections(), 1);
}

}  // namespace
}  // namespace entrawatch::graph
