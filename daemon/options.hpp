// Options: the command line, parsed into one plain struct per command. Pure: opens no file, reads no clock,
// prints nothing.
//
// Times stay text here, because "-2h" means nothing without a now; the commands read them. main.cpp hands the
// variant to the command it belongs to. Read next: commands/commands.hpp.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "alerts/export/event_schema.hpp"
#include "core/base/error.hpp"
#include "core/feed/feed.hpp"
#include "core/rules/severity.hpp"
#include "core/store/query.hpp"
#include "daemon/output/format.hpp"

namespace entrawatch {

// Exit codes of every command. 64 and 78 are those of sysexits.h.
inline constexpr int exit_ok = 0;
inline constexpr int exit_problems =
    1;                                 // the command did its work and what it found is not fine, or it failed
inline constexpr int exit_usage = 64;  // the command line is wrong; nothing was done
inline constexpr int exit_configuration = 78;  // settings, rules or shipped data cannot be used

struct RunOptions {
    std::filesystem::path config;
};

struct CheckOptions {
    std::filesystem::path config;
    bool offline = false;
};

struct ImportOptions {
    std::filesystem::path config;
    std::string tenant;          // empty = the only one
    std::optional<FeedId> feed;  // absent = each record says itself
    bool deliver = false;
    bool again = false;              // folders: from the beginning of each file, whatever was read
    std::vector<std::string> paths;  // "-" = standard input
};

struct QueryOptions {
    std::filesystem::path config;
    std::string tenant;  // empty = all
    std::string from, to;
    EventFilter filter;  // without from and to
    bool asks_question = false;
    std::string question;  // name of a saved one; empty = list them
    bool explain = false;
    Format format = Format::table;
    std::optional<EventSchema> schema;  // one object a line in a published schema; goes before `format`
};

struct AlertsListOptions {
    std::filesystem::path config;
    std::string tenant;
    std::string since;
    std::optional<Severity> minimum;
    std::string rule, state;
    bool suppressed = false;  // only what filters kept from being told
    int limit = 100;          // per tenant
    Format format = Format::table;
};

struct AlertsShowOptions {
    std::filesystem::path config;
    std::string tenant;
    std::vector<std::string> ids;   // each a full id or a unique beginning of one
    Format format = Format::table;  // table = the story for a person, json = everything
};

struct AlertsExplainOptions {
    std::filesystem::path config;
    std::string tenant;
    std::vector<std::string> ids;
    Format format = Format::table;
};

struct AlertsRenderOptions {
    std::filesystem::path config;
    std::string tenant;
    std::string destination;
    std::string alert;  // a full id or a unique beginning of one
    bool body = false;  // only the body
};

struct AlertsRedeliverOptions {
    std::filesystem::path config;
    std::string tenant;
    std::vector<std::string> ids;
    std::string destination;  // empty = all
};

struct AlertHandlingOptions {
    std::filesystem::path config;
    std::string tenant;
    std::vector<std::string> ids;
    std::string reason;
};
struct AlertsAckOptions : AlertHandlingOptions {};
struct AlertsResolveOptions : AlertHandlingOptions {};

struct AlertsTestOptions {
    std::filesystem::path config;
    std::string tenant;
    std::string destination;  // empty = those the alert is routed to
    std::string rule;         // id or name; empty = the shipped emergency-account rule
    std::chrono::seconds wait{15};
};

struct DeadListOptions {
    std::filesystem::path config;
    std::string tenant;
    std::string destination;  // empty = all
    std::string since;
    int limit = 100;  // per tenant
    Format format = Format::table;
};

struct DeadShowOptions {
    std::filesystem::path config;
    std::string tenant;
    std::vector<std::string> ids;  // webhook ids, or unique beginnings
    Format format = Format::table;
};

// Which dead letters: by id, or by these filters, or all of them.
struct DeadSelection {
    std::filesystem::path config;
    std::string tenant;
    std::vector<std::string> ids;
    std::string destination, since;
    bool all = false;
    std::string reason;
};
struct DeadRedeliverOptions : DeadSelection {};
struct DeadPurgeOptions : DeadSelection {};

struct MuteAddOptions {
    std::filesystem::path config;
    std::string tenant;  // empty = the only one
    std::string rule, scenario, actor, target, destination;
    std::optional<Severity> severity_at_most;
    std::string from, until, length;  // either of the last two
    std::string reason;
};

struct DrillAnnounceOptions {
    std::filesystem::path config;
    std::string tenant;
    std::string account;  // name or object id
    std::string from, length;
    std::string author;  // empty = whoever runs the command
    std::string reason;
};

struct DrillListOptions {
    std::filesystem::path config;
    std::string tenant;
    int limit = 100;  // per tenant
    Format format = Format::table;
};

// What is over before its time, and why.
struct EndOptions {
    std::filesystem::path config;
    std::string tenant;
    std::vector<std::string> ids;  // each a full id or a unique beginning of one
    std::string reason;
};
struct DrillCancelOptions : EndOptions {};

struct MuteListOptions {
    std::filesystem::path config;
    std::string tenant;
    bool past_too = false;
    bool unused = false;  // only those that hid nothing
    int limit = 1000;     // per tenant
    Format format = Format::table;
};

struct MuteRemoveOptions : EndOptions {};

struct HoldAddOptions {
    std::filesystem::path config;
    std::string tenant;  // empty = the only one
    std::string entity, alert, from, to;
    std::string reason;
};

struct HoldListOptions {
    std::filesystem::path config;
    std::string tenant;
    bool past_too = false;
    int limit = 1000;  // per tenant
    Format format = Format::table;
};

struct HoldRemoveOptions : EndOptions {};

struct RulesListOptions {
    std::filesystem::path config;  // empty = the built-in rules only
    Format format = Format::table;
};

struct RulesShowOptions {
    std::filesystem::path config;
    std::string rule;
    Format format = Format::table;
};

struct RulesCheckOptions {
    std::filesystem::path config;
    std::vector<std::string> paths;  // files or folders; empty = built-in and those of the settings
};

struct RulesTestOptions {
    std::filesystem::path config;
    std::vector<std::string> selection;  // paths, or names or ids of rules; empty = all
    // Set: what the rules make of this record, instead of their own examples.
    std::string record;          // a file; "-" = standard input
    std::optional<FeedId> feed;  // of the record; absent = it says itself
    std::string tenant;          // whose directory the record is judged with; empty = the only one
    Format format = Format::table;
};

struct CoverageOptions {
    std::filesystem::path config;
    std::string tenant;
    std::string from, to;
    Format format = Format::table;
};

struct RulesReplayOptions {
    std::filesystem::path config;
    std::string tenant;  // empty = the only one
    std::string from, to;
    std::vector<std::string> selection;  // paths, or names or ids of rules; empty = all
    Format format = Format::table;
};

struct ScenariosOptions {
    std::filesystem::path config;
    std::string tenant;
    Format format = Format::table;
};

struct VerifyOptions {
    std::filesystem::path config;                // or:
    std::filesystem::path database, public_key;  // an auditor's copy
    std::string tenant;                          // with config; empty = all
    std::vector<std::string> heads;              // that were kept elsewhere: "120:<hash>"
    Format format = Format::table;
};

struct EvidenceExportOptions {
    std::filesystem::path config;
    std::string from, to;          // both needed
    std::filesystem::path output;  // the folder to make
    std::string tenant;            // empty = all
};

struct StatusOptions {
    std::filesystem::path config;
    Format format = Format::table;
};

// --help, `help [COMMAND]` and --version: text to print, exit 0.
struct TextOptions {
    std::string text;
};

using Command =
    std::variant<TextOptions, RunOptions, CheckOptions, ImportOptions, QueryOptions, AlertsListOptions,
                 AlertsShowOptions, AlertsExplainOptions, AlertsAckOptions, AlertsResolveOptions,
                 AlertsRenderOptions, AlertsRedeliverOptions, AlertsTestOptions, DeadListOptions,
                 DeadShowOptions, DeadRedeliverOptions, DeadPurgeOptions, MuteAddOptions, MuteListOptions,
                 MuteRemoveOptions, HoldAddOptions, HoldListOptions, HoldRemoveOptions, DrillAnnounceOptions,
                 DrillListOptions, DrillCancelOptions, RulesListOptions, RulesShowOptions, RulesCheckOptions,
                 RulesTestOptions, RulesReplayOptions, ScenariosOptions, CoverageOptions, VerifyOptions,
                 EvidenceExportOptions, StatusOptions>;

// `arguments`: without the program's name. The Error is a sentence for the person who typed it, with the
// nearest known word.
[[nodiscard]] Result<Command> parse_options(const std::vector<std::string>& arguments);

}  // namespace entrawatch
