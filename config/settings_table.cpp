#include "config/settings_table.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace entrawatch {
namespace {

using T = SettingType;

// clang-format off
constexpr std::array table{
    // path, type, default, limits, later, only for, required, sentence
    Setting{"state_directory", T::file, "/var/lib/entrawatch", "", "", "", false, "Folder of the databases, one per tenant: `<tenant>.db`. Created with mode 0700 by `run`."},
    Setting{"listen", T::address, "127.0.0.1:9464", "", "", "", false, "Address and port of `/healthz`, `/readyz`, `/metrics` and `/api/v1`; port 0 takes any free one; `off` disables."},
    Setting{"api_tokens_file", T::file, "", "", "", "", false, "Who may ask `/api/v1`, one `NAME TOKEN` a line. Without a token only the daemon's own user and root are answered, on this machine."},
    Setting{"tenants", T::list, "", "", "", "", true, "The tenants to watch; at least one."},
    Setting{"tenants[].name", T::name, "", "", "", "", true, "Short name, used in alerts, commands and the database's file name."},
    Setting{"tenants[].tenant_id", T::guid, "", "", "", "", true, "Directory (tenant) id."},
    Setting{"tenants[].client_id", T::guid, "", "", "", "", true, "Application (client) id of the app registration that reads the logs."},
    Setting{"tenants[].cloud", T::choice, "global", "global|us-gov|us-dod|china|custom", "", "", false, "Which Microsoft cloud the tenant lives in; `custom` takes both URLs below."},
    Setting{"tenants[].login_url", T::origin, "", "", "", "", false, "Where tokens are fetched; only with `cloud: custom`."},
    Setting{"tenants[].graph_url", T::origin, "", "", "", "", false, "Where Microsoft Graph answers; only with `cloud: custom`."},
    Setting{"tenants[].ca_file", T::file, "", "", "", "", false, "Certificates in PEM form to trust as well as the system's."},
    Setting{"tenants[].credential", T::map, "", "", "", "", true, "How the app proves itself; exactly one kind."},
    Setting{"tenants[].credential.secret_file", T::file, "", "", "", "", false, "File that holds the client secret."},
    Setting{"tenants[].credential.certificate_file", T::file, "", "", "", "", false, "Certificate of the app in PEM form; with `key_file`."},
    Setting{"tenants[].credential.key_file", T::file, "", "", "", "", false, "File that holds the certificate's private key: RSA, PEM, without a password."},
    Setting{"tenants[].credential.federated_token_file", T::file, "", "", "", "", false, "File that holds the token of a workload identity; whoever issues it renews it there."},
    Setting{"tenants[].credential.managed_identity", T::map, "", "", "", "", false, "The identity of the Azure machine; `{}` for the system-assigned or only one."},
    Setting{"tenants[].credential.managed_identity.client_id", T::guid, "", "", "", "", false, "Client id of a user-assigned identity."},
    Setting{"tenants[].credential.managed_identity.object_id", T::guid, "", "", "", "", false, "Its object (principal) id, instead."},
    Setting{"tenants[].credential.managed_identity.resource_id", T::text, "", "", "", "", false, "Its resource id, instead: `/subscriptions/…/userAssignedIdentities/NAME`."},
    Setting{"tenants[].emergency_accounts", T::list, "", "", "", "", false, "The emergency access accounts; every sign-in and change of theirs alerts."},
    Setting{"tenants[].emergency_accounts[].object_id", T::guid, "", "", "", "", true, "Object id of the account; it decides."},
    Setting{"tenants[].emergency_accounts[].name", T::text, "", "", "", "", false, "User principal name, for people and for rows without an id."},
    Setting{"tenants[].feeds", T::map, "", "", "", "", false, "Feeds to leave out or narrow; every feed is on by default."},
    Setting{"tenants[].feeds.sign_ins", T::map, "", "", "", "", false, "The four sign-in feeds together."},
    Setting{"tenants[].feeds.sign_ins.enabled", T::flag, "true", "", "", "", false, "Whether sign-ins are read."},
    Setting{"tenants[].feeds.sign_ins.scope", T::choice, "all", "all|scenario", "", "", false, "Keep all sign-ins, or only those that a rule tells of; the others are read, judged and not stored."},
    Setting{"tenants[].feeds.sign_ins.retention", T::duration, "", "1d..3650d", "", "", false, "How long sign-ins are kept, where it is not as long as all others."},
    Setting{"tenants[].feeds.directory_audits", T::map, "", "", "", "", false, "Changes to the directory."},
    Setting{"tenants[].feeds.directory_audits.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.directory_audits.retention", T::duration, "", "1d..3650d", "", "", false, "How long its events are kept, where it is not as long as all others."},
    Setting{"tenants[].feeds.sign_ins_interactive", T::map, "", "", "", "", false, "Sign-ins by people."},
    Setting{"tenants[].feeds.sign_ins_interactive.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.sign_ins_interactive.retention", T::duration, "", "1d..3650d", "", "", false, "How long its events are kept, where it is not as long as all others."},
    Setting{"tenants[].feeds.sign_ins_non_interactive", T::map, "", "", "", "", false, "Sign-ins by clients for people."},
    Setting{"tenants[].feeds.sign_ins_non_interactive.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.sign_ins_non_interactive.retention", T::duration, "", "1d..3650d", "", "", false, "How long its events are kept, where it is not as long as all others."},
    Setting{"tenants[].feeds.sign_ins_service_principal", T::map, "", "", "", "", false, "Sign-ins by applications."},
    Setting{"tenants[].feeds.sign_ins_service_principal.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.sign_ins_service_principal.retention", T::duration, "", "1d..3650d", "", "", false, "How long its events are kept, where it is not as long as all others."},
    Setting{"tenants[].feeds.sign_ins_managed_identity", T::map, "", "", "", "", false, "Sign-ins by managed identities."},
    Setting{"tenants[].feeds.sign_ins_managed_identity.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.sign_ins_managed_identity.retention", T::duration, "", "1d..3650d", "", "", false, "How long its events are kept, where it is not as long as all others."},
    Setting{"tenants[].feeds.risk_detections", T::map, "", "", "", "", false, "Risks that Microsoft detected on users."},
    Setting{"tenants[].feeds.risk_detections.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.risk_detections.retention", T::duration, "", "1d..3650d", "", "", false, "How long its events are kept, where it is not as long as all others."},
    Setting{"tenants[].feeds.service_principal_risk_detections", T::map, "", "", "", "", false, "Risks that Microsoft detected on applications."},
    Setting{"tenants[].feeds.service_principal_risk_detections.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.service_principal_risk_detections.retention", T::duration, "", "1d..3650d", "", "", false, "How long its events are kept, where it is not as long as all others."},
    Setting{"tenants[].feeds.provisioning", T::map, "", "", "", "", false, "What provisioning jobs did to accounts and groups."},
    Setting{"tenants[].feeds.provisioning.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.provisioning.retention", T::duration, "", "1d..3650d", "", "", false, "How long its events are kept, where it is not as long as all others."},
    Setting{"tenants[].feeds.risky_users", T::map, "", "", "", "", false, "Users at risk."},
    Setting{"tenants[].feeds.risky_users.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.risky_service_principals", T::map, "", "", "", "", false, "Applications at risk."},
    Setting{"tenants[].feeds.risky_service_principals.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.security_alerts", T::map, "", "", "", "", false, "Alerts of Microsoft's security products."},
    Setting{"tenants[].feeds.security_alerts.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.security_alerts.retention", T::duration, "", "1d..3650d", "", "", false, "How long its events are kept, where it is not as long as all others."},
    Setting{"tenants[].feeds.pim_alerts", T::map, "", "", "", "", false, "Alerts of Privileged Identity Management."},
    Setting{"tenants[].feeds.pim_alerts.enabled", T::flag, "true", "", "", "", false, "Whether the feed is read."},
    Setting{"tenants[].feeds.posture", T::map, "", "", "", "", false, "Records that are derived from the state of the directory."},
    Setting{"tenants[].feeds.posture.enabled", T::flag, "true", "", "", "", false, "Whether the state of the directory is judged."},
    Setting{"tenants[].poll_interval", T::duration, "60s", "5s..1h", "", "", false, "How often the newest rows are asked for."},
    Setting{"tenants[].backfill", T::duration, "30d", "1m..400d", "", "", false, "How far back the first run reads; Graph keeps less of some feeds."},
    Setting{"tenants[].retention", T::duration, "400d", "1d..3650d", "", "", false, "How long events are kept, by their time. What a hold keeps, what an open alert rests on and what stands in feeds that list how things stand stays."},
    Setting{"tenants[].max_size", T::size, "", "64MB..100TB", "", "", false, "How large the database may grow before its oldest events are pruned whatever their age; without it nothing is."},
    Setting{"destinations", T::list, "", "", "", "", false, "Who is told; without any, alerts are stored only."},
    Setting{"destinations[].name", T::name, "", "", "", "", true, "Short name, used in commands and receipts."},
    Setting{"destinations[].type", T::choice, "", "webhook|file|slack|teams|pagerduty|opsgenie|discord|mattermost|servicenow|alertmanager|splunk_hec|syslog|sentinel", "", "", true, "What kind of receiver it is."},
    Setting{"destinations[].url_file", T::file, "", "", "", "webhook|slack|teams|discord|mattermost", false, "File that holds the URL: https, or http to a loopback address."},
    Setting{"destinations[].url", T::url, "", "", "", "webhook|slack|teams|pagerduty|opsgenie|discord|mattermost|servicenow|alertmanager|splunk_hec|sentinel", false, "The URL itself, where it is no secret; instead of `url_file`. Of a service with an API of its own where it stands (`https://alertmanager.example:9093`): the path is added; `pagerduty` and `opsgenie` have a default."},
    Setting{"destinations[].signing_secret_file", T::file, "", "", "", "webhook", false, "File of one to three `whsec_…` secrets, one a line, newest first; each of them signs."},
    Setting{"destinations[].format", T::choice, "native", "native|ocsf|ecs|cloudevents", "", "webhook", false, "Form of the body."},
    Setting{"destinations[].routing_key_file", T::file, "", "", "", "pagerduty", false, "File that holds the integration key of the service (Events API v2)."},
    Setting{"destinations[].api_key_file", T::file, "", "", "", "opsgenie", false, "File that holds the API key of the integration, also Jira Service Management's."},
    Setting{"destinations[].username", T::text, "", "", "", "servicenow", false, "Account that writes there."},
    Setting{"destinations[].password_file", T::file, "", "", "", "servicenow", false, "File that holds its password."},
    Setting{"destinations[].records", T::choice, "events", "events|incidents", "", "servicenow", false, "What is made: events of Event Management, or rows of the incident table."},
    Setting{"destinations[].token_file", T::file, "", "", "", "splunk_hec", false, "File that holds the collector's token."},
    Setting{"destinations[].acknowledge", T::flag, "", "", "*", "splunk_hec", false, "Wait for the indexer."},
    Setting{"destinations[].address", T::peer, "", "", "", "syslog", false, "Where syslog is taken over TLS; `tcp://` to a loopback address only."},
    Setting{"destinations[].facility", T::choice, "authpriv", "authpriv|audit|local0|local1|local2|local3|local4|local5|local6|local7", "", "syslog", false, "Facility of the messages; `audit` is 13."},
    Setting{"destinations[].dcr_id", T::text, "", "", "", "sentinel", false, "Immutable id of the data collection rule: `dcr-…`."},
    Setting{"destinations[].stream", T::text, "", "", "", "sentinel", false, "Stream of the rule: `Custom-…`."},
    Setting{"destinations[].credential", T::map, "", "", "", "sentinel", false, "How the application that writes there proves itself, as for a tenant."},
    Setting{"destinations[].credential.secret_file", T::file, "", "", "", "", false, "File that holds the client secret."},
    Setting{"destinations[].credential.certificate_file", T::file, "", "", "", "", false, "Certificate of the app in PEM form; with `key_file`."},
    Setting{"destinations[].credential.key_file", T::file, "", "", "", "", false, "File that holds the certificate's private key: RSA, PEM, without a password."},
    Setting{"destinations[].credential.federated_token_file", T::file, "", "", "", "", false, "File that holds the token of a workload identity; whoever issues it renews it there."},
    Setting{"destinations[].credential.managed_identity", T::map, "", "", "", "", false, "The identity of the Azure machine; `{}` for the system-assigned or only one."},
    Setting{"destinations[].credential.managed_identity.client_id", T::guid, "", "", "", "", false, "Client id of a user-assigned identity."},
    Setting{"destinations[].credential.managed_identity.object_id", T::guid, "", "", "", "", false, "Its object (principal) id, instead."},
    Setting{"destinations[].credential.managed_identity.resource_id", T::text, "", "", "", "", false, "Its resource id, instead: `/subscriptions/…/userAssignedIdentities/NAME`."},
    Setting{"destinations[].tenant_id", T::guid, "", "", "", "sentinel", false, "Tenant of that application; with `client_id`. The tenant that is watched when left out."},
    Setting{"destinations[].client_id", T::guid, "", "", "", "sentinel", false, "Application (client) id. The application that reads the logs when left out."},
    Setting{"destinations[].ca_file", T::file, "", "", "", "webhook|slack|teams|pagerduty|opsgenie|discord|mattermost|servicenow|alertmanager|splunk_hec|syslog|sentinel", false, "Certificates in PEM form to trust as well as the system's."},
    Setting{"destinations[].client_certificate_file", T::file, "", "", "", "webhook|slack|teams|pagerduty|opsgenie|discord|mattermost|servicenow|alertmanager|splunk_hec|syslog|sentinel", false, "Certificate chain in PEM form, for receivers that ask who we are (mutual TLS)."},
    Setting{"destinations[].client_key_file", T::file, "", "", "", "webhook|slack|teams|pagerduty|opsgenie|discord|mattermost|servicenow|alertmanager|splunk_hec|syslog|sentinel", false, "File that holds the private key of that certificate, in PEM form without a passphrase."},
    Setting{"destinations[].path", T::file, "", "", "", "file", false, "File that gets one JSON line per notification."},
    Setting{"destinations[].minimum_severity", T::choice, "informational", "informational|low|medium|high|critical", "", "", false, "The least severity that is told here."},
    Setting{"destinations[].tenants", T::texts, "", "", "", "", false, "Names of the tenants whose alerts go here; all when left out."},
    Setting{"destinations[].escalations_only", T::flag, "false", "", "", "", false, "Tell it nothing but what a chain of `escalations` brings here."},
    Setting{"destinations[].pin_sha256", T::text, "", "", "*", "", false, "Pinned public key."},
    Setting{"destinations[].proxy", T::own_proxy, "", "", "", "webhook|slack|teams|pagerduty|opsgenie|discord|mattermost|servicenow|alertmanager|splunk_hec|syslog|sentinel", false, "A proxy for this destination alone, whatever `no_proxy` says; `off`: none. The one of `proxy:` when left out."},
    Setting{"destinations[].proxy_credentials_file", T::file, "", "", "", "webhook|slack|teams|pagerduty|opsgenie|discord|mattermost|servicenow|alertmanager|splunk_hec|syslog|sentinel", false, "File that holds the `USER:PASSWORD` of that proxy."},
    Setting{"destinations[].allow_networks", T::texts, "", "", "*", "", false, "Internal networks that may be sent to."},
    Setting{"escalations", T::list, "", "", "", "", false, "Chains of destinations: an alert goes to the next one when the one before takes nothing or nobody acknowledges."},
    Setting{"escalations[].destinations", T::texts, "", "", "", "", true, "Names of two to five destinations, in the order they are told. The first is told by itself."},
    Setting{"escalations[].minimum_severity", T::choice, "high", "informational|low|medium|high|critical", "", "", false, "The least severity that goes along the chain."},
    Setting{"escalations[].undelivered_after", T::duration, "5m", "1m..24h", "", "", false, "How long a destination may take nothing of the alert."},
    Setting{"escalations[].unacknowledged_after", T::duration, "15m", "1m..24h", "", "", false, "How long after a destination was told somebody may take to acknowledge."},
    Setting{"escalations[].tenants", T::texts, "", "", "", "", false, "Names of the tenants whose alerts go along the chain; all when left out."},
    Setting{"reminders", T::map, "", "", "", "", false, "An alert that nobody acknowledges is told again to those who heard of it."},
    Setting{"reminders.interval", T::duration, "30m", "5m..24h", "", "", false, "How long after it was told, and from one reminder to the next."},
    Setting{"reminders.most", T::number, "3", "1..20", "", "", false, "How many reminders there are of one alert."},
    Setting{"reminders.minimum_severity", T::choice, "high", "informational|low|medium|high|critical", "", "", false, "The least severity that is reminded of."},
    Setting{"canary", T::map, "", "", "", "", false, "A test alert that is sent by itself, the whole way, to every destination."},
    Setting{"canary.interval", T::duration, "7d", "1h..31d", "", "", false, "From one to the next."},
    Setting{"canary.within", T::duration, "15m", "1m..24h", "", "", false, "How soon it must arrive; a destination where it does not is told of as `watch.degraded`."},
    Setting{"proxy", T::map, "", "", "", "", false, "The proxy through which tokens, Graph, destinations and the heartbeat are reached. Without it they are reached directly: `HTTPS_PROXY` and its kin are not read."},
    Setting{"proxy.url", T::proxy, "", "", "", "", true, "`http://`, `https://` (TLS to the proxy) or `socks5h://`, host and port. No user name here."},
    Setting{"proxy.credentials_file", T::file, "", "", "", "", false, "File that holds `USER:PASSWORD` for the proxy, on one line."},
    Setting{"proxy.no_proxy", T::texts, "", "", "", "", false, "Who is reached directly: names with all below them (`contoso.example`), suffixes (`.contoso.example`), addresses, networks (`10.0.0.0/8`)."},
    Setting{"proxy.ca_file", T::file, "", "", "", "", false, "Certificates in PEM form that an `https://` proxy may show, as well as the system's."},
    Setting{"evidence", T::map, "", "", "", "", false, "The evidence chain, which `verify` checks."},
    Setting{"evidence.signing_key_file", T::file, "", "", "", "", false, "File that holds the Ed25519 private key (PEM) that signs the chain. Without it a key is made in the state directory: `evidence.key`."},
    Setting{"evidence.head_destinations", T::texts, "", "", "", "", false, "Names of destinations that the head of each chain is sent to, so that a database that was put back or cut off is seen elsewhere: `verify --head`."},
    Setting{"evidence.head_interval", T::duration, "1d", "5m..31d", "", "", false, "How often it is sent."},
    Setting{"heartbeat", T::map, "", "", "", "", false, "A dead man's switch (healthchecks.io and its kin) that raises the alarm when Entrawatch falls silent."},
    Setting{"heartbeat.url_file", T::file, "", "", "", "", true, "File that holds its URL, which is a secret. `/fail` is added when the watch does not do its work."},
    Setting{"heartbeat.interval", T::duration, "60s", "10s..1h", "", "", false, "How often it is told."},
    Setting{"heartbeat.ca_file", T::file, "", "", "", "", false, "A CA certificate that is trusted as well."},
    Setting{"rules", T::map, "", "", "", "", false, "Rules beside the built-in ones."},
    Setting{"rules.directories", T::texts, "", "", "", "", false, "Folders of your own rules; the same id replaces a built-in rule."},
    Setting{"rules.disable", T::texts, "", "", "", "", false, "Ids or names of rules that are not to run."},
    Setting{"rules.lists", T::lists, "", "", "", "", false, "Values for `expand` in rules: `%name%` becomes the list of that name."},
};
// clang-format on

}  // namespace

