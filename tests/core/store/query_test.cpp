#include "core/store/query.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/address_range.hpp"
#include "core/base/text.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

class Query : public ::testing::Test {
  protected:
    Query() {
        put(role_assignment("Directory_A", "2026-11-20T10:00:00Z"), R"({"note":"Caf\u00e9 ROLE"})");
        put(sign_in(uuid_number(1), "2026-11-21T10:00:00Z"), R"({"note":"first sign-in"})");
        put(sign_in(uuid_number(2), "2026-11-21T11:00:00Z", "EVE@contoso.example"),
            R"({"note":"second  Sign–In"})");
        Event failed = sign_in(uuid_number(3), "2026-11-22T09:00:00Z", "mallory@fabrikam.example");
        failed.outcome = Outcome::failure;
        failed.actor.ip = "192.0.2.77";
        failed.actor.id = uuid_number(66);
        failed.entities = {{"app", "App*Name"}, {"session", uuid_number(78)}};
        failed.correlation_id = "not a uuid";
        put(failed, R"({"note":"bad password"})");
        put(risk_detection(std::string(64, 'c'), "2026-11-22T09:30:00Z", "2026-11-22T10:00:00Z"), "{}");
    }
    void put(const Event& event, std::string_view raw) { must(store->put_event(event, raw, five_past_ten)); }
    // Ids in the order of the answer, the letter or the last digit of each.
    std::string ask(const EventFilter& filter) {
        std::string ids;
        const auto count = must(query_events(*store, filter, [&](const EventRow& row) {
            ids += row.id.back();
            return true;
        }));
        EXPECT_EQ(count, static_cast<std::int64_t>(ids.size()));
        return ids;
    }
    TempStore store;
};

TEST_F(Query, WalksTheTimeLineNewestFirst) {
    EXPECT_EQ(ask({}), "c321A");
    EXPECT_EQ(ask({.oldest_first = true}), "A123c");
    EXPECT_EQ(ask({.limit = 2}), "c3");
}

TEST_F(Query, IncludesTheBeginningOfItsSpanAndNotTheEnd) {
    EXPECT_EQ(ask({.from = at("2026-11-21T10:00:00Z"), .to = at("2026-11-22T09:00:00Z")}), "21");
    EXPECT_EQ(ask({.from = at("2026-11-22T00:00:00Z")}), "c3");
    EXPECT_EQ(ask({.to = at("2026-11-21T00:00:00Z")}), "A");
    EXPECT_EQ(ask({.from = at("2026-11-23T00:00:00Z"), .to = at("2026-11-22T00:00:00Z")}), "");
    EXPECT_EQ(ask({.from = at("2026-11-21T10:30:00Z"),
                   .to = at("2026-11-22T09:10:00Z"),
                   .entity = "eve@contoso.example"}),
              "2");
}

TEST_F(Query, FindsByFeed) {
    EXPECT_EQ(ask({.feeds = {FeedId::directory_audits}}), "A");
    EXPECT_EQ(ask({.feeds = {FeedId::directory_audits, FeedId::risk_detections}}), "cA");
    EXPECT_EQ(ask({.feeds = {FeedId::risk_detections}, .actor = "eve@contoso.example"}), "c");
}

TEST_F(Query, FindsAnActorByIdOrNameWhateverItsCase) {
    EXPECT_EQ(ask({.actor = "eve@contoso.example"}), "c21");
    EXPECT_EQ(ask({.actor = " Eve@CONTOSO.example "}), "c21");
    EXPECT_EQ(ask({.actor = uuid_number(66)}), "3");
    EXPECT_EQ(ask({.actor = "nobody"}), "");
    EXPECT_EQ(ask({.actor = "192.0.2.77"}), "") << "an address is no actor";
}

