// load_parts: the readers of the parts of a settings file. Each takes a section that check_settings has seen,
// adds what it finds wrong with files and with what belongs together, and returns what it could make of it.
// Used by load.cpp only.
#pragma once

#include <optional>

#include "config/secret.hpp"
#include "config/settings.hpp"
#include "config/settings_check.hpp"

namespace entrawatch {

[[nodiscard]] TenantSettings read_tenant(const Section& section, const std::filesystem::path& state_directory,
                                         LoadContext& context);
// `tenants`: those of the same file.
[[nodiscard]] DestinationSettings read_destination(const Section& section,
                                                   const std::vector<TenantSettings>& tenants,
                                                   LoadContext& context);
[[nodiscard]] IngestionSettings read_ingestion(const Section& section,
                                               const std::vector<TenantSettings>& tenants,
                                               LoadContext& context);
// The chains of `escalations`, and what of them does not fit the destinations of the same file.
[[nodiscard]] std::vector<EscalationChain> read_escalations(
    const Section& root, const std::vector<DestinationSettings>& destinations, LoadContext& context);
[[nodiscard]] ReminderPolicy read_reminders(const Section& reminders);
// nullopt, and told, where a canary would come before the one before it is judged.
[[nodiscard]] std::optional<CanaryPolicy> read_canary(const Section& canary, LoadContext& context);
// The `credential` of a tenant, or of what else asks Entra for tokens.
[[nodiscard]] Credential read_credential(const Section& owner, LoadContext& context);
[[nodiscard]] std::map<FeedId, FeedSettings> read_feeds(const Section& feeds, LoadContext& context);
// nullptr where its URL is none; that has been told.
[[nodiscard]] SharedProxy read_proxy(const Section& proxy, LoadContext& context);
// What a destination is reached through. `general`: the one of the whole file.
[[nodiscard]] SharedProxy read_proxy_of(const Section& destination, const SharedProxy& general,
                                        LoadContext& context);
[[nodiscard]] EvidenceSettings read_evidence(const Section& evidence, LoadContext& context);
// nullopt where the section is missing or its secret cannot be read.
[[nodiscard]] std::optional<HeartbeatSettings> read_heartbeat(const Section& heartbeat, LoadContext& context);
[[nodiscard]] std::vector<ApiToken> read_api_tokens(const Section& root, LoadContext& context);
[[nodiscard]] RuleSettings read_rule_settings(const Section& rules, LoadContext& context);

// The file a key names, looked up as load.hpp says; nullopt when the key is missing.
[[nodiscard]] std::optional<std::filesystem::path> file_at(const Section& section, std::string_view key,
                                                           const LoadContext& context);
// As file_at, and tells a secret that stands where its file's path belongs; nullopt then, too.
[[nodiscard]] std::optional<std::filesystem::path> secret_file_at(const Section& section,
                                                                  std::string_view key, LoadContext& context);
// The secret in the file a key names; tells a missing, empty, unreadable or exposed one. nullopt when there
// is none.
[[nodiscard]] std::optional<Secret> secret_at(const Section& section, std::string_view key,
                                              LoadContext& context);
// Tells a CA file that cannot be used.
[[nodiscard]] std::optional<std::filesystem::path> ca_file_at(const Section& section, LoadContext& context);

}  // namespace entrawatch
