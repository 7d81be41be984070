#include "config/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "config/load.hpp"
#include "tests/config/settings_folder.hpp"

namespace entrawatch {
namespace {

TEST(ReadSmallFile, ReadsUpToItsLimitAndNotOneOctetMore) {
    const SettingsFolder folder;
    folder.write("small", "12345");
    EXPECT_EQ(read_small_file(folder.path() / "small", 5).value(), "12345");
    EXPECT_EQ(read_small_file(folder.path() / "small", 4).error().code, ErrorCode::too_large);
}

TEST(ReadSmallFile, NeverWaitsForAPipeNorReadsADevice) {
    const SettingsFolder folder;
    ASSERT_EQ(mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(read_small_file(folder.path() / "pipe", 10).error().what, "is not a regular file");
    EXPECT_EQ(read_small_file("/dev/zero", 10).error().what, "is not a regular file");
    EXPECT_EQ(read_small_file(folder.path() / "nowhere", 10).error().code, ErrorCode::not_found);
}

TEST(ReadSecret, CutsOneNewlineOnly) {
    const SettingsFolder folder;
    struct Row {
        const char *text, *secret;
    };
    for (const Row& row : {Row{"secret", "secret"}, Row{"secret\n", "secret"}, Row{"secret\r\n", "secret"},
                           Row{"secret\n\n", "secret\n"}, Row{" secret ", " secret "}}) {
        folder.write("one", row.text);
        EXPECT_EQ(read_secret(folder.path() / "one").value().reveal(), row.secret);
    }
    for (const char* text : {"", "\n", "\r\n"}) {
        folder.write("one", text);
        EXPECT_FALSE(read_secret(folder.path() / "one"));
    }
}

TEST(ReadSecret, NamesTheFileAndNeverItsContent) {
    const SettingsFolder folder;
    folder.write("one", "CANARY" + std::string(64UL * 1024, 'x'));
    const auto secret = read_secret(folder.path() / "one");
    ASSERT_FALSE(secret);
    EXPECT_THAT(secret.error().text(), testing::HasSubstr((folder.path() / "one").string()));
    EXPECT_THAT(secret.error().text(), testing::Not(testing::HasSubstr("CANARY")));
}

TEST(Exposure, IsAnyRightOfOthers) {
    const SettingsFolder folder;
    for (const unsigned mode : {0604U, 0640U, 0660U, 0602U}) {
        folder.write("one", "x", mode);
        EXPECT_TRUE(exposure_of(folder.path() / "one")) << mode;
    }
    for (const unsigned mode : {0600U, 0400U}) {
        folder.write("two", "x", mode);
        EXPECT_FALSE(exposure_of(folder.path() / "two")) << mode;
        std::filesystem::remove(folder.path() / "two");
    }
}

TEST(Resolve, LeavesAbsolutePathsAlone) {
    const SettingsFolder folder;
    const SettingsFolder credentials;
    EXPECT_EQ(resolve("/a/../b", folder.settings_file(), credentials.path()), "/b");
    EXPECT_EQ(resolve("good.secret", folder.settings_file(), credentials.path()),
              credentials.path() / "good.secret");
    EXPECT_EQ(resolve("nowhere", folder.settings_file(), credentials.path()), folder.path() / "nowhere");
    EXPECT_EQ(resolve("good.secret", folder.settings_file(), {}), folder.path() / "good.secret");
}

TEST(Certificates, AreReadWhole) {
    const SettingsFolder folder;
    EXPECT_TRUE(check_certificates(folder.path() / "ca.pem"));
    EXPECT_FALSE(check_certificates(folder.path() / "half-broken.pem"));
    EXPECT_FALSE(check_certificates(folder.path() / "empty.secret"));
    const std::string one = text_of_file(folder.path() / "ca.pem");
    folder.write("two.pem", "# first\n" + one + "# second\n" + one);
    EXPECT_TRUE(check_certificates(folder.path() / "two.pem"));
}

}  // namespace
}  // namespace entrawatch
