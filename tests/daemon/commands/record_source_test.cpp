#include "daemon/commands/record_source.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

constexpr std::string_view tenant = "11111111-2222-3333-4444-555555555555";

class LogTreeSourceTest : public ::testing::Test {
  protected:
    [[nodiscard]] std::filesystem::path hour(int of_day) const {
        const std::string two = (of_day < 10 ? "0" : "") + std::to_string(of_day);
        return folder.path() / "logs" / ("tenantId=" + std::string{tenant}) / "y=2026" / "m=11" / "d=22" /
               ("h=" + two) / "m=00" / "PT1H.json";
    }
    void append(const std::filesystem::path& file, std::string_view text) const {
        std::filesystem::create_directories(file.parent_path());
        std::ofstream{file, std::ios::app | std::ios::binary} << text;
    }
    // Takes up to `pages` pages, each acknowledged, and says the records that came and what went wrong.
    std::vector<std::string> take(int pages = 1000, std::size_t chunk = 64) {
        auto tree = find_log_files(folder.path() / "logs");
        EXPECT_TRUE(tree);
        LogTreeSource source{std::move(*tree), {std::string{tenant}, again, chunk}, *store};
        std::vector<std::string> taken;
        while (pages-- > 0) {
            auto page = source.next();
            if (!page) {
                taken.push_back("error: " + page.error().text());
                continue;
            }
            if (!*page) break;
            for (const std::string_view record : (*page)->page.records)
                taken.emplace_back(record);
            if (acknowledges) must(source.acknowledge(ten));
        }
        passed_over = source.passed_over();
        return taken;
    }

    TempFolder folder;
    std::unique_ptr<Store> store = std::make_unique<Store>(
        must(Store::open({.file = folder.path() / "t.db", .tenant = "contoso"}, ten)));
    bool acknowledges = true;
    bool again = false;
    std::int64_t passed_over = 0;
};

using Records = std::vector<std::string>;

TEST_F(LogTreeSourceTest, HandsOutEachFileOnceInOrderOfTime) {
    append(hour(10), "{\"id\":\"b\"}\n");
    append(hour(9), "{\"id\":\"a1\"}\n{\"id\":\"a2\"}\n");
    EXPECT_EQ(take(), (Records{R"({"id":"a1"})", R"({"id":"a2"})", R"({"id":"b"})"}));
    EXPECT_EQ(take(), Records{});
    EXPECT_EQ(passed_over, 2);
    again = true;
    EXPECT_EQ(take().size(), 3U);
}

TEST_F(LogTreeSourceTest, ReadsOnWhereAFileWasLeftThatGrew) {
    append(hour(9), "{\"id\":\"a\"}\n");
    EXPECT_EQ(take().size(), 1U);
    append(hour(9), "{\"id\":\"b\"}\n");
    EXPECT_EQ(take(), Records{R"({"id":"b"})"});
}

TEST_F(LogTreeSourceTest, GoesOnBehindTheLastPageThatWasAcknowledged) {
    std::string text;
    for (int i = 0; i < 30; ++i)
        text += "{\"id\":\"" + std::to_string(10 + i) + "\"}\n";
    append(hour(9), text);
    const Records first = take(2);
    ASSERT_LT(first.size(), 30U);
    const Records rest = take();
    EXPECT_EQ(first.size() + rest.size(), 30U);
    EXPECT_EQ(rest.back(), R"({"id":"39"})");
}

TEST_F(LogTreeSourceTest, HandsOutAgainWhatNobodyAcknowledged) {
    append(hour(9), "{\"id\":\"a\"}\n");
    acknowledges = false;
    EXPECT_EQ(take().size(), 1U);
    EXPECT_EQ(take().size(), 1U);
}

TEST_F(LogTreeSourceTest, ReadsAnotherFileOfThatNameFromItsBeginning) {
    append(hour(9), "{\"id\":\"a\"}\n");
    EXPECT_EQ(take().size(), 1U);
    std::filesystem::remove(hour(9));
    append(hour(9), "{\"id\":\"x\"}\n{\"id\":\"y\"}\n");
    EXPECT_EQ(take().size(), 2U) << "longer, with other octets";
    std::filesystem::remove(hour(9));
    append(hour(9), "{\"id\":\"z\"}\n");
    EXPECT_EQ(take(), Records{R"({"id":"z"})"}) << "shorter";
}

TEST_F(LogTreeSourceTest, LeavesALineThatIsNotWholeUntilItIs) {
    append(hour(9), "{\"id\":\"a\"}\n{\"id\":");
    append(hour(10), "{\"id\":\"c\"}\n");
    const Records taken = take();
    ASSERT_EQ(taken.size(), 3U);
    EXPECT_EQ(taken[0], R"({"id":"a"})");
    EXPECT_NE(taken[1].find("PT1H.json:2: the last line is not whole yet"), std::string::npos) << taken[1];
    EXPECT_EQ(taken[2], R"({"id":"c"})") << "and goes on with the next file";
    append(hour(9), "\"b\"}\n");
    EXPECT_EQ(take(), Records{R"({"id":"b"})"});
}

TEST_F(LogTreeSourceTest, TakesAWholeLastLineWithoutALineEnd) {
    append(hour(9), "{\"id\":\"a\"}\n{\"id\":\"b\"}");
    EXPECT_EQ(take().size(), 2U);
    append(hour(9), "\n{\"id\":\"c\"}\n");
    EXPECT_EQ(take(), (Records{R"({"id":"b"})", R"({"id":"c"})"}))
        << "the line is read again, to be a duplicate";
    EXPECT_EQ(take(), Records{});
}

TEST_F(LogTreeSourceTest, TakesTheOldFormThatIsOneDocument) {
    append(hour(9), "{\n \"records\": [\n {\"id\":\"a\"},\n {\"id\":\"b\"}\n]\n}");
    EXPECT_EQ(take(1000, 4096).size(), 2U);
    EXPECT_EQ(take(1000, 4096).size(), 0U);
}

TEST_F(LogTreeSourceTest, RefusesTheFilesOfAnotherTenantByName) {
    const auto other =
        folder.path() / "logs/tenantId=99999999-2222-3333-4444-555555555555/y=2026/m=11/d=22/h=08/m=00";
    append(other / "PT1H.json", "{\"id\":\"x\"}\n");
    append(hour(9), "{\"id\":\"a\"}\n");
    const Records taken = take();
    ASSERT_EQ(taken.size(), 2U);
    EXPECT_NE(taken[0].find("the folder is of the tenant 99999999-"), std::string::npos) << taken[0];
    EXPECT_EQ(taken[1], R"({"id":"a"})");
}

TEST_F(LogTreeSourceTest, GoesOnAfterAFileThatCannotBeRead) {
    append(hour(9), "{\"id\":\"a\"}\n" + std::string(200, 'x') + "\n");
    append(hour(10), "{\"id\":\"c\"}\n");
    const Records taken = take();
    ASSERT_EQ(taken.size(), 3U);
    EXPECT_NE(taken[1].find("has a line over"), std::string::npos) << taken[1];
    EXPECT_EQ(taken[2], R"({"id":"c"})");
}

}  // namespace
}  // namespace entrawatch::test