std::string_view words_for(SettingType type) {
    switch (type) {
        case T::map:
            return "a map of settings";
        case T::list:
            return "a list of maps";
        case T::texts:
            return "a list of texts";
        case T::lists:
            return "a map of lists of texts";
        case T::text:
            return "a text";
        case T::flag:
            return "true or false";
        case T::name:
            return "a name of 1 to 32 of a-z, 0-9 and -";
        case T::guid:
            return "a GUID such as 11111111-2222-3333-4444-555555555555";
        case T::duration:
            return "a duration such as 90s, 15m, 2h or 30d";
        case T::size:
            return "a size such as 500MB or 20GB";
        case T::number:
            return "a whole number";
        case T::choice:
            return "one of the listed words";
        case T::origin:
            return "scheme, host and port only, such as https://127.0.0.1:8443";
        case T::url:
            return "an https URL";
        case T::file:
            return "a path";
        case T::address:
            return "an address and port such as 127.0.0.1:9464, or off";
        case T::peer:
            return "tls://host:port";
        case T::proxy:
            return "a proxy such as http://proxy.example:3128";
        case T::own_proxy:
            return "a proxy such as http://proxy.example:3128, or off";
    }
    return "a text";
}

std::span<const Setting> all_settings() {
    return table;
}

const Setting* find_setting(std::string_view path) {
    const auto* row =
        std::find_if(table.begin(), table.end(), [&](const Setting& one) { return one.path == path; });
    return row == table.end() ? nullptr : row;
}

