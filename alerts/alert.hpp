// Alert: a Finding the store accepted, and what it becomes for the people who must know.
//
// merge() makes one alert out of several rules that tell of one act; decide() says whether a finding opens an
// alert, is counted or raises one; the builders write the `data` object and the notification bodies of
// contract §3. Pure. Used by daemon/ingest and `alerts test`. Read next: routing.hpp, payload/native.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/context/directory.hpp"
#include "core/event/event.hpp"
#include "core/rules/finding.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

struct TenantName {
    std::string name;                                    // "contoso"
    std::string tenant_id;                               // guid
    std::string portal = "https://entra.microsoft.com";  // of the tenant's cloud, for links; empty = no links
};

// Findings of one event about one act and subject; the severest leads (ties: the first). What a filter
// suppresses and what it does not are never one.
struct MergedFinding {
    Finding lead;
    std::vector<Finding> others;
};
[[nodiscard]] std::vector<MergedFinding> merge(std::vector<Finding> findings);

// tenant id, act and subject; at most 255 bytes (PagerDuty's limit): longer ones end in a hash.
// A test alert has a key of its own, so has one of a drill: a rehearsal never swallows the real thing;
// likewise what a filter suppresses.
[[nodiscard]] std::string dedup_key(const TenantName& tenant, const Finding& finding, bool test = false,
                                    std::string_view drill = {});
// How the keys of what `filter` suppressed begin, by which the store tells them apart; empty without one.
[[nodiscard]] std::string suppressed_prefix(const RuleFilter* filter);
// Any text as such a key.
[[nodiscard]] std::string as_dedup_key(std::string key);

// The name of the filter that suppressed the alert; empty for those that are told.
[[nodiscard]] std::string filter_named_in(const AlertRow& alert);

// What to do with a finding, given the newest alert of the same key (if any).
enum class AlertDecision {
    open,   // no alert, or the last one is over: tell
    count,  // a repeat inside the window: count and time move on
    raise,  // a repeat that is severer than the alert: count, raise, tell again (alert.updated)
};
// The window slides: it reaches from `window` before the alert's first event to `window` after its last, in
// event time, so that late rows are counted too. A resolved alert is over, except for rows from between its
// first and last event: they were part of it.
[[nodiscard]] AlertDecision decide(const Finding& finding, Instant event_time,
                                   const std::optional<AlertRow>& newest);

struct AlertInput {
    const MergedFinding* finding = nullptr;
    const Event* event = nullptr;
    const Directory* directory = nullptr;  // names the ids in what was changed; may be missing
    TenantName tenant;
    std::optional<Instant> directory_read_at;
    Instant now;
    std::string alert_id;
    std::string key;
    bool test = false;
    std::string drill_id{};       // the event is part of that drill
    bool counted_before = false;  // a revision of an event that the alert has already: no repeat
};
// A new alert with its data object.
[[nodiscard]] AlertRow open_alert(const AlertInput& input);
// The same alert after one more event: count and times move (not for a revision of a counted one), the first
// 20 events are listed. `raised` tells the finding's story instead (severity, rule, summary, actor,
// target, changes, context); the rule told of before joins `context.also`.
[[nodiscard]] AlertRow counted_alert(AlertRow alert, const AlertInput& input, bool raised);

// The alert of a correlation, which was opened by the last of `count` events: lists the first 20 of `events`,
// oldest first, and counts all.
[[nodiscard]] AlertRow joined_alert(AlertRow alert, const std::vector<Store::AlertEvent>& events,
                                    std::int64_t count);

// The notification body: {"type":…,"timestamp":…,"data":…}; at most 64 KiB, shed as said in
// payload/native.hpp.
[[nodiscard]] std::string notification_body(std::string_view type, Instant now, const AlertRow& alert);

// "alrt_" + 26 characters that sort by time; `entropy` are 10 random bytes (the roof has the dice).
[[nodiscard]] std::string make_alert_id(Instant now, std::string_view entropy);
// The same for anything else that people name: "mute_…".
[[nodiscard]] std::string make_id(std::string_view prefix, Instant now, std::string_view entropy);
// "msg_" + 26 characters of sha256(alert, destination, sequence): the same after a restart or a restored
// backup.
[[nodiscard]] std::string make_webhook_id(std::string_view alert_id, std::string_view destination,
                                          int sequence);

}  // namespace entrawatch
