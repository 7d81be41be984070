// Feed: where a stream of Graph records is read, how it is asked for, and what it needs.
//
// One table for all; used by the sweep planner, the Graph client, `check` and the store. Adding a feed adds a
// row here and a normaliser. Facts and their sources are in feed.cpp beside each row. Read next:
// sweep_plan.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace entrawatch {

// The numbers are stored in databases: never change or reuse one.
enum class FeedId : std::uint8_t {
    directory_audits = 1,
    sign_ins_interactive = 2,
    sign_ins_non_interactive = 3,
    sign_ins_service_principal = 4,
    sign_ins_managed_identity = 5,
    risk_detections = 6,
    service_principal_risk_detections = 7,
    provisioning = 8,
    risky_users = 9,
    risky_service_principals = 10,
    security_alerts = 11,
    pim_alerts = 12,
    posture = 13,
};

// Where the tenant lives. Tokens of one are worth nothing in another. `custom` has addresses of its own, and
// every feed is tried there.
enum class Cloud : std::uint8_t { global, us_gov, us_dod, china, custom };

// Requests of one group share Microsoft's limit, and therefore one limiter.
enum class BudgetGroup : std::uint8_t { reports, identity_protection, directory, security };

// What the records of a feed look like; several feeds may share a kind.
enum class RecordKind : std::uint8_t {
    directory_audit,
    sign_in,
    risk_detection,
    service_principal_risk_detection,
    risky_user,
    risky_service_principal,
    security_alert,
    provisioning,
    pim_alert
};

struct Feed {
    FeedId id;
    std::string_view name;  // as in settings, columns and messages
    RecordKind kind;
    std::string_view path;          // below the Graph root, with the version: "/beta/auditLogs/signIns";
                                    // empty: not polled but derived, see context/posture.hpp
    std::string_view event_time;    // the property that is the event's time
    std::string_view window_time;   // the property that hot, warm and cold windows filter by; empty: the
                                    // feed cannot be asked by time, see is_snapshot()
    std::string_view deep_time;     // the property the deep sweep filters by
    std::string_view extra_filter;  // ANDed to the time filter, or empty
    int page_size;                  // $top; 0 = leave it out
    BudgetGroup budget;
    bool changes_later;             // records are mutable: dedupe key is (feed, id), whatever their day
    Ticks retention;                // how far back Graph keeps rows with the usual licence
    Ticks hot_overlap;              // length of the hot window
    std::chrono::seconds patience;  // read timeout of one request
    std::string_view permission;    // least application permissions, blank-separated
    std::string_view licence;       // for people
    bool sorts = false;             // $orderby by the event's time is dependable
    bool strict_bounds = false;     // takes `gt` and `lt` only, not `ge` and `le`
    // Its records say how things stand with somebody or something and are revised as that changes; those of
    // other feeds say what happened.
    bool says_how_things_stand = false;
    std::span<const Cloud> lacking_in{};  // clouds that do not have it
};

// Lists how things stand, and cannot be asked by time: one reading shows all of it.
[[nodiscard]] bool is_snapshot(const Feed& feed);
// Why the feed is not even tried in that cloud, in a sentence; empty where the cloud has it.
[[nodiscard]] std::string missing_in(const Feed& feed, Cloud cloud);
[[nodiscard]] std::string_view name_of(Cloud cloud);  // as in settings: "us-gov"

[[nodiscard]] std::span<const Feed> all_feeds();
// Those that are read from Graph in windows: all but `posture`.
[[nodiscard]] std::span<const Feed> polled_feeds();
[[nodiscard]] const Feed& feed_of(FeedId id);
// nullptr when no feed has the name.
[[nodiscard]] const Feed* find_feed(std::string_view name);
[[nodiscard]] std::optional<FeedId> feed_id_of(std::int64_t stored);

// The request target (path and query, percent-encoded) of a window's first page. Without a `time_property`
// the span is not asked for.
[[nodiscard]] std::string first_page_target(const Feed& feed, std::string_view time_property, Span span);

}  // namespace entrawatch