const Setting* find_setting(std::string_view section, std::string_view key) {
    // A dot in a key must not reach into another section.
    if (key.find_first_of(".[") != std::string_view::npos) return nullptr;
    return find_setting(section.empty() ? std::string{key} : std::string{section} + "." + std::string{key});
}

std::vector<std::string_view> keys_of(std::string_view section) {
    std::vector<std::string_view> keys;
    for (const Setting& setting : table) {
        std::string_view rest = setting.path;
        if (!section.empty()) {
            if (rest.size() <= section.size() || rest.substr(0, section.size()) != section ||
                rest[section.size()] != '.')
                continue;
            rest.remove_prefix(section.size() + 1);
        }
        if (rest.find_first_of(".[") == std::string_view::npos) keys.push_back(rest);
    }
    return keys;
}

bool is_of_type(const Setting& setting, std::string_view type) {
    const auto types = split_choices(setting.only_for);
    return types.empty() || std::find(types.begin(), types.end(), type) != types.end();
}

std::vector<std::string_view> split_choices(std::string_view choices) {
    std::vector<std::string_view> out;
    while (!choices.empty()) {
        const auto bar = choices.find('|');
        out.push_back(choices.substr(0, bar));
        choices.remove_prefix(bar == std::string_view::npos ? choices.size() : bar + 1);
    }
    return out;
}

}  // namespace entrawatch
