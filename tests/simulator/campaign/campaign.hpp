// Campaign: every behaviour of Graph times a few seeds, each a tenant of its own, all watched by one real
// daemon; troubles on the machine if wanted; then what was lost, told twice or wrongly called complete, as a
// table.
//
// One daemon for all, so that what one tenant does to another shows as well. Used by entrawatch-campaign and,
// in a short form, by tests/flow. Read next: behaviours.hpp, estate.hpp, checker.hpp, troubles.hpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/simulator/behaviours.hpp"
#include "tests/simulator/campaign/checker.hpp"
#include "tests/simulator/campaign/troubles.hpp"

namespace entrawatch::simulator {

struct CampaignSettings {
    EstateSettings estate;
    std::vector<const Behaviour*> behaviours;
    int seeds = 3;
    std::uint64_t first_seed = 1;
    Ticks live = std::chrono::minutes{5};       // in which rows appear and troubles happen
    Ticks patience = std::chrono::minutes{15};  // after it, until everything is stored
    Ticks history = std::chrono::hours{6};
    double history_per_minute = 0.5;
    double live_per_minute = 20;
    TroubleSettings troubles;
};

struct CampaignRow {
    const Behaviour* behaviour = nullptr;
    std::uint64_t seed = 0;
    Score score;
    Ticks settled_after{0};  // from the end of the live time until everything was there
};

struct CampaignReport {
    std::vector<CampaignRow> rows;
    Troubles::Count troubles;
    std::string ended;        // how the daemon ended when it was asked to: "exit 0"
    int ended_by_itself = 0;  // and was started again, as systemd does
    [[nodiscard]] bool clean() const;
};

// `tell` gets a line now and then.
[[nodiscard]] Result<CampaignReport> run_campaign(const CampaignSettings& settings,
                                                  const std::function<void(const std::string&)>& tell);
[[nodiscard]] std::string table_of(const CampaignReport& report);

}  // namespace entrawatch::simulator
