// Explanation: why a rule's condition holds of an event or not: each selection, and the tests of fields that
// came out wrong.
//
// For people who ask (`rules test --record`), never on the way of every event. Pure. Texts are as the record
// has them, cut; whoever prints them makes them safe. Read next: condition.hpp, sigma_wording.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/event/event.hpp"
#include "core/feed/json.hpp"
#include "core/rules/rule.hpp"

namespace entrawatch {

inline constexpr std::size_t max_reasons = 8;  // of one condition that are put into words

struct SelectionOutcome {
    std::string name;
    bool holds = false;
};

// A test of a field that would have to come out otherwise.
struct Reason {
    std::string selection;  // that it stands in
    std::string field;      // as the rule spells it; empty: a keyword, searched in every text of the record
    std::string demand;     // "is 'A' or 'B'"
    bool holds = false;     // it holds and should not; else it should and does not
    std::string held;       // what the record holds there: "'C', 'D' and 7 more"; empty: nothing
};

struct Explanation {
    bool holds = false;
    std::vector<SelectionOutcome> selections;  // those the condition uses, each once, in its order
    // The fewest tests that would have to come out otherwise for the condition to hold; of ways that are
    // equally short the first, and one that keeps the record's activity before any other.
    std::size_t failed = 0;
    bool activity_fits = true;    // none of them is about the activity
    std::vector<Reason> reasons;  // the first of them
};

[[nodiscard]] Explanation explain(const Condition& condition, const Event& event, Json record);

// What a rule makes of one event.
struct RuleExplanation {
    bool reads_feed = false;  // otherwise nothing below was asked
    int step = -1;            // of a correlation: the one of its steps that is told of, the nearest
    Explanation why;
};
[[nodiscard]] RuleExplanation explain(const Rule& rule, const Event& event, Json record);

// "is 'A'; the record holds 'B'" and so on: one sentence without its full stop.
[[nodiscard]] std::string in_words(const Reason& reason);

}  // namespace entrawatch
