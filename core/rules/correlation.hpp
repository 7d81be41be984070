// Correlation: a rule about several events: how many there are, how many different values they have, which
// rules they match, within a time span and for one group (Sigma correlation rules).
//
// One that must lack an event of a rule waits, see waiting.hpp.
// Judged over event time, so rows that come late or in another order lead to the same conclusion. Pure: the
// hits are the store's (core/store/store.hpp, correlation hits). Read by sigma_correlation, resolved by
// resolve_correlations(), used by RuleSet and daemon/ingest. Read next: rule_set.hpp.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/problem.hpp"
#include "core/base/time.hpp"
#include "core/event/fields.hpp"
#include "core/feed/feed.hpp"

namespace entrawatch {

class Condition;
struct Rule;

enum class CorrelationType { event_count, value_count, temporal, temporal_ordered };
[[nodiscard]] std::string_view name_of(CorrelationType type);  // Sigma's word

// One of the rules that a correlation looks at.
struct CorrelationStep {
    std::string rule;     // as the file names it: a rule's `name`, id, or "<area>/<file name>"
    bool absent = false;  // it must not be there (waiting.hpp)
    std::shared_ptr<const Condition> condition;  // from here on: filled in by resolve_correlations()
    std::vector<FeedId> feeds;
    std::vector<FieldPath> group_by;
    std::optional<FieldPath> value;
};

struct Correlation {
    CorrelationType type = CorrelationType::event_count;
    std::vector<CorrelationStep> steps;
    std::vector<std::string> group_by;                                  // fields or aliases
    std::map<std::string, std::map<std::string, std::string>> aliases;  // alias -> rule -> field
    Ticks timespan{0};
    std::int64_t at_least = 1;  // events, or different values
    std::string value_field;    // value_count: what is counted
    int line = 0;               // of the key `correlation`
};

// One event that matched a step, or several of one value close to each other, seen as one.
struct CorrelationHit {
    int step = 0;
    std::string value;  // value_count: the value; event_count: the event's number
    Instant first_at, last_at;
    std::int64_t event = 0;  // the first of them
};

// The hits with which the correlation holds in a time span that `at` lies in, in the order of time; empty
// when it does not hold. `hits`: of one rule and group, in any order.
[[nodiscard]] std::vector<CorrelationHit> correlated(const Correlation& correlation,
                                                     std::span<const CorrelationHit> hits, Instant at);

// Hits of one value that are closer than this are kept as one row, which bounds what a flood of events costs;
// zero: each event is a row (event_count).
[[nodiscard]] Ticks hit_grain(const Correlation& correlation);
// How many hits before and after an event to read, in turn until the correlation holds: the last number is
// enough to say that it does not, the first is enough while a flood goes on.
[[nodiscard]] std::vector<std::int64_t> hits_to_read(const Correlation& correlation);

// Gives every correlation the conditions of the rules it names, and drops those it cannot give. A rule that
// stands in the same file as a correlation over it does not alert by itself unless it says `generate: true`;
// rules of other files go on alerting.
// `known`: further rules that may be named.
[[nodiscard]] Problems resolve_correlations(std::vector<Rule>& rules, std::span<const Rule> known = {});

}  // namespace entrawatch
