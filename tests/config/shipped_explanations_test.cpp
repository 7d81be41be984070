// What `rules test --record` says of a rule must be what the rule does: held against every example that the
// shipped rules carry.
#include <gtest/gtest.h>

#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/rules/explanation.hpp"
#include "core/rules/rule_set.hpp"
#include "tests/support/shipped_data.hpp"

namespace entrawatch {
namespace {

Event event_of(const RuleExample& example, Json record) {
    std::vector<EmergencyAccount> accounts;
    for (const std::string& id : example.emergency_accounts)
        accounts.push_back({id, id});
    auto event = normalize(feed_of(example.feed), record);
    EXPECT_TRUE(event.has_value()) << example.name;
    if (!event) return {};
    static const std::vector<RoleInfo> roles = test::shipped_roles();
    enrich(*event, Directory{std::move(accounts), roles, reading_of(example)});
    return std::move(*event);
}

TEST(ShippedExplanations, SayThatARuleFiresWhereItFiresAndWhyNotWhereItDoesNot) {
    int silent = 0;
    for (const Rule& rule : test::shipped().rules) {
        if (rule.correlation) continue;  // tells of several records
        for (const RuleExample& example : rule.examples) {
            JsonReader reader;
            const auto record = reader.parse(example.record);
            ASSERT_TRUE(record) << rule.name << ": " << example.name;
            const RuleExplanation told = explain(rule, event_of(example, *record), *record);
            EXPECT_EQ(told.why.holds, example.fires) << rule.name << ": " << example.name;
            EXPECT_EQ(told.why.reasons.empty(), example.fires) << rule.name << ": " << example.name;
            for (const Reason& reason : told.why.reasons) {
                EXPECT_FALSE(reason.selection.empty()) << rule.name << ": " << example.name;
                EXPECT_FALSE(reason.demand.empty()) << rule.name << ": " << example.name;
            }
            if (!example.fires) ++silent;
        }
    }
    EXPECT_GT(silent, 300);
}

}  // namespace
}  // namespace entrawatch
