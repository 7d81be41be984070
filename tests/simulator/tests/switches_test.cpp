// What the switches change, and that calm() takes away what nobody gets past.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/graph/retry_after.hpp"
#include "tests/simulator/behaviours.hpp"
#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::minutes;
using testing::ElementsAre;

class SwitchesTest : public testing::Test {
  protected:
    SwitchesTest() {
        tenant_.options().enforce_limits = false;
        for (const char* id : {"a", "b", "c", "d", "e", "f"})
            EXPECT_TRUE(tenant_.add(FeedId::directory_audits, audit_at(noon(), id), noon()));
    }
    std::vector<std::string> ids(const std::string& target = audits_path) {
        return ids_of(asker_.page(target, noon()));
    }

    Tenant tenant_{3};
    Asker asker_{tenant_};
};

TEST_F(SwitchesTest, TokensTellTheirLifeAsTextAmongUnknownMembers) {
    tenant_.options().token_life_as_text = true;
    const Document answer = Document::parse(asker_.post_token(asker_.token_body(), noon()).body);
    EXPECT_EQ(answer.at("expires_in"), "3599");
    EXPECT_TRUE(answer.contains("client_info"));
}

TEST_F(SwitchesTest, TokensAreRefusedAsOftenAsOrdered) {
    tenant_.options().token_refusals = {90033, 7000222};
    EXPECT_EQ(asker_.post_token(asker_.token_body(), noon()).status, 503);
    EXPECT_EQ(asker_.post_token(asker_.token_body(), noon()).status, 401);
    EXPECT_EQ(asker_.post_token(asker_.token_body(), noon()).status, 200);
}

TEST_F(SwitchesTest, GraphsClockIsInItsDate) {
    tenant_.options().clock_ahead = minutes{10};
    const auto date = graph::parse_http_date(asker_.get(audits_path, noon()).headers.get("date"));
    EXPECT_EQ(date, noon() + minutes{10});
}

TEST_F(SwitchesTest, RowsOfAStallAreShownAtItsEnd) {
    tenant_.options().stalled = Span{noon() - minutes{1}, noon() + minutes{40}};
    EXPECT_TRUE(ids().empty());
    EXPECT_TRUE(tenant_.ledger(noon()).empty());
    EXPECT_EQ(ids_of(asker_.page(audits_path, noon() + minutes{40})).size(), 6U);
    EXPECT_EQ(tenant_.ledger(noon() + minutes{40}).front().visible_from, noon() + minutes{40});
}

TEST_F(SwitchesTest, RowsComeTwiceAndInNoOrder) {
    tenant_.options().repeat_rows = true;
    EXPECT_GT(ids().size(), 6U);
    tenant_.options().repeat_rows = false;
    tenant_.options().shuffle_rows = true;
    EXPECT_NE(ids(), (std::vector<std::string>{"a", "b", "c", "d", "e", "f"}));
    EXPECT_EQ(ids().size(), 6U);
}

TEST_F(SwitchesTest, PageThreeLeadsBackToPageTwoAsOftenAsOrdered) {
    tenant_.options().largest_page = 1;
    tenant_.options().next_link_trick = NextLinkTrick::in_a_circle;
    tenant_.options().tricks = 1;
    const Document second = asker_.page(asker_.next(asker_.page(audits_path, noon())), noon());
    const Document third = asker_.page(asker_.next(second), noon());
    EXPECT_NE(ids_of(third), ids_of(second));
    EXPECT_EQ(ids_of(asker_.page(asker_.next(third), noon())), ids_of(second));
    const Document third_again = asker_.page(asker_.next(second), noon());
    EXPECT_NE(ids_of(asker_.page(asker_.next(third_again), noon())), ids_of(second));
}

TEST_F(SwitchesTest, OctetsThatNobodyWritesAreSentAsTheyAre) {
    const std::string odd = R"({"id":"a","id":"a","x":"\ud800"})";
    ASSERT_TRUE(tenant_.misspell(FeedId::directory_audits, "a", odd));
    EXPECT_THAT(asker_.get(audits_path, noon()).body, testing::HasSubstr(odd));
    EXPECT_FALSE(tenant_.misspell(FeedId::directory_audits, "nobody", odd));
}

TEST_F(SwitchesTest, EveryBehaviourHasANameOfItsOwnAndAllOfThemEndInCalm) {
    std::set<std::string_view> names;
    for (const Behaviour& behaviour : behaviours()) {
        EXPECT_TRUE(names.insert(behaviour.name).second) << behaviour.name;
        EXPECT_LE(behaviour.name.size(), 20U);
        Tenant tenant{1};
        Dice dice{1};
        Scene scene{tenant, dice, {noon(), noon() + minutes{5}}};
        behaviour.prepare(scene);
        calm(tenant);
        tenant.options().widest_window.reset();  // it is asked without a filter
        for (int i = 0; i < 4; ++i)
            EXPECT_EQ(Asker{tenant}.get(risk_path, noon() + minutes{6 + i}).status, 200) << behaviour.name;
    }
    EXPECT_EQ(find_behaviour("nobody"), nullptr);
}

}  // namespace
}  // namespace entrawatch::simulator