TEST_F(Query, TellsActorsTargetsAndEntitiesApart) {
    EXPECT_EQ(ask({.target = "eve@contoso.example"}), "A");
    EXPECT_EQ(ask({.entity = "eve@contoso.example"}), "c21A");
    EXPECT_EQ(ask({.entity = "192.0.2.77"}), "3");
    EXPECT_EQ(ask({.entity = "Sign-in"}), "") << "an activity is no entity";
    EXPECT_EQ(ask({.entity = uuid_number(77)}), "21") << "a session";
    EXPECT_EQ(ask({.actor = uuid_number(77)}), "");
}

TEST_F(Query, TakesWildcards) {
    EXPECT_EQ(ask({.actor = "*@contoso.example"}), "c21A");
    EXPECT_EQ(ask({.actor = "*@*.example"}), "c321A");
    EXPECT_EQ(ask({.actor = "ev?@contoso.example"}), "c21");
    EXPECT_EQ(ask({.activity = "add * to role"}), "A");
    EXPECT_EQ(ask({.entity = "app\\*name"}), "3");
    EXPECT_EQ(ask({.entity = "zzz*"}), "");
}

TEST_F(Query, FindsWildcardsThatMatchVeryManyNames) {
    for (int n = 0; n < 200; ++n)
        put(sign_in(uuid_number(1000 + n), "2026-11-23T10:00:00Z",
                    "bot" + std::to_string(n) + "@bots.example"),
            std::to_string(n));
    EXPECT_EQ(ask({.actor = "bot*@bots.example"}).size(), 200U);
    EXPECT_EQ(ask({.actor = "bot*@bots.example", .id = uuid_number(1007)}), "7");
}

TEST_F(Query, FindsAnActivityFolded) {
    EXPECT_EQ(ask({.activity = "SIGN-IN"}), "321");
    EXPECT_EQ(ask({.activity = "sign–in"}), "321") << "an en dash is a dash";
    EXPECT_EQ(ask({.activity = "Add member to role "}), "A");
}

TEST_F(Query, FindsAddressesAndRangesInAnySpelling) {
    EXPECT_EQ(ask({.ip = "192.0.2.77"}), "3");
    EXPECT_EQ(ask({.ip = "192.0.2.0/24"}), "3A");
    EXPECT_EQ(ask({.ip = "2001:DB8:0::7"}), "21");
    EXPECT_EQ(ask({.ip = "2001:db8::/32"}), "21");
    EXPECT_EQ(ask({.ip = "10.0.0.0/8"}), "");
    const auto bad = query_events(*store, {.ip = "10.0.0.0/99"}, [](const EventRow&) { return true; });
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, ErrorCode::invalid);
    EXPECT_NE(bad.error().what.find("10.0.0.0/99"), std::string::npos);
}

TEST_F(Query, FindsTheSameAddressesByTheirBeginningAsByLookingAtAll) {
    const std::vector<std::string> sent{"203.0.113.5",
                                        "203.0.113.50",
                                        "20.3.0.113",
                                        "::ffff:203.0.113.5",
                                        "0:0:0:0:0:ffff:cb00:7105",
                                        "DB8::1",
                                        "0db8:0:0::2",
                                        "00db8::3",
                                        "db80::4",
                                        "2001:DB8::9",
                                        "::1",
                                        "no address"};
    std::vector<std::optional<Address>> addresses;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        Event event = sign_in("address-" + std::to_string(i), "2026-11-10T08:00:00Z");
        event.actor.ip = sent[i];
        event.entities = {{"ip", sent[i]}};
        must(store->put_event(event, "{}" + std::to_string(i), ten));
        addresses.push_back(parse_address(to_lower_ascii(sent[i])));
    }
    for (const char* asked : {"203.0.113.5", "203.0.113.0/24", "203.0.113.0/25", "203.0.0.0/9", "203.0.0.0/7",
                              "0.0.0.0/0", "db8::/16", "db8::/15", "db8::1", "2001:db8::/32", "::/0", "::1",
                              "::ffff:203.0.113.5", "::ffff:0:0/96"}) {
        const auto range = AddressRange::parse(asked);
        ASSERT_TRUE(range) << asked;
        std::vector<std::string> expected;
        for (std::size_t i = 0; i < sent.size(); ++i) {
            if (addresses[i] && range->contains(*addresses[i]))
                expected.push_back("address-" + std::to_string(i));
        }
        std::vector<std::string> found;
        must(query_events(*store, {.to = at("2026-11-11T00:00:00Z"), .ip = asked}, [&](const EventRow& row) {
            found.push_back(row.id);
            return true;
        }));
        EXPECT_THAT(found, testing::UnorderedElementsAreArray(expected)) << asked;
    }
}

