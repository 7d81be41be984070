// rows: what the store keeps and gives back, as plain values.
//
// Written and read by the operations of store.hpp; decided about by alerts, which need no database for it.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/time.hpp"
#include "core/feed/feed.hpp"
#include "core/feed/sweep_plan.hpp"
#include "core/rules/severity.hpp"

namespace entrawatch {

enum class PutKind { fresh, duplicate, revised };
struct PutResult {
    PutKind kind = PutKind::fresh;
    std::int64_t event = 0;  // the row other rows refer to
    int revision = 1;
};

struct PastRevision {
    int revision = 0;
    std::optional<Instant> updated{};  // as Microsoft says
    Instant received_at;
    std::string raw;
};

struct WindowProgress {  // what one page added
    int pages = 0;
    std::int64_t rows = 0, fresh = 0, revised = 0, rejected = 0;
    Ticks worst_lateness{0};  // received minus event time of fresh rows
};

struct WindowRow {
    std::int64_t id = 0;
    FeedId feed = FeedId::directory_audits;
    WindowPlan plan;
    std::string time_property;
    Instant opened_at;
    std::optional<Instant> completed_at;
    WindowProgress progress;
    std::string state;   // open | complete | abandoned
    std::string reason;  // why abandoned
};

struct FeedState {
    std::string state = "starting";  // starting | running | parked | failing
    std::string reason;
    std::optional<Instant> since, next_probe_at, last_answer_at;
};

struct AlertRow {
    std::string id;  // "alrt_…"
    std::string dedup_key;
    std::string rule_id, rule_name, title, scenario;
    Severity severity = Severity::medium;
    std::string summary;
    std::string state = "open";  // open | acknowledged | resolved
    Instant opened_at, first_event_at, last_event_at;
    std::int64_t count = 1;
    bool test = false;
    bool unsilenceable = false;   // no mute hides it
    std::int64_t told_count = 0;  // how much of `count` was told
    Instant told_at{};            // and when
    std::string data;             // the `data` object of the webhook body, canonical JSON
    Ticks window{0};              // how long after last_event_at a repeat is counted
    std::string suppressed_by{};  // id of the filter that excepted it; its key begins with it
};

// What one filter hid of one rule.
struct SuppressedRow {
    std::string filter;  // id
    std::string rule;    // name
    std::int64_t alerts = 0, events = 0;
    Instant last_event_at{};
};

struct NotificationRow {
    std::int64_t id = 0;
    std::string alert_id{};
    int sequence = 1;    // per alert
    std::string type{};  // alert.opened | alert.updated | …
    std::string body{};  // the whole canonical JSON body
    Instant created_at{};
    Severity severity = Severity::medium;
};

struct DeliveryRow {
    std::int64_t id = 0;
    std::int64_t notification = 0;
    std::string destination;
    std::string webhook_id;  // "msg_…", the same on every attempt
    std::string state;       // due | leased | delivered | dead | purged | muted | superseded | digested
    int attempts = 0;
    Instant created_at, due_at;  // created_at: when it was promised, or promised again by redeliver()
    std::optional<Instant> lease_until;
    // of the notification, for the worker
    std::string alert_id, type, body;
    Severity severity = Severity::medium;
    std::string last_answer;
    std::string muted_by;               // id of the mute that holds or held it back
    std::string told_in;                // webhook id of the message that told of it in its stead
    std::vector<std::string> merged{};  // types of earlier notifications that this one tells as well
};

// What is not to be told for a while. An empty matcher matches everything; at least one is set.
struct MuteRow {
    std::int64_t number = 0;  // assigned by insert_mute()
    std::string id{};         // "mute_…"
    std::string rule{};       // id or name
    std::string scenario{};
    std::optional<Severity> severity_at_most{};
    std::string actor{}, target{};  // an id, or the principal name of a user
    std::string destination{};
    std::string author{}, reason{};
    Instant created_at{}, starts_at{}, ends_at{};
    std::optional<Instant> removed_at{};  // ended before its time
    std::string removed_by{}, removed_because{};
    std::optional<Instant> reported_at{};  // what it hid was reported
    std::int64_t hidden = 0;               // deliveries it held back
};

// An emergency account is tried; announced before.
struct DrillRow {
    std::int64_t number = 0;  // assigned by insert_drill()
    std::string id{};         // "drill_…"
    std::string account{};    // object id, lower case
    std::string account_name{};
    std::string author{}, reason{};
    Instant created_at{}, starts_at{}, ends_at{};
    std::optional<Instant> cancelled_at{};  // ended before its time
    std::string cancelled_by{}, cancelled_because{};
    std::optional<Instant> judged_at{};  // whether its alert came has been looked at
};

// An alert was told once more without a new event: a step along a chain of destinations, or a reminder.
struct FollowUpRow {
    std::string alert_id{};
    std::string kind{};                            // escalation | reminder
    int step = 1;                                  // in the chain, or which reminder: from 1
    std::string from_destination, to_destination;  // of an escalation
    std::string reason{};                          // unacknowledged | undelivered | dead
    Ticks waited{0};                               // since it was told before
    Instant at{};
    std::int64_t notification = 0;
};

// Which alerts may be due for one.
struct FollowUpFilter {
    std::string kind{};
    Span opened{};  // both ends inside; those that had one after the end are left out
    Severity minimum = Severity::informational;
    std::string first{}, last{};                 // of a chain: who was told, who was not
    int most = std::numeric_limits<int>::max();  // reminders
    int limit = 1000;
};

// What one notification told of in the stead of others.
struct DigestFacts {
    std::int64_t notifications = 0, alerts = 0, open_alerts = 0;
    Severity severity = Severity::informational;  // the severest
    Instant first_event_at, last_event_at;
    std::vector<AlertRow> listed;  // open ones first, then the severest; without data
    std::vector<std::pair<std::string, std::int64_t>> rules;  // name and alerts, most first
};

// A finding of a rule about an event that is not told yet. There is one for each rule and event.
struct WaitingRow {
    std::string rule_id;
    std::int64_t event = 0;
    Instant due_at{};      // by event time: what it waits for would be there
    Instant look_at{};     // when to look next whether that has been read
    Instant overdue_at{};  // when it is told whether or not
    // of the event, given by the store
    FeedId feed = FeedId::directory_audits;
    Instant event_time{};
    int revision = 1;
};

struct AttemptRow {
    std::int64_t delivery = 0;
    int number = 1;  // assigned by settle()
    Instant started_at, ended_at;
    std::string remote_address;
    int http_status = 0;  // 0 = no answer
    std::string verdict;  // delivered | throttled | transient | misconfigured | gone | too_large
    std::string detail;   // error text or the first 512 bytes of the answer, redacted
    std::string request_sha256;
    std::optional<Ticks> retry_after;
};

struct AuditEntry {
    Instant at;
    std::string actor;   // operating-system user or token name
    std::string action;  // "alerts redeliver"
    std::string object;
    std::string detail;  // JSON or text
};

// What the program was told, each time it was told.
struct ConfigurationEntry {
    Instant at;
    std::string occasion;  // start | reload
    std::string program;   // version
    std::string settings;  // without secrets, canonical
    std::string rules;     // their ids and the digests of their files, canonical
};

// What must not be pruned. All that is set must fit; at least one is.
struct HoldRow {
    std::int64_t number = 0;              // assigned by insert_hold()
    std::string id{};                     // "hold_…"
    std::string entity{};                 // an id or name that the event touches: whom it is about
    std::string alert{};                  // id of an alert that rests on the event
    std::optional<Instant> from{}, to{};  // of event time; the end is outside
    std::string author{}, reason{};
    Instant created_at{};
    std::optional<Instant> removed_at{};
    std::string removed_by{}, removed_because{};
};
// "eve@contoso.example; from 2026-01-01T00:00:00Z"
[[nodiscard]] std::string matchers_of(const HoldRow& hold);

// Where pruning goes on: first through the events by time, then through the rejections by number.
struct PrunePlace {
    bool rejections = false;
    std::int64_t time = std::numeric_limits<std::int64_t>::min();
    int feed = 0;
    std::int64_t seq = 0;
};

struct PruneRequest {
    std::string reason{};                // age | size
    std::string because{};               // the setting, in words; for the receipt
    std::map<FeedId, Instant> before{};  // records of the feed that are older; feeds that are not named stay
    PrunePlace after{};
    int most = 0;  // records looked at
};

struct PruneStep {
    std::int64_t events = 0, rejections = 0;  // that went
    std::int64_t needed = 0;  // events that are old enough and had to stay: alerts or correlations need them
    std::int64_t held = 0;    // records that are old enough and that a hold keeps
    std::optional<PrunePlace> next{};  // nullopt: everything was looked at
};

struct StoreRoom {
    std::int64_t bytes = 0;       // of the file
    std::int64_t free_bytes = 0;  // of it, in pages that hold nothing
};

}  // namespace entrawatch
