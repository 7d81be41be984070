// Assertions are verified, each thing in them, and a machine hands out tokens as IMDS does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/digest.hpp"
#include "core/base/percent.hpp"
#include "core/base/rsa.hpp"
#include "tests/simulator/tests/ask.hpp"
#include "tests/support/test_certificates.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;

const test::PemPair& registered() {
    static const test::PemPair pair = test::application_certificate();
    return pair;
}

std::int64_t unix_seconds(Instant time) {
    return std::chrono::floor<seconds>(time.time_since_epoch()).count();
}

class Credentials : public testing::Test {
  protected:
    Credentials() { tenant_.options().certificates = {registered().certificate_pem}; }

    [[nodiscard]] Document head() const {
        const auto certificate = entrawatch::Certificate::parse(registered().certificate_pem);
        return {
            {"alg", "PS256"}, {"typ", "JWT"}, {"x5t#S256", to_base64_url(certificate->sha256_thumbprint())}};
    }
    // A fresh id each time.
    Document claims() {
        const std::string client = tenant_.options().client_id;
        return {{"aud", tenant_.options().base_url + "/" + cast().tenant_id + "/oauth2/v2.0/token"},
                {"iss", client},
                {"sub", client},
                {"jti", dice_.guid()},
                {"nbf", unix_seconds(noon())},
                {"iat", unix_seconds(noon())},
                {"exp", unix_seconds(noon() + minutes{10})}};
    }
    static std::string signed_with(const std::string& key_pem, const Document& head, const Document& claims) {
        const std::string text = to_base64_url(head.dump()) + "." + to_base64_url(claims.dump());
        return text + "." + to_base64_url(RsaKey::parse(key_pem)->sign_ps256(text));
    }
    // 0 = a token was issued.
    int code_for(const std::string& assertion, Instant now = noon()) {
        const auto response = asker_.post_token(
            "client_id=" + tenant_.options().client_id +
                "&scope=" + percent_encoded(tenant_.options().base_url + "/.default") +
                "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer" +
                "&client_assertion=" + assertion + "&grant_type=client_credentials",
            now);
        return response.status == 200 ? 0 : Document::parse(response.body).at("error_codes").at(0).get<int>();
    }
    int code_with(const char* claim, const Document& value) {
        Document changed = claims();
        changed[claim] = value;
        return code_for(signed_with(registered().key_pem, head(), changed));
    }
    http::Response ask_machine(const std::string& options, const http::Headers& headers) {
        http::Request request;
        request.url.target = std::string{machine_identity_path} + "?api-version=2018-02-01&resource=" +
                             percent_encoded(tenant_.options().base_url) + options;
        request.headers = headers;
        return tenant_.answer(request, noon()).response;
    }

    Tenant tenant_{3};
    Asker asker_{tenant_};
    Dice dice_{5};
};

TEST_F(Credentials, TakesAnAssertionOfARegisteredCertificate) {
    EXPECT_EQ(code_for(signed_with(registered().key_pem, head(), claims())), 0);
}

TEST_F(Credentials, RefusesAnotherCertificateAndAnotherKey) {
    const auto other = test::application_certificate();
    EXPECT_EQ(code_for(signed_with(other.key_pem, head(), claims())), 700027);
    Document of_other = head();
    of_other["x5t#S256"] =
        to_base64_url(entrawatch::Certificate::parse(other.certificate_pem)->sha256_thumbprint());
    EXPECT_EQ(code_for(signed_with(other.key_pem, of_other, claims())), 700027);
    Document legacy = head();
    legacy["alg"] = "RS256";
    EXPECT_EQ(code_for(signed_with(registered().key_pem, legacy, claims())), 700027);
}

TEST_F(Credentials, RefusesEachClaimThatIsNotSo) {
    EXPECT_EQ(code_with("aud", tenant_.options().base_url), 700023);
    EXPECT_EQ(code_with("iss", "somebody"), 700021);
    EXPECT_EQ(code_with("sub", "somebody"), 700021);
    EXPECT_EQ(code_with("jti", ""), 50027);
    EXPECT_EQ(code_with("exp", unix_seconds(noon())), 700024);
    EXPECT_EQ(code_with("nbf", unix_seconds(noon() + seconds{1})), 700024);
    EXPECT_EQ(code_with("exp", static_cast<double>(unix_seconds(noon() + minutes{5}))), 50027);
    EXPECT_EQ(code_for("no.assertion"), 50027);
    EXPECT_EQ(code_for("a.b.c"), 50027);
}

