#include "core/store/entity_lists.hpp"

#include <gtest/gtest.h>

#include "core/store/store_impl.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

const std::string all_lists =
    "SELECT day, hex(entity), role, first, more FROM event_entity ORDER BY day, entity, role, first";

TEST(EntityLists, AreOneRowForEachDayEntityAndRole) {
    TempStore store;
    EntityLists lists;
    lists.add(1, 20, 3, 102);
    lists.add(1, 20, 3, 100);
    lists.add(1, 20, 3, 101);
    lists.add(1, 20, 3, 100);
    lists.add(1, 20, 4, 100);
    lists.add(2, 20, 3, 103);
    Uuid session{};
    session.fill('u');
    lists.add(1, session, 5, 100);
    lists.write(store->impl().db);
    EXPECT_EQ(plain_sql(store.file(), all_lists),
              (std::vector<std::string>{"1|3230|3|100|101,102", "1|3230|4|100|",
                                        "1|75757575757575757575757575757575|5|100|", "2|3230|3|103|"}));
}

TEST(EntityLists, JoinAListThatBeginsWithTheSameEvent) {
    TempStore store;
    EntityLists lists;
    for (const std::vector<std::int64_t>& events :
         {std::vector<std::int64_t>{100}, {100, 105}, {100}, {100, 106}}) {
        for (const std::int64_t event : events)
            lists.add(1, 20, 3, event);
        lists.write(store->impl().db);
    }
    EXPECT_EQ(plain_sql(store.file(), all_lists), (std::vector<std::string>{"1|3230|3|100|105,106"}));
}

TEST(EntityLists, AreEmptyAfterTheyWereWrittenOrCleared) {
    TempStore store;
    EntityLists lists;
    lists.add(1, 20, 3, 100);
    lists.clear();
    lists.write(store->impl().db);
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM event_entity"), "0");
    EXPECT_FALSE(lists.full());
    for (int n = 0; n < 50'000; ++n)
        lists.add(1, 20, 3, n);
    EXPECT_TRUE(lists.full());
}

}  // namespace
}  // namespace entrawatch::test
