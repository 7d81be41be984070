#include "core/store/shared_ends.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch {
namespace {

TEST(SharedEnds, LeaveOnlyWhatDiffersInTheMiddle) {
    const auto ends = shared_ends(R"({"state":"enabled","controls":["mfa"],"operator":"OR"})",
                                  R"({"state":"enabled","controls":[],"operator":"OR"})");
    ASSERT_TRUE(ends);
    EXPECT_EQ(ends->middle, "");
    EXPECT_EQ(ends->start, 31);
    EXPECT_EQ(ends->end, 18);
}

TEST(SharedEnds, OfEqualTextsAreAllOfTheText) {
    const std::string text(300, 'x');
    const auto ends = shared_ends(text, text);
    ASSERT_TRUE(ends);
    EXPECT_EQ(ends->start, 300);
    EXPECT_EQ(ends->end, 0);
    EXPECT_EQ(ends->middle, "");
}

TEST(SharedEnds, NeverOverlap) {
    const auto ends = shared_ends("aaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    ASSERT_TRUE(ends);
    EXPECT_EQ(ends->start + ends->end, 20);
    EXPECT_EQ(ends->middle, "aaaaaaaaaa");
}

TEST(SharedEnds, AreNotSoughtWhereTheySaveNothing) {
    EXPECT_FALSE(shared_ends("False", "True"));
    EXPECT_FALSE(shared_ends("", std::string(500, 'x')));
    EXPECT_FALSE(shared_ends(std::string(500, 'y'), std::string(500, 'x')));
}

TEST(SharedEnds, CountCharactersAndCutBetweenThem) {
    // é and è share their first octet; ś and 囓 their last.
    const auto ends = shared_ends("éééééééééé é rest of it", "éééééééééé è rest of it");
    ASSERT_TRUE(ends);
    EXPECT_EQ(ends->start, 11);
    EXPECT_EQ(ends->middle, "è");
    EXPECT_EQ(ends->end, 11);
}

TEST(SharedEnds, AreLeftAloneWhereSqlWouldStopReading) {
    const std::string with_nul = std::string(40, 'x') + std::string(1, '\0') + std::string(40, 'y');
    EXPECT_FALSE(shared_ends(with_nul, with_nul));
}

std::string random_text(std::mt19937& random) {
    static const std::vector<std::string> parts = {"a",        "é",        "ś",  "囓", "😀",
                                                   "\xC2\x80", "\"mfa\",", "; ", "0",  "{}"};
    std::string text;
    for (auto left = random() % 30; left > 0; --left)
        text += parts[random() % parts.size()];
    return text;
}

TEST(SharedEnds, AreJoinedAgainByTheViewWhateverTheTextsAre) {
    std::mt19937 random{7};
    test::TempStore store;
    Event event = test::role_assignment("Directory_1", "2026-11-22T10:00:00Z");
    event.changes.clear();
    std::string expected;
    for (int i = 0; i < 1000; ++i) {
        Change change;
        const std::string start = random_text(random);
        const std::string end = random_text(random);
        change.property = "Property";
        change.has_old = change.has_new = true;
        change.old_value = start + random_text(random) + end;
        change.new_value = start + random_text(random) + end;
        expected += change.new_value + "\n";
        event.changes.push_back(std::move(change));
    }
    test::must(store->put_event(event, R"({"id":"Directory_1"})", at("2026-11-22T10:05:00Z")));
    std::string found;
    for (const std::string& value :
         test::plain_sql(store.file(), "SELECT new_value FROM event_changes ORDER BY position"))
        found += value + "\n";
    EXPECT_EQ(found, expected);
    EXPECT_NE(test::plain_value(store.file(), "SELECT count(*) FROM event_change WHERE shared_start > 0"),
              "0");
}

}  // namespace
}  // namespace entrawatch
