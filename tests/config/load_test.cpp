#include "config/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/settings_folder.hpp"

namespace entrawatch {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view small = R"(tenants:
  - name: contoso
    tenant_id: 11111111-2222-3333-4444-555555555555
    client_id: 66666666-7777-8888-9999-000000000000
    credential: { secret_file: good.secret }
destinations:
  - { name: soc, type: webhook, url_file: good.url }
)";

// Inserted below the small file's tenant.
std::string with_tenant_lines(const std::string& lines) {
    std::string yaml{small};
    yaml.insert(yaml.find("destinations:"), lines);
    return yaml;
}

std::string all_of(const Problems& problems) {
    std::string out;
    for (const Problem& problem : problems)
        out += problem.text() + "\n";
    return out;
}

LoadedSettings load(const SettingsFolder& folder, std::string_view yaml) {
    return parse_settings(yaml, folder.settings_file(), {});
}

TEST(LoadSettings, FillsInTheDefaultsOfASmallFile) {
    const SettingsFolder folder;
    const LoadedSettings loaded = load(folder, small);
    ASSERT_TRUE(loaded.settings) << all_of(loaded.problems);
    const Settings& settings = *loaded.settings;
    EXPECT_TRUE(loaded.problems.empty());
    EXPECT_EQ(settings.state_directory, "/var/lib/entrawatch");
    EXPECT_EQ(settings.listen_host, "127.0.0.1");
    EXPECT_EQ(settings.listen_port, 9464);
    ASSERT_EQ(settings.tenants.size(), 1U);
    const TenantSettings& tenant = settings.tenants.front();
    EXPECT_EQ(tenant.cloud, Cloud::global);
    EXPECT_EQ(tenant.login_url, "https://login.microsoftonline.com");
    EXPECT_EQ(tenant.graph_url, "https://graph.microsoft.com");
    EXPECT_EQ(std::get<ClientSecret>(tenant.credential).file, folder.path() / "good.secret");
    EXPECT_EQ(tenant.database, "/var/lib/entrawatch/contoso.db");
    EXPECT_EQ(tenant.poll_interval, std::chrono::seconds{60});
    EXPECT_EQ(tenant.backfill, std::chrono::hours{24 * 30});
    EXPECT_EQ(tenant.retention, std::chrono::hours{24 * 400});
    EXPECT_EQ(tenant.feeds.size(), all_feeds().size());
    for (const auto& [feed, choice] : tenant.feeds) {
        EXPECT_TRUE(choice.enabled) << feed_of(feed).name;
        EXPECT_FALSE(choice.scenario_only);
    }
}

TEST(LoadSettings, KnowsWhoMayAskTheApiButNotWithWhichToken) {
    const SettingsFolder folder;
    const LoadedSettings loaded = load(folder, std::string{small} + "api_tokens_file: good.tokens\n");
    ASSERT_TRUE(loaded.settings) << all_of(loaded.problems);
    const auto& tokens = loaded.settings->api_tokens;
    ASSERT_EQ(tokens.size(), 2U);
    EXPECT_EQ(tokens[0].name, "night");
    EXPECT_EQ(tokens[0].digest, sha256("0123456789abcdef0123456789abcdef"));
    EXPECT_EQ(tokens[1].name, "day");
}

