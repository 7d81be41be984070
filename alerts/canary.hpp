// canary: a test alert that is sent by itself, the whole way from the record to the receiver, so that a
// destination that would stay silent is known of before the night when it matters.
//
// Pure: what came of a canary is read off its deliveries. Used by daemon/canary_watch. Read next: watch.hpp,
// which tells of one that has not arrived.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/routing.hpp"
#include "core/base/time.hpp"
#include "core/store/rows.hpp"

namespace entrawatch {

struct TenantName;    // alert.hpp
struct WatchVerdict;  // watch.hpp

struct CanaryPolicy {
    Ticks interval{0};  // from one to the next
    Ticks within{0};    // how soon it must arrive
};

// What makes an alert a canary; the newest with this key is the last one.
[[nodiscard]] std::string canary_key(const TenantName& tenant);
[[nodiscard]] bool is_due(const CanaryPolicy& policy, const std::optional<AlertRow>& last, Instant now);
// Everybody who takes the tenant's alerts, however severe they must be and whoever brings them.
[[nodiscard]] std::vector<Route> canary_routes(const std::vector<Route>& routes, std::string_view tenant);

enum class CanaryFate : std::uint8_t { waiting, arrived, late };
[[nodiscard]] std::string_view name_of(CanaryFate fate);
struct CanaryOutcome {
    std::string destination;
    CanaryFate fate = CanaryFate::waiting;
};
[[nodiscard]] std::vector<CanaryOutcome> outcomes_of(const CanaryPolicy& policy, const AlertRow& canary,
                                                     std::span<const DeliveryRow> deliveries, Instant now);
// Of the subject "canary to soc"; unknown while it is waited for.
[[nodiscard]] WatchVerdict verdict_of(const CanaryOutcome& outcome, Instant sent_at);

}  // namespace entrawatch
