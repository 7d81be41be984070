// The demo empties only a folder that is its own, keeps secrets to the owner, and writes settings that hold
// together.
#include "tests/simulator/demo/demo_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>
#include <fstream>
#include <sstream>

#include "tests/simulator/cast.hpp"
#include "tests/simulator/demo/child.hpp"

namespace entrawatch::simulator {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class FolderTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (fs::path{testing::TempDir()} / "entrawatch-demo-XXXXXX").string();
        ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
        base_ = pattern;
    }
    void TearDown() override { fs::remove_all(base_); }
    static void write(const fs::path& path, const std::string& text) { std::ofstream{path} << text; }
    static std::string text_of(const fs::path& path) {
        std::ostringstream text;
        text << std::ifstream{path}.rdbuf();
        return text.str();
    }

    fs::path base_;
    const DemoEndpoints endpoints_{
        "https://127.0.0.1:1", "https://127.0.0.1:2/alerts", "whsec_x", "client", "secret", "PEM"};
};

TEST_F(FolderTest, MakesAFolderThatOnlyTheOwnerMayEnter) {
    const auto folder = prepare_folder(base_ / "a" / "b");
    ASSERT_TRUE(folder) << folder.error().text();
    EXPECT_EQ(fs::status(folder->root).permissions() & fs::perms::mask, fs::perms::owner_all);
}

TEST_F(FolderTest, EmptiesWhatItMadeItself) {
    ASSERT_TRUE(prepare_folder(base_ / "demo"));
    write(base_ / "demo" / "old.db", "old");
    fs::create_directory(base_ / "demo" / "state");
    write(base_ / "beside", "stays");
    ASSERT_TRUE(prepare_folder(base_ / "demo"));
    EXPECT_FALSE(fs::exists(base_ / "demo" / "old.db"));
    EXPECT_FALSE(fs::exists(base_ / "demo" / "state"));
    EXPECT_TRUE(fs::exists(base_ / "beside"));
}

TEST_F(FolderTest, DoesNotFollowLinksOutOfItsFolder) {
    ASSERT_TRUE(prepare_folder(base_ / "demo"));
    fs::create_directory(base_ / "precious");
    write(base_ / "precious" / "file", "stays");
    fs::create_directory_symlink(base_ / "precious", base_ / "demo" / "link");
    ASSERT_TRUE(prepare_folder(base_ / "demo"));
    EXPECT_TRUE(fs::exists(base_ / "precious" / "file"));
    EXPECT_FALSE(fs::exists(base_ / "demo" / "link"));
}

TEST_F(FolderTest, RefusesAFolderOfSomebodyElse) {
    write(base_ / "thesis.odt", "years of work");
    const auto refused = prepare_folder(base_);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().text(), HasSubstr("ENTRAWATCH_DEMO_DIR"));
    EXPECT_TRUE(fs::exists(base_ / "thesis.odt"));
    EXPECT_FALSE(prepare_folder(base_ / "thesis.odt"));
}

TEST_F(FolderTest, KeepsSecretsToTheOwner) {
    const auto folder = prepare_folder(base_ / "demo");
    ASSERT_TRUE(folder);
    ASSERT_TRUE(write_settings(*folder, endpoints_));
    for (const char* secret : {"contoso.secret", "soc.url", "soc.whsec"}) {
        EXPECT_EQ(fs::status(folder->root / secret).permissions() & fs::perms::mask,
                  fs::perms::owner_read | fs::perms::owner_write)
            << secret;
    }
    EXPECT_EQ(text_of(folder->root / "contoso.secret"), "secret\n");
    EXPECT_EQ(text_of(folder->ca_file()), "PEM");
    EXPECT_THAT(text_of(folder->settings()), Not(HasSubstr("whsec_")));
}

TEST_F(FolderTest, NamesTheTenantAndTheEmergencyAccount) {
    const std::string text = settings_text({"/tmp/x"}, endpoints_);
    EXPECT_THAT(text, HasSubstr("graph_url: https://127.0.0.1:1\n"));
    EXPECT_THAT(text, HasSubstr(cast().emergency.id));
    EXPECT_THAT(text, HasSubstr("state_directory: \"/tmp/x/state\""));
    DemoEndpoints without_receiver = endpoints_;
    without_receiver.receiver_url.clear();
    EXPECT_THAT(settings_text({"/tmp/x"}, without_receiver), HasSubstr("type: file"));
}

TEST_F(FolderTest, GivesTheLastLinesOfALog) {
    write(base_ / "log", "1\n2\n3\n4\n");
    EXPECT_THAT(last_lines(base_ / "log", 2), ElementsAre("3", "4"));
    EXPECT_THAT(last_lines(base_ / "missing", 2), testing::IsEmpty());
}

// Waits for the end without a clock: waitpid blocks in the destructor only, so ask until the kernel says so.
std::string end_of(Child& child) {
    for (;;) {
        if (const auto ended = child.ended()) return *ended;
    }
}

TEST_F(FolderTest, TellsHowAChildEndedAndKeepsItsOutput) {
    auto child = Child::start("/bin/sh", {"-c", "echo out; echo err >&2; exit 3"}, base_ / "log");
    ASSERT_TRUE(child);
    EXPECT_EQ(end_of(*child), "exit 3");
    EXPECT_EQ(end_of(*child), "exit 3");
    EXPECT_EQ(text_of(base_ / "log"), "out\nerr\n");
}

TEST_F(FolderTest, StopsAChildBySigterm) {
    auto child = Child::start("/bin/sh", {"-c", "exec sleep 1000"}, base_ / "log");
    ASSERT_TRUE(child);
    EXPECT_EQ(child->ended(), std::nullopt);
    child->ask_to_stop();
    EXPECT_EQ(end_of(*child), "signal 15");
}

TEST_F(FolderTest, SaysWhenAProgramCannotBeStarted) {
    const auto child = Child::start(base_ / "nothing", {}, base_ / "log");
    ASSERT_FALSE(child);
    EXPECT_THAT(child.error().text(), HasSubstr("cannot be started"));
}

}  // namespace
}  // namespace entrawatch::simulator
