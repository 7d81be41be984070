#include <gmock/gmock.h>

#include "core/base/digest.hpp"
#include "tests/daemon/commands/command_world.hpp"
#include "tests/daemon/commands/served.hpp"
#include "tests/support/source_tree.hpp"
#include "tests/support/test_certificates.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CheckCommand : public CommandWorld {
  protected:
    int check_offline() { return run({"check", "--offline", "--config", config().string()}); }
    int check() { return run({"check", "--config", config().string()}); }

    // Settings whose tenant signs in and answers at `origin`.
    void write_custom_cloud(const std::string& origin, const std::string& more = {}) {
        time_flies = true;
        write_file(
            config(),
            "state_directory: " + (folder() / "state").string() +
                "\nlisten: off\ntenants:\n  - name: contoso\n    tenant_id: "
                "11111111-2222-3333-4444-555555555550\n"
                "    client_id: 66666666-7777-8888-9999-000000000000\n    cloud: custom\n    login_url: " +
                origin + "\n    graph_url: " + origin +
                "\n    credential: { secret_file: good.secret }\n"
                "destinations:\n  - { name: soc, type: webhook, url_file: soc.url }\n" +
                more);
    }
};

// A token whose roles are these; its signature is nobody's.
std::string token_with(std::string_view roles) {
    return to_base64("{}") + "." + to_base64("{\"roles\":" + std::string{roles} + "}") + ".x";
}

// A tenant that hands out a token with `roles` and answers every read with an empty page, but for paths that
// begin with `refused`.
http::Response tenant_answer(const http::Request& request, std::string_view roles, std::string_view refused) {
    const std::string& target = request.url.target;
    if (target.find("/token") != std::string::npos) {
        return json_response(
            200, R"({"token_type":"Bearer","expires_in":3599,"access_token":")" + token_with(roles) + "\"}");
    }
    if (!refused.empty() && target.starts_with(refused)) {
        return json_response(
            403,
            R"({"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation."}})");
    }
    return json_response(200, R"({"value":[]})");
}

constexpr std::string_view all_roles =
    R"(["AuditLog.Read.All","Directory.Read.All","IdentityRiskEvent.Read.All","IdentityRiskyServicePrincipal.Read.All","RoleManagement.Read.Directory"])";

TEST_F(CheckCommand, OfflineIsFineWithGoodSettingsAndRules) {
    EXPECT_EQ(check_offline(), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("2 rules, 1 tenant, 1 destination\n"));
    EXPECT_THAT(out, HasSubstr("destination soc: webhook, unsigned, low and above; nothing was sent"));
    EXPECT_THAT(out, ::testing::EndsWith("fine\n"));
}

TEST_F(CheckCommand, SaysUntilWhenACertificateIsGood) {
    const auto check_with = [&](const char* not_before, const char* not_after) {
        const auto pair = test::application_certificate(
            {.not_before = *parse_iso(not_before), .not_after = *parse_iso(not_after)});
        write_file(folder() / "app.crt", pair.certificate_pem);
        write_file(folder() / "app.key", pair.key_pem);
        std::string yaml = read_text(config());
        const std::string secret = "secret_file: good.secret";
        if (const auto at = yaml.find(secret); at != std::string::npos)
            write_file(config(),
                       yaml.replace(at, secret.size(), "certificate_file: app.crt, key_file: app.key"));
        out.clear();
        return check_offline();
    };
    EXPECT_EQ(check_with("2020-01-01T00:00:00Z", "2040-01-01T00:00:00Z"), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("credential of contoso: certificate "));
    EXPECT_THAT(out, HasSubstr(", good until 2040-01-01T00:00:00Z\n"));
    EXPECT_THAT(out, Not(HasSubstr("warning: it ends")));
    const std::string soon = to_iso(clock.now().wall + std::chrono::hours{24 * 10});
    EXPECT_EQ(check_with("2020-01-01T00:00:00Z", soon.c_str()), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("warning: it ends in 10 d"));
    EXPECT_EQ(check_with("2020-01-01T00:00:00Z", "2021-01-01T00:00:00Z"), exit_problems) << out << err;
    EXPECT_THAT(out, HasSubstr("problem: "));
    EXPECT_THAT(out, HasSubstr("app.crt: the certificate expired at 2021-01-01T00:00:00Z"));
    EXPECT_EQ(check_with("2040-01-01T00:00:00Z", "2041-01-01T00:00:00Z"), exit_problems) << out << err;
    EXPECT_THAT(out, HasSubstr("not valid before 2040-01-01T00:00:00Z"));
}