TEST(LoadSettings, ReadsADestinationsSecretsFromItsFiles) {
    const SettingsFolder folder;
    std::string yaml{small};
    yaml.replace(yaml.find("url_file: good.url"), 18,
                 "url_file: good.url, signing_secret_file: good.whsec, ca_file: ca.pem, minimum_severity: "
                 "high, tenants: [contoso]");
    const LoadedSettings loaded = load(folder, yaml);
    ASSERT_TRUE(loaded.settings) << all_of(loaded.problems);
    const DestinationSettings* soc = loaded.settings->destination("soc");
    ASSERT_NE(soc, nullptr);
    EXPECT_EQ(soc->type, DestinationType::webhook);
    EXPECT_EQ(soc->url.reveal(), "https://hooks.example.com/services/CANARY");
    EXPECT_EQ(soc->url_file, folder.path() / "good.url");
    ASSERT_EQ(soc->signing_keys.size(), 1U);
    EXPECT_EQ(soc->signing_keys.front().bytes(), "CANARY-signing-key-00000");
    EXPECT_EQ(soc->ca_file, folder.path() / "ca.pem");
    const std::vector<Route> routes = loaded.settings->routes();
    ASSERT_EQ(routes.size(), 1U);
    EXPECT_EQ(routes.front().destination, "soc");
    EXPECT_EQ(routes.front().minimum_severity, Severity::high);
    EXPECT_THAT(routes.front().tenants, ElementsAre("contoso"));
    EXPECT_EQ(loaded.settings->destination("SOC"), nullptr);
    EXPECT_NE(loaded.settings->tenant("contoso"), nullptr);
}

// The small file with other destinations.
std::string with_destinations(const std::string& lines) {
    const std::string yaml{small};
    return yaml.substr(0, yaml.find("  - { name: soc")) + lines;
}

