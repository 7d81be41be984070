// RuleFilter: an exception from rules, with somebody who answers for it. A Sigma filter document, read and
// compiled.
//
// What it excepts is not gone: the finding is kept as suppressed, with the filter's name (daemon/ingest). It
// ends on a day that its author named; `core` reads no clock, so whoever has one asks in_force(). Read by
// sigma_filter, held by RuleSet. Read next: rule_set.hpp.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/problem.hpp"
#include "core/base/time.hpp"
#include "core/feed/feed.hpp"

namespace entrawatch {

class Condition;
struct Rule;

// How far ahead an exception may end: within a year somebody must look at it again.
inline constexpr Ticks longest_exception = std::chrono::hours{24 * 366};

struct RuleFilter {
    std::string id;    // uuid
    std::string name;  // "<area>/<file name>", from the path
    std::string title;
    std::string owner, reason;
    Instant expires;                 // from this moment on it suppresses nothing
    std::string last_day;            // "2027-05-31", as the file says it: the last day on which it suppresses
    std::vector<FeedId> feeds;       // events of other feeds are not excepted
    bool any_rule = false;           // every rule that reads one of the feeds and may be silenced
    std::vector<std::string> rules;  // as the file names them; resolve_filters() makes ids of them
    std::shared_ptr<const Condition> excepts;

    std::string file;    // where it was read
    std::string sha256;  // of that file, hex
    int line = 0;
    int rules_line = 0;  // of the key `rules`
    bool built_in = false;
};

[[nodiscard]] inline bool in_force(const RuleFilter& filter, Instant now) {
    return now < filter.expires;
}
// Whether a finding of the rule may be suppressed by it; the filter must be resolved.
[[nodiscard]] bool is_about(const RuleFilter& filter, const Rule& rule);

// Gives every filter the ids of the rules it names, and drops those that name a rule which is not there, may
// not be silenced, or reads no feed of the filter. `known`: further rules that may be named.
[[nodiscard]] Problems resolve_filters(std::vector<RuleFilter>& filters, std::span<const Rule> rules,
                                       std::span<const Rule> known = {});

// What the day says of them: a warning for each that is over, an error for each that ends too far ahead.
[[nodiscard]] Problems expiry_problems(std::span<const RuleFilter> filters, Instant now);

}  // namespace entrawatch