TEST_F(CheckCommand, SaysWhereAManagedIdentityIsAskedFor) {
    std::string yaml = read_text(config());
    const std::string secret = "secret_file: good.secret";
    write_file(config(), yaml.replace(yaml.find(secret), secret.size(), "managed_identity: {}"));
    EXPECT_EQ(check_offline(), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("credential of contoso: managed identity, asked for at http"));
}

TEST_F(CheckCommand, NeverPrintsAWebhooksAddressOrASecret) {
    EXPECT_EQ(check_offline(), exit_ok);
    EXPECT_THAT(out + err, Not(HasSubstr("hooks.contoso.example")));
    EXPECT_THAT(out + err, Not(HasSubstr("not-a-real-secret")));
}

TEST_F(CheckCommand, PrintsEveryProblemOfTheSettingsWithItsPlace) {
    write_settings({"contoso"}, "retension: 400d\nrules: { disabel: [] }\n");
    EXPECT_EQ(check_offline(), exit_configuration);
    EXPECT_THAT(out, HasSubstr("entrawatch.yaml:"));
    EXPECT_THAT(out, HasSubstr("retension"));
    EXPECT_THAT(out, HasSubstr("disabel"));
    EXPECT_THAT(out, HasSubstr("cannot be used"));
}

TEST_F(CheckCommand, ABrokenRuleMakesTheConfigurationUnusable) {
    write_file(shipped() / "rules/pim/broken.yml", "title: [\n");
    EXPECT_EQ(check_offline(), exit_configuration);
    EXPECT_THAT(out, HasSubstr("broken.yml"));
}

TEST_F(CheckCommand, AnExampleThatDoesNotHoldIsAProblem) {
    std::string text{role_rule};
    const std::string honest = "\"activityDisplayName\": \"Add member to role\"";
    text.replace(text.find(honest), honest.size(), "\"activityDisplayName\": \"Add member to group\"");
    write_file(shipped() / "rules/pim/role-given.yml", text);
    EXPECT_EQ(check_offline(), exit_problems);
    EXPECT_THAT(out, HasSubstr("an administrator gives a role"));
}

TEST_F(CheckCommand, AMissingSettingsFileIsNamed) {
    EXPECT_EQ(run({"check", "--config", (folder() / "none.yaml").string()}), exit_configuration);
    EXPECT_THAT(err, HasSubstr("none.yaml: there is no settings file here"));
}

TEST_F(CheckCommand, OnlineAsksForATokenTheDirectoryAndEachFeed) {
    std::vector<std::string> targets;
    Served tenant{[&](const http::Request& request) {
        targets.push_back(request.url.target);
        return tenant_answer(request, all_roles, "");
    }};
    write_custom_cloud(tenant.origin());
    EXPECT_EQ(check(), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("tenant contoso\n  token: granted, with the roles AuditLog.Read.All"));
    EXPECT_THAT(out, HasSubstr("directory: ok"));
    for (const Feed& feed : all_feeds())
        EXPECT_THAT(out, HasSubstr("  " + std::string{feed.name} + ": ok"));
    EXPECT_THAT(out, HasSubstr("scenarios covered: EA-1, PR-1"));
    EXPECT_EQ(targets.size(), polled_feeds().size() + 10)
        << "one token, nine parts of the directory, one request a feed";
}