TEST_F(Query, FindsWildcardsBehindAKnownBeginning) {
    Event event = sign_in("prefix", "2026-11-10T08:00:00Z");
    event.activity = "Add  Widget \u2013 to Role";
    must(store->put_event(event, "{}", ten));
    const auto found = [&](std::string_view activity) {
        return must(
            query_events(*store, {.activity = std::string{activity}}, [](const EventRow&) { return true; }));
    };
    EXPECT_EQ(found("add widget *"), 1);
    EXPECT_EQ(found("ADD WIDGET - ?o role"), 1);
    EXPECT_EQ(found("add widget *role"), 1);
    EXPECT_EQ(found("*widget*"), 1);
    EXPECT_EQ(found("add widgets*"), 0);
    EXPECT_EQ(found("add \\* *"), 0);
}

TEST_F(Query, FindsACorrelationIdOfAnyForm) {
    EXPECT_EQ(ask({.correlation_id = uuid_number(901)}), "21");
    EXPECT_EQ(ask({.correlation_id = uuid_number(900)}), "A");
    EXPECT_EQ(ask({.correlation_id = "not a uuid"}), "3");
}

TEST_F(Query, FindsARecordByItsOwnId) {
    EXPECT_EQ(ask({.id = "Directory_A"}), "A");
    EXPECT_EQ(ask({.id = "directory_a"}), "") << "ids are case-sensitive";
    EXPECT_EQ(ask({.id = uuid_number(2)}), "2");
    EXPECT_EQ(ask({.id = std::string(64, 'c')}), "c") << "a feed whose times move";
}

TEST_F(Query, FindsAnOutcome) {
    EXPECT_EQ(ask({.outcome = "failure"}), "3");
    EXPECT_EQ(ask({.outcome = "Success"}), "21A");
    EXPECT_EQ(ask({.actor = "*@contoso.example", .outcome = "success"}), "21A");
    EXPECT_EQ(ask({.outcome = "sideways"}), "");
}

TEST_F(Query, SearchesTheRawRecordFolded) {
    EXPECT_EQ(ask({.text = "BAD password"}), "3");
    EXPECT_EQ(ask({.text = "sign-in"}), "21") << "blanks and dashes are folded on both sides";
    EXPECT_EQ(ask({.text = "second sign-in"}), "2");
    EXPECT_EQ(ask({.text = "nowhere"}), "");
}

TEST_F(Query, CombinesWhatItIsAsked) {
    EXPECT_EQ(ask({.actor = "eve@contoso.example",
                   .activity = "sign-in",
                   .ip = "2001:db8::/32",
                   .correlation_id = uuid_number(901),
                   .outcome = "success",
                   .text = "second"}),
              "2");
    EXPECT_EQ(ask({.actor = "eve@contoso.example", .activity = "add member to role"}), "");
    EXPECT_EQ(ask({.actor = "admin@contoso.example", .target = "eve@contoso.example"}), "A");
}

TEST_F(Query, TakesHostileWordsAsWords) {
    for (const std::string word :
         {"'; DROP TABLE event; --", "%", "_", "\"", "\\", "[a", "\xff", "a\nb", ")"}) {
        EXPECT_EQ(ask({.actor = word}), "") << word;
        EXPECT_EQ(ask({.entity = word, .correlation_id = word, .id = word}), "") << word;
    }
}