TEST(LoadSettings, ReadsEveryTypeOfDestination) {
    const SettingsFolder folder;
    const LoadedSettings loaded = load(folder, with_destinations(R"(
  - { name: siem, type: webhook, url_file: good.url, format: ocsf }
  - { name: chat, type: slack, url_file: good.url, ca_file: ca.pem, minimum_severity: high }
  - { name: teams, type: teams, url_file: good.url }
  - { name: discord, type: discord, url_file: good.url }
  - { name: mattermost, type: mattermost, url_file: good.url }
  - { name: duty, type: pagerduty, routing_key_file: good.secret }
  - { name: duty-eu, type: pagerduty, routing_key_file: good.secret, url: "https://events.eu.pagerduty.com" }
  - { name: ops, type: opsgenie, api_key_file: good.secret }
  - { name: desk, type: servicenow, url: "https://contoso.service-now.example", username: watcher, password_file: two-lines.secret, records: incidents }
  - { name: alerts, type: alertmanager, url: "http://127.0.0.1:9093" }
  - { name: splunk, type: splunk_hec, url: "https://splunk.example:8088", token_file: good.secret, ca_file: ca.pem }
  - { name: log, type: syslog, address: "tls://syslog.example:6514", facility: local3, ca_file: ca.pem, client_certificate_file: client.crt, client_key_file: client.key }
  - { name: hub, type: sentinel, url: "https://x.westeurope-1.ingest.monitor.azure.com", dcr_id: dcr-0123, stream: Custom-Entrawatch, credential: { secret_file: good.secret } }
  - { name: other, type: sentinel, url: "https://ingest.example", dcr_id: dcr-0123, stream: Custom-Entrawatch, credential: { secret_file: good.secret }, tenant_id: AAAAAAAA-2222-3333-4444-555555555555, client_id: bbbbbbbb-2222-3333-4444-555555555555 }
  - { name: relay, type: syslog, address: "tcp://127.0.0.1:601" }
)"));
    ASSERT_TRUE(loaded.settings) << all_of(loaded.problems);
    EXPECT_TRUE(loaded.problems.empty()) << all_of(loaded.problems);
    const auto& by_name = [&](std::string_view name) { return *loaded.settings->destination(name); };
    EXPECT_EQ(by_name("siem").format, BodyFormat::ocsf);
    EXPECT_EQ(by_name("chat").type, DestinationType::slack);
    EXPECT_EQ(by_name("chat").url.reveal(), "https://hooks.example.com/services/CANARY");
    EXPECT_EQ(by_name("chat").ca_file, folder.path() / "ca.pem");
    EXPECT_EQ(by_name("duty").url.reveal(), "https://events.pagerduty.com");
    EXPECT_EQ(by_name("duty").key.reveal(), "CANARY-client-secret");
    EXPECT_EQ(by_name("duty").key_file, folder.path() / "good.secret");
    EXPECT_EQ(by_name("duty-eu").url.reveal(), "https://events.eu.pagerduty.com");
    EXPECT_EQ(by_name("ops").url.reveal(), "https://api.opsgenie.com");
    EXPECT_EQ(by_name("alerts").url.reveal(), "http://127.0.0.1:9093");
    EXPECT_EQ(by_name("splunk").key.reveal(), "CANARY-client-secret");
    EXPECT_EQ(by_name("log").url.reveal(), "tls://syslog.example:6514");
    EXPECT_EQ(by_name("log").receiver().facility, SyslogFacility::local3);
    EXPECT_EQ(by_name("log").ca_file, folder.path() / "ca.pem");
    EXPECT_EQ(by_name("log").client_certificate_file, folder.path() / "client.crt");
    EXPECT_EQ(by_name("log").client_key_file, folder.path() / "client.key");
    const IngestionSettings& hub = by_name("hub").ingestion;
    EXPECT_EQ(hub.dcr_id, "dcr-0123");
    EXPECT_EQ(hub.stream, "Custom-Entrawatch");
    EXPECT_EQ(hub.resource, "https://monitor.azure.com");
    EXPECT_EQ(hub.application.tenant_id, "11111111-2222-3333-4444-555555555555") << "the tenant's own";
    EXPECT_EQ(hub.application.client_id, "66666666-7777-8888-9999-000000000000");
    EXPECT_EQ(hub.application.login_url, "https://login.microsoftonline.com");
    EXPECT_EQ(std::get<ClientSecret>(hub.application.credential).file, folder.path() / "good.secret");
    EXPECT_EQ(by_name("other").ingestion.application.tenant_id, "aaaaaaaa-2222-3333-4444-555555555555");
    EXPECT_EQ(by_name("other").ingestion.application.client_id, "bbbbbbbb-2222-3333-4444-555555555555");
    EXPECT_EQ(by_name("relay").receiver().facility, SyslogFacility::authpriv);
    const DestinationSettings& desk = by_name("desk");
    EXPECT_EQ(desk.receiver().type, DestinationType::servicenow);
    EXPECT_EQ(desk.receiver().records, ServiceNowRecords::incidents);
    EXPECT_EQ(desk.receiver().username, "watcher");
    EXPECT_EQ(desk.receiver().key, "CANARY-first\nCANARY-second") << "a password may hold anything";
}

TEST(LoadSettings, ReadsEveryKindOfCredential) {
    const SettingsFolder folder;
    const auto credential = [&](const std::string& written) {
        std::string yaml{small};
        const std::string_view secret = "{ secret_file: good.secret }";
        yaml.replace(yaml.find(secret), secret.size(), written);
        const LoadedSettings loaded = load(folder, yaml);
        EXPECT_TRUE(loaded.settings && loaded.problems.empty()) << all_of(loaded.problems);
        return loaded.settings ? loaded.settings->tenants.front().credential : Credential{};
    };
    const auto certificate =
        std::get<CertificateAndKey>(credential("{ certificate_file: app.crt, key_file: app.key }"));
    EXPECT_EQ(certificate.certificate_file, folder.path() / "app.crt");
    EXPECT_EQ(certificate.key_file, folder.path() / "app.key");
    EXPECT_EQ(std::get<FederatedToken>(credential("{ federated_token_file: good.token }")).file,
              folder.path() / "good.token");
    EXPECT_EQ(std::get<ManagedIdentity>(credential("{ managed_identity: {} }")).client_id, "");
    const std::string id = "66666666-7777-8888-9999-000000000000";
    EXPECT_EQ(
        std::get<ManagedIdentity>(credential("{ managed_identity: { client_id: " + id + " } }")).client_id,
        id);
    EXPECT_EQ(std::get<ManagedIdentity>(credential("{ managed_identity: { resource_id: /subscriptions/s } }"))
                  .resource_id,
              "/subscriptions/s");
}

TEST(LoadSettings, LooksForRelativeFilesInTheCredentialsDirectoryFirst) {
    const SettingsFolder folder;
    const SettingsFolder credentials;
    std::filesystem::remove(credentials.path() / "good.url");
    const LoadedSettings loaded = parse_settings(small, folder.settings_file(), credentials.path());
    ASSERT_TRUE(loaded.settings) << all_of(loaded.problems);
    EXPECT_EQ(std::get<ClientSecret>(loaded.settings->tenants.front().credential).file,
              credentials.path() / "good.secret");
    EXPECT_EQ(loaded.settings->destinations.front().url_file, folder.path() / "good.url");
}

TEST(LoadSettings, TellsEveryProblemInOneRunInTheOrderOfTheFile) {
    const SettingsFolder folder;
    const LoadedSettings loaded = load(folder, R"(listen: nowhere
tenants:
  - name: Contoso
    tenant_id: 42
    client_id: 66666666-7777-8888-9999-000000000000
    credential: { secret_file: nowhere.secret }
    poll_intervall: 60s
    emergency_accounts: [ { name: breakglass1 } ]
destinations:
  - { name: soc, type: webhook, url_file: http.url, minimum_severity: loud }
  - { name: chat, type: syslogs, url_file: good.url }
  - { name: soc, type: file, path: folder }
rules: { directories: [nowhere], disabled: [] }
)");
    EXPECT_FALSE(loaded.settings);
    std::vector<int> lines;
    for (const Problem& problem : loaded.problems)
        lines.push_back(problem.line);
    EXPECT_THAT(lines, ElementsAre(1, 3, 4, 6, 7, 8, 10, 10, 11, 12, 12, 13, 13)) << all_of(loaded.problems);
    for (const Problem& problem : loaded.problems)
        EXPECT_EQ(problem.file, folder.settings_file());
}

TEST(LoadSettings, KnowsTheHostsOfEveryCloud) {
    const SettingsFolder folder;
    struct Row {
        std::string name, login, graph;
    };
    const std::vector<Row> rows{
        {"us-gov", "https://login.microsoftonline.us", "https://graph.microsoft.us"},
        {"us-dod", "https://login.microsoftonline.us", "https://dod-graph.microsoft.us"},
        {"china", "https://login.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn"},
    };
    for (const Row& row : rows) {
        const LoadedSettings loaded = load(folder, with_tenant_lines("    cloud: " + row.name + "\n"));
        ASSERT_TRUE(loaded.settings) << all_of(loaded.problems);
        EXPECT_EQ(loaded.settings->tenants.front().login_url, row.login);
        EXPECT_EQ(loaded.settings->tenants.front().graph_url, row.graph);
    }
}

TEST(LoadSettings, TakesTheUrlsOfACustomCloudWithoutTheirTrailingSlash) {
    const SettingsFolder folder;
    const LoadedSettings loaded = load(
        folder,
        with_tenant_lines(
            "    cloud: custom\n    login_url: http://127.0.0.1:8080/\n    graph_url: https://[::1]:8443\n"));
    ASSERT_TRUE(loaded.settings) << all_of(loaded.problems);
    EXPECT_EQ(loaded.settings->tenants.front().login_url, "http://127.0.0.1:8080");
    EXPECT_EQ(loaded.settings->tenants.front().graph_url, "https://[::1]:8443");
    EXPECT_EQ(loaded.settings->tenants.front().portal_url, "");
}

TEST(LoadSettings, LetsOneFeedOutweighAllSignIns) {
    const SettingsFolder folder;
    const LoadedSettings loaded = load(folder, with_tenant_lines(R"(    feeds:
      sign_ins_interactive: { enabled: true }
      sign_ins: { enabled: false, scope: scenario }
      risk_detections: { enabled: false }
)"));
    ASSERT_TRUE(loaded.settings) << all_of(loaded.problems);
    const auto& feeds = loaded.settings->tenants.front().feeds;
    EXPECT_TRUE(feeds.at(FeedId::sign_ins_interactive).enabled);
    EXPECT_TRUE(feeds.at(FeedId::sign_ins_interactive).scenario_only);
    EXPECT_FALSE(feeds.at(FeedId::sign_ins_non_interactive).enabled);
    EXPECT_THAT(
        loaded.settings->tenants.front().scenario_only_feeds(),
        ::testing::ElementsAre(FeedId::sign_ins_interactive, FeedId::sign_ins_non_interactive,
                               FeedId::sign_ins_service_principal, FeedId::sign_ins_managed_identity));
    EXPECT_FALSE(feeds.at(FeedId::risk_detections).enabled);
    EXPECT_TRUE(feeds.at(FeedId::directory_audits).enabled);
    EXPECT_FALSE(feeds.at(FeedId::directory_audits).scenario_only);
}

TEST(LoadSettings, ReadsListenAsAnAddressOrOff) {
    const SettingsFolder folder;
    const auto listening = [&](const std::string& text) {
        const LoadedSettings loaded = load(folder, std::string{small} + "listen: " + text + "\n");
        return loaded.settings ? std::pair{loaded.settings->listen_host, loaded.settings->listen_port}
                               : std::pair{std::string{"refused"}, 0};
    };
    EXPECT_EQ(listening("off").second, -1);
    EXPECT_EQ(listening("\"[::1]:80\""), (std::pair{std::string{"::1"}, 80}));
    EXPECT_EQ(listening("localhost:0"), (std::pair{std::string{"localhost"}, 0}));
    EXPECT_EQ(listening("127.0.0.1:-1").first, "refused");
    EXPECT_EQ(listening("127.0.0.1.5:80").first, "refused");
}

TEST(LoadSettings, ReadsTheUsersRulesListsAndEmergencyAccounts) {
    const SettingsFolder folder;
    const LoadedSettings loaded = load(
        folder,
        with_tenant_lines(
            "    emergency_accounts: [ { object_id: AAAAAAAA-1111-4111-8111-AAAAAAAAAAAA, name: bg1 } ]\n") +
            "rules: { directories: [folder], disable: [x/y], lists: { accounts: [a, b] } }\n");
    ASSERT_TRUE(loaded.settings) << all_of(loaded.problems);
    const auto& accounts = loaded.settings->tenants.front().emergency_accounts;
    ASSERT_EQ(accounts.size(), 1U);
    EXPECT_EQ(accounts.front().object_id, "aaaaaaaa-1111-4111-8111-aaaaaaaaaaaa");
    EXPECT_EQ(accounts.front().name, "bg1");
    EXPECT_THAT(loaded.settings->rules.directories, ElementsAre(folder.path() / "folder"));
    EXPECT_THAT(loaded.settings->rules.disable, ElementsAre("x/y"));
    EXPECT_THAT(loaded.settings->rules.lists.at("accounts"), ElementsAre("a", "b"));
}

TEST(LoadSettings, WarnsOfAUrlInASettingsFileThatOthersCanRead) {
    const SettingsFolder folder;
    std::string yaml{small};
    yaml.replace(yaml.find("url_file: good.url"), 18, "url: https://hooks.example.com/CANARY");
    folder.write("entrawatch.yaml", yaml, 0644);
    const LoadedSettings loaded = load(folder, yaml);
    ASSERT_TRUE(loaded.settings) << all_of(loaded.problems);
    ASSERT_EQ(loaded.problems.size(), 1U);
    EXPECT_TRUE(loaded.problems.front().warning);
    EXPECT_THAT(loaded.problems.front().message, HasSubstr("mode 0644"));
    EXPECT_THAT(loaded.problems.front().message, testing::Not(HasSubstr("CANARY")));
}

TEST(LoadSettings, TakesJson) {
    const SettingsFolder folder;
    const LoadedSettings loaded = load(folder, R"({"tenants": [{"name": "contoso",
        "tenant_id": "11111111-2222-3333-4444-555555555555", "client_id": "66666666-7777-8888-9999-000000000000",
        "credential": {"secret_file": "good.secret"}, "feeds": {"sign_ins": {"enabled": true}}}],
        "destinations": [{"name": "soc", "type": "webhook", "url_file": "good.url"}]})");
    EXPECT_TRUE(loaded.settings) << all_of(loaded.problems);
}

