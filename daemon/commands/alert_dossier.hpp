// AlertDossier: everything the store holds of one alert, and how a command finds the alert that a person
// named.
//
// Used by `alerts show|explain|redeliver` and `evidence export`. Read next: alert_story.hpp.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "core/store/store.hpp"
#include "daemon/commands/find_by_id.hpp"
#include "daemon/commands/invocation.hpp"
#include "daemon/output/json_text.hpp"

namespace entrawatch {

using FoundAlert = Found<AlertRow>;
// The alert with that id, or the only one whose id begins so, among `tenants`. Errors: none, or several.
[[nodiscard]] Result<FoundAlert> find_alert(const std::vector<const TenantSettings*>& tenants,
                                            std::string_view id, bool read_only, Instant now);

struct DeliveryHistory {
    DeliveryRow delivery;
    std::vector<AttemptRow> attempts;        // oldest first
    std::optional<MuteRow> mute{};           // that holds or held it back
    std::optional<FollowUpRow> follow_up{};  // why it was told once more
};

[[nodiscard]] Result<DeliveryHistory> read_history(Store& store, DeliveryRow delivery);
[[nodiscard]] OrderedJson to_json(const DeliveryHistory& history);

struct AlertDossier {
    std::string tenant;
    AlertRow alert;
    OrderedJson data;                       // the alert's data object; null when it cannot be read
    std::vector<Store::AlertEvent> events;  // oldest first
    std::vector<DeliveryHistory> deliveries;
};
inline constexpr int most_dossier_events = 1000;

// `most_events`: further ones are left out of `events`.
[[nodiscard]] Result<AlertDossier> read_dossier(const std::string& tenant, Store& store, AlertRow alert,
                                                int most_events = most_dossier_events);

// Everything in it, under the names of the stable views.
[[nodiscard]] OrderedJson to_json(const AlertDossier& dossier);

// Which alerts a command is about, as typed.
struct AlertSelection {
    std::filesystem::path config;
    std::string tenant;
    std::vector<std::string> ids;
};
// Finds each alert, hands its dossier to `print` in the order typed, complains about the others; the exit
// code.
int for_each_dossier(const AlertSelection& selection, const Invocation& invocation,
                     const std::function<void(const AlertDossier&)>& print);
// As one JSON array.
int print_dossiers_as_json(const AlertSelection& selection, const Invocation& invocation);

}  // namespace entrawatch