TEST_F(Query, GivesTheWholeRow) {
    EventRow found;
    must(query_events(*store, {.id = "Directory_A", .with_raw = true}, [&](const EventRow& row) {
        found = row;
        return true;
    }));
    EXPECT_EQ(found.feed, FeedId::directory_audits);
    EXPECT_EQ(found.revision, 1);
    EXPECT_EQ(found.occurred_at, at("2026-11-20T10:00:00Z"));
    EXPECT_EQ(found.received_at, five_past_ten);
    EXPECT_EQ(found.activity, "Add member to role");
    EXPECT_EQ(found.category, "RoleManagement");
    EXPECT_EQ(found.service, "Core Directory");
    EXPECT_EQ(found.outcome, "success");
    EXPECT_EQ(found.actor_kind, "user");
    EXPECT_EQ(found.actor_id, uuid_number(1));
    EXPECT_EQ(found.actor_name, "Admin@contoso.example");
    EXPECT_EQ(found.actor_ip, "192.0.2.10");
    EXPECT_EQ(found.target_kind, "user");
    EXPECT_EQ(found.target_id, uuid_number(2));
    EXPECT_EQ(found.target_name, "eve@contoso.example");
    EXPECT_EQ(found.correlation_id, uuid_number(900));
    EXPECT_EQ(found.raw, R"({"note":"Caf\u00e9 ROLE"})");
}

TEST_F(Query, StopsWhenItsReaderHasEnough) {
    int rows = 0;
    EXPECT_EQ(must(query_events(*store, {}, [&](const EventRow&) { return ++rows < 2; })), 2);
    EXPECT_EQ(rows, 2);
}

TEST_F(Query, MayBeAskedFromWithinAnAnswer) {
    std::string ids;
    must(query_events(*store, {}, [&](const EventRow& row) {
        must(query_events(*store, {.id = row.id}, [&](const EventRow& inner) {
            ids += inner.id.back();
            return true;
        }));
        return true;
    }));
    EXPECT_EQ(ids, "c321A");
}

TEST_F(Query, FindsAnEventThatMovedToAnotherDayOnce) {
    put(risk_detection(std::string(64, 'c'), "2026-11-20T09:30:00Z", "2026-11-22T11:00:00Z"), "moved");
    EXPECT_EQ(ask({.entity = "198.51.100.4"}), "c");
    EXPECT_EQ(ask({.from = at("2026-11-22T00:00:00Z"), .entity = "198.51.100.4"}), "");
}

TEST_F(Query, FindsWhatAnEarlierRevisionTouched) {
    put(sign_in(uuid_number(1), "2026-11-21T10:00:00Z", "renamed@contoso.example"), "revised");
    EXPECT_EQ(ask({.actor = "renamed@contoso.example"}), "1");
    EXPECT_EQ(ask({.actor = "eve@contoso.example"}), "c21");
}

TEST_F(Query, FindsEventsOfTheOpenTransaction) {
    const auto transaction = must(store->begin());
    put(sign_in(uuid_number(8), "2026-11-22T10:00:00Z", "new@contoso.example"), "{}");
    EXPECT_EQ(ask({.actor = "new@contoso.example"}), "8");
}

TEST_F(Query, StepsOverYearsWithoutEvents) {
    put(sign_in(uuid_number(9), "9999-12-31T23:59:59Z"), "{}");
    put(sign_in(uuid_number(0), "0001-01-01T00:00:00Z"), "{}");
    EXPECT_EQ(ask({.actor = "eve@contoso.example"}), "9c210");
    EXPECT_EQ(ask({.actor = "eve@contoso.example", .oldest_first = true}), "012c9");
}

}  // namespace
}  // namespace entrawatch::test