TEST(LoadSettings, NamesTheFileThatIsNotThere) {
    const LoadedSettings loaded = load_settings("/nonexistent/entrawatch.yaml");
    EXPECT_FALSE(loaded.settings);
    EXPECT_EQ(all_of(loaded.problems),
              "/nonexistent/entrawatch.yaml: cannot be read: No such file or directory\n");
}

TEST(LoadSettings, AcceptsTheExampleThatShips) {
    const SettingsFolder folder;
    for (const char* name : {"contoso.secret", "soc.url", "soc.whsec"})
        folder.write(name, text_of_file(folder.path() / ("good" + std::string{name}.substr(
                                                                      std::string_view{name}.find('.')))));
    const auto example = std::filesystem::path{ENTRAWATCH_SOURCE_DIR} / "config/entrawatch.yaml";
    const LoadedSettings loaded = load(folder, text_of_file(example));
    ASSERT_TRUE(loaded.settings) << all_of(loaded.problems);
    EXPECT_TRUE(loaded.problems.empty()) << all_of(loaded.problems);
    EXPECT_EQ(loaded.settings->tenants.front().emergency_accounts.size(), 2U);
}

TEST(LoadProxy, IsThatOfEverybodyUnlessADestinationHasItsOwn) {
    const SettingsFolder folder;
    const LoadedSettings loaded = parse_settings(R"(tenants:
  - name: contoso
    tenant_id: 11111111-2222-3333-4444-555555555555
    client_id: 66666666-7777-8888-9999-000000000000
    credential: { secret_file: good.secret }
proxy:
  url: https://proxy.example:3128
  credentials_file: proxy.credentials
  ca_file: ca.pem
  no_proxy: [near.example, 10.0.0.0/8]
heartbeat: { url_file: good.url }
destinations:
  - { name: general, type: slack, url_file: good.url }
  - { name: own, type: slack, url_file: good.url, proxy: "socks5://127.0.0.1:1080", proxy_credentials_file: proxy.credentials }
  - { name: direct, type: slack, url_file: good.url, proxy: off }
)",
                                                 folder.settings_file(), {});
    ASSERT_TRUE(loaded.settings) << (loaded.problems.empty() ? "" : loaded.problems.front().text());
    EXPECT_TRUE(loaded.problems.empty()) << loaded.problems.front().text();
    const SharedProxy& general = loaded.settings->proxy;
    ASSERT_TRUE(general);
    EXPECT_EQ(general->url.origin(), "https://proxy.example:3128");
    EXPECT_EQ(general->credentials.reveal(), "scanner:CANARY-password");
    EXPECT_EQ(general->ca_file, folder.path() / "ca.pem");
    EXPECT_TRUE(general->serves(Url::parse("https://graph.microsoft.com").value()));
    EXPECT_FALSE(general->serves(Url::parse("https://hooks.near.example").value()));
    EXPECT_FALSE(general->serves(Url::parse("https://10.1.2.3").value()));
    EXPECT_EQ(loaded.settings->tenants.front().proxy, general);
    EXPECT_EQ(loaded.settings->heartbeat->proxy, general);
    EXPECT_EQ(loaded.settings->destination("general")->proxy, general);
    const SharedProxy& own = loaded.settings->destination("own")->proxy;
    ASSERT_TRUE(own);
    EXPECT_EQ(own->url.origin(), "socks5h://127.0.0.1:1080");
    EXPECT_EQ(own->credentials.reveal(), "scanner:CANARY-password");
    EXPECT_TRUE(own->serves(Url::parse("https://10.1.2.3").value())) << "whatever no_proxy says";
    EXPECT_FALSE(loaded.settings->destination("direct")->proxy);
}

}  // namespace
}  // namespace entrawatch
