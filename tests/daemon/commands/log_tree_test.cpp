#include "daemon/commands/log_tree.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

constexpr std::string_view audit_hour =
    "insights-logs-auditlogs/tenantId=11111111-2222-3333-4444-555555555555/y=2026/m=11/d=22/h=09/m=00/"
    "PT1H.json";

TEST(LogTree, ReadsTheHourAndTheTenantOffTheFolders) {
    const auto file = log_file_of("/mnt/x/" + std::string{audit_hour});
    ASSERT_TRUE(file);
    EXPECT_EQ(file->hour, "2026-11-22 09:00");
    EXPECT_EQ(file->tenant_id, "11111111-2222-3333-4444-555555555555");
    EXPECT_EQ(file->path, "/mnt/x/" + std::string{audit_hour});
}

TEST(LogTree, TakesAnyLetterCaseAndNeedsNoFolderOfATenant) {
    const auto file = log_file_of("y=2026/M=01/D=02/H=03/m=00/pt1h.JSON");
    ASSERT_TRUE(file);
    EXPECT_EQ(file->hour, "2026-01-02 03:00");
    EXPECT_EQ(file->tenant_id, "");
}

TEST(LogTree, RefusesNamesThatAreNotOfTheLayout) {
    for (const char* path :
         {"", "PT1H.json", "m=11/d=22/h=09/m=00/PT1H.json", "y=2026/m=11/d=22/h=09/PT1H.json",
          "y=26/m=11/d=22/h=09/m=00/PT1H.json", "y=2026/m=1x/d=22/h=09/m=00/PT1H.json",
          "y=2026/m=11/d=22/h=09/m=00/PT1H.json.tmp", "y=2026/m=11/d=22/h=09/m=00/x/PT1H.json",
          "x=2026/m=11/d=22/h=09/m=00/PT1H.json", "y=/m=/d=/h=/m=/PT1H.json"})
        EXPECT_FALSE(log_file_of(path)) << path;
}

void touch(const std::filesystem::path& file) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream{file} << "{}";
}

TEST(LogTree, PutsTheFilesOfAllCategoriesInOrderOfTime) {
    const TempFolder folder;
    for (const char* path : {"insights-logs-signinlogs/y=2026/m=11/d=22/h=09/m=00/PT1H.json",
                             "insights-logs-auditlogs/y=2026/m=11/d=22/h=10/m=00/PT1H.json",
                             "insights-logs-auditlogs/y=2025/m=12/d=31/h=23/m=00/PT1H.json",
                             "insights-logs-auditlogs/y=2026/m=11/d=22/h=09/m=00/PT1H.json",
                             "insights-logs-auditlogs/readme.txt"})
        touch(folder.path() / path);
    std::filesystem::create_directory_symlink(folder.path(), folder.path() / "loop");
    const auto tree = find_log_files(folder.path());
    ASSERT_TRUE(tree) << tree.error().text();
    std::vector<std::string> found;
    for (const LogFile& file : tree->files)
        found.push_back(file.hour +
                        (file.path.find("signin") == std::string::npos ? " audits" : " sign-ins"));
    EXPECT_EQ(found, (std::vector<std::string>{"2025-12-31 23:00 audits", "2026-11-22 09:00 audits",
                                               "2026-11-22 09:00 sign-ins", "2026-11-22 10:00 audits"}));
    EXPECT_EQ(tree->others, 1);
    EXPECT_NE(tree->an_other.find("readme.txt"), std::string::npos);
}

TEST(LogTree, SaysThatAFolderIsTooDeepOrNotThere) {
    const TempFolder folder;
    std::filesystem::path deep = folder.path();
    for (int i = 0; i < 40; ++i)
        deep /= "d";
    touch(deep / "f");
    ASSERT_FALSE(find_log_files(folder.path()));
    EXPECT_EQ(find_log_files(folder.path()).error().code, ErrorCode::too_large);
    EXPECT_FALSE(find_log_files(folder.path() / "none"));
}

}  // namespace
}  // namespace entrawatch::test
