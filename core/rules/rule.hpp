// Rule: what we fear. A Sigma file, read and compiled, with the proof it carries.
//
// Read by sigma_reader, held by RuleSet, shown by `rules list|show`. The `entrawatch:` key of the file is
// described in config/rules/README.md. Read next: condition.hpp, rule_set.hpp.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/event/fields.hpp"
#include "core/feed/feed.hpp"
#include "core/rules/severity.hpp"

namespace entrawatch {

class Condition;
struct Correlation;

// A severity adjustment: when the condition holds, the level is set or shifted. Applied in file order.
struct SeverityAdjustment {
    std::shared_ptr<const Condition> when;
    std::optional<Severity> level;  // set to
    int raise = 0;                  // or shift by (negative lowers)
    std::string reason;             // shown in the alert's context
};

// A record that must fire, or must stay silent, and the directory facts it is judged with.
struct RuleExample {
    std::string name;
    bool fires = true;
    FeedId feed = FeedId::directory_audits;
    std::string record;                           // Graph JSON
    std::vector<std::string> earlier;             // of a correlation: the records that came before it
    bool feed_named = false;                      // otherwise each record of a correlation says it itself
    std::string ms_pim_id;                        // context given in the file; empty = unresolved
    std::vector<std::string> emergency_accounts;  // object ids that are emergency accounts in this example
    // Object ids too. Where `privileged` is not given, it is known of nobody that he holds no role.
    std::optional<std::vector<std::string>> privileged;
    std::vector<std::string> synced, external;
    std::optional<std::vector<std::string>> trusted_locations;  // address ranges; missing: not known
    std::optional<Severity> severity;                           // expected, when given
    std::optional<int> findings;                                // expected number, when given
    int line = 0;
};

struct Rule {
    std::string id;    // uuid
    std::string name;  // "<area>/<file name>", from the path
    std::string title;
    std::string description;
    std::string status;               // stable | test | experimental | deprecated
    std::string scenario;             // "PR-1"; empty for foreign rules
    std::vector<std::string> attack;  // "T1098.003"
    std::vector<std::string> references;
    std::vector<std::string> false_positives;
    std::string runbook;  // URL or text
    Severity level = Severity::medium;
    std::vector<FeedId> feeds;             // from logsource (or entrawatch.feeds)
    std::vector<std::string> permissions;  // further Graph permissions the rule needs beyond its feeds'
    std::string licence;

    std::shared_ptr<const Condition> condition;      // of one event; nullptr for a correlation
    std::shared_ptr<const Correlation> correlation;  // of several events; nullptr for most rules
    bool alerts = true;                              // false: only correlations look at it
    std::string reference;                           // Sigma's `name`, by which a correlation may name it
    std::vector<SeverityAdjustment> severity;
    std::string act;  // rules with the same act and subject tell of one act: one alert. Default: the id.
    std::vector<FieldPath>
        subject;  // dedup key; several values of one field make several findings (at most 64)
    Ticks window =
        std::chrono::hours{1};   // how long after the last event a repeat is counted instead of told
    Ticks hold{0};               // how long a finding waits for a revision of its record (waiting.hpp)
    bool unsilenceable = false;  // no mute hides its alerts
    std::string summary;         // sentence with {field} places; a missing field prints as "unknown"
    std::vector<FieldPath> summary_fields;
    // Set: the sentence goes on with what the record changed, and where that cannot be said with this text.
    // Only alerts fill it in (alerts/alert.cpp), because it costs more than a rule does.
    std::optional<std::string> differences;
    std::vector<RuleExample> examples;

    // Of a step that a RuleSet made of a correlation.
    int step = -1;
    std::optional<FieldPath> counted;  // value_count: the field whose values are counted

    std::string file;    // where it was read
    std::string sha256;  // of that file, hex
    int line = 0;
    bool built_in = false;
    bool foreign = false;    // no `entrawatch:` key: written for other programs
    bool generates = false;  // Sigma's `generate: true`
};

}  // namespace entrawatch
