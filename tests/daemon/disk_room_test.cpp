#include "daemon/disk_room.hpp"

#include <gtest/gtest.h>

#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

constexpr std::int64_t megabyte = 1'000'000;
constexpr std::int64_t gigabyte = 1000 * megabyte;

TEST(DiskRoom, WarnsBeforeItIsFullAndStopsBeforeItIsEmpty) {
    const auto room = [](std::int64_t available) {
        return room_of({100 * gigabyte, available}, DiskRoom::enough);
    };
    EXPECT_EQ(room(6 * gigabyte), DiskRoom::enough);
    EXPECT_EQ(room(4 * gigabyte), DiskRoom::low);
    EXPECT_EQ(room(300 * megabyte), DiskRoom::low);
    EXPECT_EQ(room(200 * megabyte), DiskRoom::full);
}

TEST(DiskRoom, HasLimitsForGreatAndSmallDisks) {
    EXPECT_EQ(room_of({10'000 * gigabyte, 21 * gigabyte}, DiskRoom::enough), DiskRoom::enough);
    EXPECT_EQ(room_of({10 * gigabyte, 900 * megabyte}, DiskRoom::enough), DiskRoom::low);
    EXPECT_EQ(room_of({500 * megabyte, 300 * megabyte}, DiskRoom::enough), DiskRoom::enough);
    EXPECT_EQ(room_of({500 * megabyte, 200 * megabyte}, DiskRoom::enough), DiskRoom::low);
    EXPECT_EQ(room_of({500 * megabyte, 100 * megabyte}, DiskRoom::enough), DiskRoom::full);
}

TEST(DiskRoom, DoesNotFlutter) {
    EXPECT_EQ(room_of({100 * gigabyte, 270 * megabyte}, DiskRoom::full), DiskRoom::full);
    EXPECT_EQ(room_of({100 * gigabyte, 290 * megabyte}, DiskRoom::full), DiskRoom::low);
    EXPECT_EQ(room_of({100 * gigabyte, 5200 * megabyte}, DiskRoom::low), DiskRoom::low);
    EXPECT_EQ(room_of({100 * gigabyte, 5600 * megabyte}, DiskRoom::low), DiskRoom::enough);
}

TEST(DiskRoom, IsAskedOfTheFolderOfTheStore) {
    const TempFolder folder;
    const auto space = disk_space(folder.path() / "contoso.db");
    ASSERT_TRUE(space);
    EXPECT_GT(space->capacity, 0);
    EXPECT_LE(space->available, space->capacity);
    EXPECT_FALSE(disk_space(folder.path() / "none" / "contoso.db"));
}

}  // namespace
}  // namespace entrawatch::test
