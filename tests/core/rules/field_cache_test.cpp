#include "core/rules/field_cache.hpp"

#include <gtest/gtest.h>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

FieldPath path_of(std::string_view name) {
    auto path = FieldPath::compile(name);
    EXPECT_TRUE(path) << name;
    return path.value_or(FieldPath::whole_record());
}

TEST(FieldCache, ReadsAndFoldsAFieldOnceForEachEvent) {
    test::Sample sample{R"({"resultReason": "A  Reason"})"};
    const FieldPath reason = path_of("resultReason");
    FieldCache cache;
    cache.begin(sample.event, sample.record, 1);
    const auto values = cache.values(0, reason);
    ASSERT_EQ(values.size(), 1U);
    EXPECT_EQ(values[0].text, "A  Reason");
    const auto folded = cache.folded(0, reason);
    ASSERT_EQ(folded.size(), 1U);
    EXPECT_EQ(folded[0], "a reason");
    EXPECT_EQ(cache.values(0, reason).data(), values.data());  // the same answer, not another one
    EXPECT_EQ(cache.folded(0, reason).data(), folded.data());
}

TEST(FieldCache, AnswersForTheEventThatHasBegun) {
    const test::Sample first{R"({"targetResources": [{"id": "A"}, {"id": "B"}, {"id": "C"}]})"};
    const test::Sample second{R"({"targetResources": [{"id": "D"}]})"};
    const test::Sample third{R"({})"};
    const FieldPath ids = path_of("targetResources.id");
    FieldCache cache;
    cache.begin(first.event, first.record, 1);
    EXPECT_EQ(cache.folded(0, ids).size(), 3U);
    cache.begin(second.event, second.record, 1);
    ASSERT_EQ(cache.folded(0, ids).size(), 1U);
    EXPECT_EQ(cache.folded(0, ids)[0], "d");
    EXPECT_EQ(cache.values(0, ids)[0].text, "D");
    cache.begin(third.event, third.record, 1);
    EXPECT_TRUE(cache.values(0, ids).empty());
    EXPECT_TRUE(cache.folded(0, ids).empty());
}

TEST(FieldCache, KeepsValuesThatWereMadeWhileOtherFieldsAreRead) {
    // Numbers are printed into the scratch; their texts must survive the growth of everything else.
    std::string json = R"({"networkLocationDetails": [)";
    for (int i = 0; i < 200; ++i)
        json += (i > 0 ? "," : "") + std::to_string(i);
    const test::Sample sample{json + "]}", FeedId::sign_ins_interactive};
    const FieldPath numbers = path_of("networkLocationDetails");
    FieldCache cache;
    cache.begin(sample.event, sample.record, 2);
    const auto values = cache.values(0, numbers);
    ASSERT_EQ(values.size(), 200U);
    EXPECT_EQ(cache.values(1, FieldPath::whole_record()).size(), 201U);
    for (std::size_t i = 0; i < values.size(); ++i)
        EXPECT_EQ(values[i].text, std::to_string(i));
}

TEST(FieldCache, GrowsForASetWithMoreFields) {
    const test::Sample sample{R"({"resultReason": "x"})"};
    FieldCache cache;
    cache.begin(sample.event, sample.record, 1);
    EXPECT_EQ(cache.values(0, path_of("resultReason")).size(), 1U);
    cache.begin(sample.event, sample.record, 50);
    EXPECT_EQ(cache.values(49, path_of("resultReason")).size(), 1U);
}

}  // namespace
}  // namespace entrawatch
