#include "config/controls.hpp"

#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "tests/support/shipped_data.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

TEST(Controls, TheShippedOnesNameScenariosThatThereAre) {
    const auto controls = read_controls(config_dir() / "evidence/controls.yml");
    ASSERT_TRUE(controls) << controls.error().text();
    const auto scenarios = read_scenarios(config_dir() / "scenarios.yml");
    ASSERT_TRUE(scenarios) << scenarios.error().text();
    std::set<std::string> known;
    for (const Scenario& scenario : *scenarios)
        known.insert(scenario.id);
    std::set<std::string> ids;
    for (const Control& control : *controls) {
        EXPECT_TRUE(ids.insert(control.id).second) << control.id;
        EXPECT_FALSE(control.feeds.empty()) << control.id;
        for (const std::string& scenario : control.scenarios)
            EXPECT_TRUE(known.contains(scenario)) << control.id << ": " << scenario;
    }
    for (const char* id :
         {"MS.AAD.2.2", "MS.AAD.4.1", "MS.AAD.7.7", "MS.AAD.7.8", "MS.AAD.7.9", "GR1", "GR13"})
        EXPECT_TRUE(ids.contains(id)) << id;
}

TEST(Controls, AreRefusedWhereSomethingIsMissing) {
    const TempFolder folder;
    const auto refusal = [&](std::string_view text) {
        std::ofstream{folder.path() / "controls.yml"} << text;
        const auto read = read_controls(folder.path() / "controls.yml");
        return read ? std::string{} : read.error().text();
    };
    EXPECT_THAT(
        refusal("controls:\n  - { id: A, source: B, asks: c, shows: d }\n"),
        ::testing::HasSubstr("controls.yml:2: a control needs `id`, `source`, `asks`, `shows` and `cannot`"));
    EXPECT_THAT(
        refusal("controls:\n  - { id: A, source: B, asks: c, shows: d, cannot: e, feeds: [audits] }\n"),
        ::testing::HasSubstr("no feed is called audits"));
}

}  // namespace
}  // namespace entrawatch::test
