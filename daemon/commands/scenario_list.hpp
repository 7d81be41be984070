// scenario_list: what is watched, and whether it is seen: the catalogue of scenarios, the rules in force and
// the feeds they read, put together. Pure. Used by `scenarios`. Read next: sight.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "config/shipped.hpp"
#include "core/feed/feed.hpp"

namespace entrawatch {

// What is known of a feed by now.
struct FeedSight {
    enum class State : std::uint8_t { seen, late, dark };
    FeedId feed = FeedId::directory_audits;
    State state = State::dark;
    std::string why;  // late, dark: a sentence
    // Scenario and why it is not seen, though the feed is: a part of what the feed is made of is missing.
    std::vector<std::pair<std::string, std::string>> unseen{};
};

enum class ScenarioState : std::uint8_t { covered, late, blind_in_part, blind, not_watched };
[[nodiscard]] std::string_view name_of(ScenarioState state);  // "blind in part"

struct ScenarioLine {
    const Scenario* scenario = nullptr;
    ScenarioState state = ScenarioState::not_watched;
    std::vector<std::string> reasons;
    std::vector<std::string> rules;  // names
};

struct ScenarioQuestion {
    const std::vector<Scenario>& catalogue;
    std::span<const Rule> rules;
    const std::vector<FeedSight>& feeds;
    bool has_emergency_accounts = true;
};
// A line for each scenario, in the order of the catalogue.
[[nodiscard]] std::vector<ScenarioLine> scenario_lines(const ScenarioQuestion& question);

}  // namespace entrawatch
