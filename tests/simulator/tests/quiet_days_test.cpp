// The ordinary days of the simulated tenant, held against every shipped rule: what comes of them is low, and
// comes of risk detections alone. The demo tells only its story because of it.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/rules/rule_set.hpp"
#include "tests/simulator/cast.hpp"
#include "tests/simulator/noise.hpp"
#include "tests/simulator/tests/ask.hpp"
#include "tests/support/shipped_data.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::hours;

class QuietDays : public testing::Test {
  protected:
    // What the rules make of one form of one record.
    std::vector<Finding> told_about(FeedId feed, const std::string& text) {
        const auto json = reader_.parse(text);
        if (!json) throw std::runtime_error{json.error().text()};
        auto event = normalize(feed_of(feed), *json);
        if (!event) throw std::runtime_error{event.error().text()};
        enrich(*event, directory_);
        std::vector<Finding> told = rules_.evaluate(*event, *json, *scratch_);
        // What only adds to a correlation is not told of one event.
        std::erase_if(told, [](const Finding& finding) { return finding.step >= 0; });
        return told;
    }

    static Directory directory() {
        DirectoryReading reading;
        reading.ms_pim_id = cast().ms_pim.id;
        return {{{cast().emergency.id, "glass"}}, test::shipped_roles(), reading};
    }

    RuleSet rules_{test::shipped().rules};
    Directory directory_ = directory();
    RuleScratchPtr scratch_ = make_rule_scratch();
    JsonReader reader_;
};

TEST_F(QuietDays, BringNothingButLowRisk) {
    Tenant tenant{1};
    Noise{11, 1.0}.fill(tenant, {noon(), noon() + hours{24}}, 5);
    std::map<std::string, int> told;
    for (const LedgerEntry& entry : tenant.ledger(noon() + hours{96})) {
        for (const auto& form : tenant.find(entry.feed, entry.id)->revisions) {
            for (const Finding& finding : told_about(entry.feed, form.json)) {
                EXPECT_LE(finding.severity, Severity::low) << finding.rule->name << ": " << finding.summary;
                ++told[finding.rule->name];
            }
        }
    }
    EXPECT_EQ(told.size(), 2U);
    EXPECT_GT(told["risk/user-at-risk"], 10);
    EXPECT_GT(told["risk/service-principal-at-risk"], 5);
}

}  // namespace
}  // namespace entrawatch::simulator