TEST_F(Credentials, TakesEachIdOnce) {
    const std::string assertion = signed_with(registered().key_pem, head(), claims());
    EXPECT_EQ(code_for(assertion), 0);
    EXPECT_EQ(code_for(assertion), 50027);
}

TEST_F(Credentials, RefusesACertificateThatHasExpired) {
    const auto old = test::application_certificate({.not_after = noon() - seconds{1}});
    tenant_.options().certificates = {old.certificate_pem};
    Document of_old = head();
    of_old["x5t#S256"] =
        to_base64_url(entrawatch::Certificate::parse(old.certificate_pem)->sha256_thumbprint());
    EXPECT_EQ(code_for(signed_with(old.key_pem, of_old, claims())), 700027);
}

TEST_F(Credentials, TakesTheTokenOfAWorkloadsIssuer) {
    tenant_.options().federated = {.issuer = "https://issuer.example",
                                   .subject = "system:serviceaccount:watch:entrawatch",
                                   .certificate_pem = registered().certificate_pem};
    const auto code = [&](const char* claim, const char* value) {
        Document token = {{"iss", "https://issuer.example"},
                          {"sub", "system:serviceaccount:watch:entrawatch"},
                          {"aud", "api://AzureADTokenExchange"},
                          {"exp", unix_seconds(noon() + minutes{10})}};
        token[claim] = value;
        if (std::string_view{claim} == "exp") token["exp"] = unix_seconds(noon());
        return code_for(signed_with(registered().key_pem, {{"alg", "PS256"}, {"typ", "JWT"}}, token));
    };
    EXPECT_EQ(code("jti", "any"), 0);
    EXPECT_EQ(code("iss", "https://elsewhere.example"), 700211);
    EXPECT_EQ(code("aud", "api://other"), 700212);
    EXPECT_EQ(code("sub", "system:serviceaccount:watch:other"), 700213);
    EXPECT_EQ(code("exp", ""), 700024);
    tenant_.options().federated->certificate_pem = test::application_certificate().certificate_pem;
    EXPECT_EQ(code("jti", "any"), 50013);
}

TEST_F(Credentials, AMachineWritesNumbersAsTexts) {
    const auto response = ask_machine("", {{"Metadata", "true"}});
    ASSERT_EQ(response.status, 200) << response.body;
    const Document body = Document::parse(response.body);
    EXPECT_EQ(body.at("expires_in"), "3599");
    EXPECT_EQ(body.at("expires_on"), std::to_string(unix_seconds(noon() + seconds{3599})));
    http::Request request;
    request.url.target = audits_path;
    request.headers.set("authorization", "Bearer " + body.at("access_token").get<std::string>());
    EXPECT_EQ(tenant_.answer(request, noon()).response.status, 200);
}

TEST_F(Credentials, AMachineRefusesWhatImdsRefuses) {
    EXPECT_THAT(ask_machine("", {}).body, HasSubstr("bad_request_102"));
    EXPECT_EQ(ask_machine("", {{"Metadata", "true"}, {"X-Forwarded-For", "192.0.2.1"}}).status, 400);
    EXPECT_THAT(ask_machine("x", {{"Metadata", "true"}}).body, HasSubstr("invalid_resource"));
    EXPECT_THAT(ask_machine("&client_id=other", {{"Metadata", "true"}}).body,
                HasSubstr("Identity not found"));
    tenant_.options().machine.assigned = false;
    EXPECT_EQ(ask_machine("", {{"Metadata", "true"}}).status, 400);
}

TEST_F(Credentials, AMachineIsBusyAsOftenAsItWasTold) {
    tenant_.options().machine.statuses = {410, 404};
    EXPECT_EQ(ask_machine("", {{"Metadata", "true"}}).status, 410);
    EXPECT_EQ(ask_machine("", {{"Metadata", "true"}}).status, 404);
    EXPECT_EQ(ask_machine("", {{"Metadata", "true"}}).status, 200);
}

}  // namespace
}  // namespace entrawatch::simulator
