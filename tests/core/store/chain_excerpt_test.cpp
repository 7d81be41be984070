#include "core/store/chain_excerpt.hpp"

#include <gmock/gmock.h>

#include "tests/support/evidence_store.hpp"

namespace entrawatch::test {
namespace {

const Span excerpt_day{at("2026-11-22T00:00:00Z"), at("2026-11-23T00:00:00Z")};

TEST(ChainExcerpt, HasTheRowOfEachEventInTheSpanAndTheDigestOfTheOthers) {
    const EvidenceStore filled;
    Store store = filled.open();
    std::int64_t expected = 0;
    std::set<std::pair<std::int64_t, std::int64_t>> whole, digests;
    must(read_chain_excerpt(store, 1, 1'000'000, excerpt_day, [&](const ExcerptEntry& entry) {
        EXPECT_EQ(entry.entry, ++expected);
        EXPECT_EQ(entry.hash.size(), 32U);
        for (const ExcerptEvent& event : entry.events) {
            (event.row.empty() ? digests : whole).insert({event.event, event.revision});
            if (!event.row.empty()) {
                EXPECT_EQ(sha256(event.row), event.digest);
                EXPECT_TRUE(event.row.starts_with("event\ni" + std::to_string(event.event) + ";"));
            }
        }
        return true;
    }));
    EXPECT_GT(expected, 5);
    // The sign-in and the newest form of the risk detection are of the day; role assignments of the day
    // before.
    EXPECT_EQ(whole.size(), 2U);
    EXPECT_EQ(digests.size(),
              6U + 1U /* revised assignment */ + 1U /* first form of the detection */ + 2U /* pruned */);
}

TEST(ChainExcerpt, StopsWhenTold) {
    const EvidenceStore filled;
    Store store = filled.open();
    int entries = 0;
    must(read_chain_excerpt(store, 2, 4, excerpt_day, [&](const ExcerptEntry&) { return ++entries < 2; }));
    EXPECT_EQ(entries, 2);
}

TEST(ChainExcerpt, SaysWhichEntryNamesARowThatIsGone) {
    const EvidenceStore filled;
    const auto altered = filled.altered("PRAGMA foreign_keys = OFF; DELETE FROM event WHERE seq = 3");
    Store store = must(Store::open({.file = altered, .tenant = "contoso"}, filled.now));
    const auto read =
        read_chain_excerpt(store, 1, 1'000'000, excerpt_day, [](const ExcerptEntry&) { return true; });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::corrupt);
    EXPECT_THAT(read.error().what, ::testing::HasSubstr("it names event 3, which is not there"));
}

}  // namespace
}  // namespace entrawatch::test
