#include "core/store/string_table.hpp"

#include <gtest/gtest.h>

#include "core/store/store_impl.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

TEST(StringTable, NumbersEachTextOnce) {
    TempStore store;
    StringTable& strings = store->impl().strings;
    const auto first = strings.number_of("Eve");
    EXPECT_EQ(strings.number_of("Eve"), first);
    strings.forget();
    EXPECT_EQ(strings.number_of("Eve"), first);
    EXPECT_NE(strings.number_of("eve"), first);
    EXPECT_FALSE(strings.number_of(""));
}

TEST(StringTable, KeepsTheFormInWhichATextIsCompared) {
    TempStore store;
    StringTable& strings = store->impl().strings;
    (void)strings.number_of("Add  Member");
    (void)strings.number_of("add member");
    (void)strings.number_of("ADD MEMBER");
    EXPECT_EQ(
        plain_sql(
            store.file(),
            "SELECT s.text, f.text FROM string s LEFT JOIN string f ON f.id = s.folded ORDER BY s.text"),
        (std::vector<std::string>{"ADD MEMBER|add member", "Add  Member|add member", "add member|"}));
}

TEST(StringTable, HoldsMoreThanItsCache) {
    TempStore store;
    StringTable& strings = store->impl().strings;
    auto transaction = must(store->begin());
    const auto first = strings.number_of("name 0");
    for (int n = 1; n < 40'000; ++n)
        (void)strings.number_of("name " + std::to_string(n));
    EXPECT_EQ(strings.number_of("name 0"), first);
    must(transaction.commit());
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM string"), "40000");
}

TEST(StringTable, TakesTextsOfAnyLength) {
    TempStore store;
    StringTable& strings = store->impl().strings;
    const std::string huge(300'000, 'h');
    EXPECT_EQ(strings.number_of(huge), strings.number_of(huge));
    EXPECT_NE(strings.number_of(huge), strings.number_of(huge + "h"));
}

}  // namespace
}  // namespace entrawatch::test
