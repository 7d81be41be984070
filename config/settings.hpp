// Settings: everything the program was told, checked. Only load_settings() can build one, so nothing
// unchecked reaches a constructor.
//
// Names as in contract §2 and config/entrawatch.yaml. Read next: load.hpp.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "alerts/canary.hpp"
#include "alerts/escalation.hpp"
#include "alerts/receiver.hpp"
#include "alerts/reminder.hpp"
#include "alerts/routing.hpp"
#include "alerts/signature.hpp"
#include "config/credential.hpp"
#include "config/proxy.hpp"
#include "config/secret.hpp"
#include "core/base/digest.hpp"
#include "core/base/ed25519.hpp"
#include "core/base/time.hpp"
#include "core/context/directory.hpp"
#include "core/feed/feed.hpp"
#include "core/rules/severity.hpp"

namespace entrawatch {

struct FeedSettings {
    bool enabled = true;
    bool scenario_only = false;        // sign_ins.scope: records that no rule asks for are read and not kept
    std::optional<Ticks> retention{};  // nullopt: the tenant's
};

struct TenantSettings {
    std::string name;
    std::string tenant_id;
    std::string client_id;
    Cloud cloud = Cloud::global;
    std::string login_url;  // filled in for every cloud, without a trailing slash
    std::string graph_url;
    std::string portal_url;  // the Entra portal of the cloud, for links; empty = not known
    std::optional<std::filesystem::path> ca_file;
    SharedProxy proxy;  // of the whole file
    Credential credential;
    std::vector<EmergencyAccount> emergency_accounts;
    std::map<FeedId, FeedSettings> feeds;  // every feed, also those left at their default
    Ticks poll_interval = std::chrono::seconds{60};
    Ticks backfill = std::chrono::hours{24 * 30};
    Ticks retention = std::chrono::hours{24 * 400};
    std::optional<std::int64_t> max_size{};  // octets of the database
    std::filesystem::path database;          // <state_directory>/<name>.db

    [[nodiscard]] std::set<FeedId> scenario_only_feeds() const;
    [[nodiscard]] Application application() const {
        return {name, login_url, tenant_id, client_id, credential};
    }
};

// Azure Monitor's Logs Ingestion API.
struct IngestionSettings {
    std::string dcr_id;
    std::string stream;
    Application application;
    std::string resource;  // what a token is asked for
};

struct DestinationSettings {
    std::string name;
    DestinationType type = DestinationType::webhook;
    Secret url;  // of a webhook or chat service the whole URL is a secret; syslog: address
    std::filesystem::path url_file;  // where it came from, to be read again; empty when given as `url`
    std::filesystem::path signing_secret_file;
    std::vector<SigningKey> signing_keys;
    BodyFormat format = BodyFormat::native;
    std::string username;            // servicenow
    Secret key;                      // routing key, API key, password or token, by type
    std::filesystem::path key_file;  // where it came from
    ServiceNowRecords records = ServiceNowRecords::events;
    SyslogFacility facility = SyslogFacility::authpriv;
    IngestionSettings ingestion;  // sentinel
    std::filesystem::path path;   // file
    std::optional<std::filesystem::path> ca_file;
    std::optional<std::filesystem::path> client_certificate_file;  // both or none
    std::optional<std::filesystem::path> client_key_file;
    SharedProxy proxy;  // its own, or that of the whole file
    Severity minimum_severity = Severity::informational;
    std::vector<std::string> tenants;
    bool escalations_only = false;  // told nothing but what a chain brings

    // For the builders; points into these settings.
    [[nodiscard]] Receiver receiver() const {
        return {type,     format, records, username,         key.reveal(),
                facility, {},     {},      ingestion.dcr_id, ingestion.stream};
    }
};

struct RuleSettings {
    std::vector<std::filesystem::path> directories;
    std::vector<std::string> disable;
    std::map<std::string, std::vector<std::string>> lists;  // for Sigma's expand: name -> values
};

struct EvidenceSettings {
    std::filesystem::path signing_key_file;  // empty: a key of our own, in the state directory
    std::optional<Ed25519Key> signing_key;
    std::vector<std::string> head_destinations;  // who is sent the head of the chain; empty: nobody
    Ticks head_interval{0};
};

// Who may ask /api/v1 from elsewhere. The token itself is not kept.
struct ApiToken {
    std::string name;
    Sha256 digest{};
};

// A dead man's switch elsewhere, to be told that the watch does its work.
struct HeartbeatSettings {
    Secret url;  // the whole of it is a secret
    Ticks interval{0};
    std::optional<std::filesystem::path> ca_file;
    SharedProxy proxy{};
};

class Settings {
  public:
    std::filesystem::path file;
    std::string text;  // what the file says and leaves out, without secrets: see configuration_texts.hpp
    std::filesystem::path state_directory;
    std::string listen_host = "127.0.0.1";
    int listen_port = 9464;  // -1 = off
    std::vector<ApiToken> api_tokens;
    std::vector<TenantSettings> tenants;
    std::vector<DestinationSettings> destinations;
    std::vector<EscalationChain> escalations;
    std::optional<ReminderPolicy> reminders;
    std::optional<CanaryPolicy> canary;
    SharedProxy proxy;
    EvidenceSettings evidence;
    std::optional<HeartbeatSettings> heartbeat;
    RuleSettings rules;

    [[nodiscard]] const TenantSettings* tenant(std::string_view name) const;
    [[nodiscard]] const DestinationSettings* destination(std::string_view name) const;
    [[nodiscard]] std::vector<Route> routes() const;

  private:
    Settings() = default;
    friend class SettingsBuilder;
};

}  // namespace entrawatch