TEST_F(CheckCommand, OnlineNamesTheMissingGrantAndTheBlindScenario) {
    Served tenant{[&](const http::Request& request) {
        return tenant_answer(request, R"(["Directory.Read.All","RoleManagement.Read.Directory"])",
                             "/v1.0/auditLogs/directoryAudits");
    }};
    write_custom_cloud(tenant.origin());
    EXPECT_EQ(check(), exit_problems);
    EXPECT_THAT(out, HasSubstr("directory_audits: parked (permission)"));
    EXPECT_THAT(out, HasSubstr("missing grant: AuditLog.Read.All"));
    EXPECT_THAT(out, HasSubstr("scenario PR-1: blind, for want of directory_audits"));
    EXPECT_THAT(out, HasSubstr("scenarios covered: EA-1"));
}

TEST_F(CheckCommand, OnlineSaysWhenThereIsNoToken) {
    Served tenant{[](const http::Request&) {
        return json_response(
            401,
            R"({"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."})");
    }};
    write_custom_cloud(tenant.origin());
    EXPECT_EQ(check(), exit_problems);
    EXPECT_THAT(out, HasSubstr("token: "));
    EXPECT_THAT(out, HasSubstr("AADSTS7000215"));
    EXPECT_THAT(out, Not(HasSubstr("directory_audits: ok")));
}

TEST_F(CheckCommand, AsksThroughTheProxyAndSaysSo) {
    const TestAuthority authority;
    const PemPair certificate = authority.for_another_host();
    http::ServerSettings secure;
    secure.certificate_pem = certificate.certificate_pem;
    secure.key_pem = certificate.key_pem;
    Served tenant{[&](const http::Request& request) { return tenant_answer(request, all_roles, ""); }, secure,
                  ProxyWish{.credentials = "scanner:s3cret", .hosts = {{"elsewhere.example:443", 0}}}};
    write_file(folder() / "ca.pem", authority.ca_pem());
    write_file(folder() / "proxy.credentials", "scanner:s3cret\n");
    write_custom_cloud("https://elsewhere.example", "proxy: { url: \"" + tenant.proxy_url() +
                                                        "\", credentials_file: proxy.credentials }\n");
    std::string yaml = read_text(config());
    write_file(config(), yaml.insert(yaml.find("    credential:"), "    ca_file: ca.pem\n"));
    EXPECT_EQ(check(), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("proxy " + tenant.proxy_url() + ", with a user name and a password\n"));
    EXPECT_THAT(out,
                HasSubstr("tenant contoso, through the proxy " + tenant.proxy_url() + "\n  token: granted"));
    EXPECT_THAT(out,
                HasSubstr("destination soc: webhook, unsigned, through the proxy " + tenant.proxy_url()));
    EXPECT_THAT(out + err, Not(HasSubstr("s3cret")));

    write_file(folder() / "proxy.credentials", "scanner:wrong-one\n");
    out.clear();
    EXPECT_EQ(check(), exit_problems);
    EXPECT_THAT(out, HasSubstr("the proxy " + tenant.proxy_url() +
                               ": no tunnel to elsewhere.example:443: the proxy does not take"));
    EXPECT_THAT(out + err, Not(HasSubstr("wrong-one")));
}

TEST_F(CheckCommand, OnlineTakesAProxysPageForNoAnswer) {
    Served tenant{[&](const http::Request& request) {
        if (request.url.target.starts_with("/v1.0/auditLogs/directoryAudits"))
            return html_response("<html>log in</html>");
        return tenant_answer(request, all_roles, "");
    }};
    write_custom_cloud(tenant.origin());
    EXPECT_EQ(check(), exit_problems);
    EXPECT_THAT(out, Not(HasSubstr("directory_audits: ok")));
    EXPECT_THAT(out, HasSubstr("sign_ins_interactive: ok"));
}

}  // namespace
}  // namespace entrawatch::test
