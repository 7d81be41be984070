#include <gmock/gmock.h>

#include "tests/daemon/commands/command_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;

using CommandLine = CommandWorld;

TEST_F(CommandLine, AWrongWordIsAUsageErrorAndNothingIsDone) {
    EXPECT_EQ(run({"imprt", "--config", config().string(), "-"}, role_record("d1", "2026-11-22T08:00:00Z")),
              exit_usage);
    EXPECT_EQ(err, "entrawatch: unknown command 'imprt'; did you mean import?\n");
    EXPECT_EQ(out, "");
    EXPECT_FALSE(std::filesystem::exists(database()));
}

TEST_F(CommandLine, HelpAndVersionGoToStandardOutput) {
    EXPECT_EQ(run({"help"}), exit_ok);
    EXPECT_THAT(out, HasSubstr("alerts"));
    EXPECT_EQ(run({"--version"}), exit_ok);
    EXPECT_THAT(out, ::testing::StartsWith("entrawatch "));
    EXPECT_EQ(err, "");
}

TEST_F(CommandLine, EveryCommandThatNeedsSettingsSaysWhenTheyAreMissing) {
    const std::string none = (folder() / "none.yaml").string();
    const std::vector<std::vector<std::string>> commands{{"check"},
                                                         {"import", "-"},
                                                         {"query"},
                                                         {"alerts", "list"},
                                                         {"alerts", "show", "x"},
                                                         {"alerts", "explain", "x"},
                                                         {"alerts", "redeliver", "x"},
                                                         {"alerts", "test"},
                                                         {"coverage"},
                                                         {"status"}};
    for (std::vector<std::string> command : commands) {
        command.insert(command.end(), {"--config", none});
        EXPECT_EQ(run(command), exit_configuration) << command[0];
        EXPECT_THAT(err, HasSubstr("there is no settings file here; name it with --config")) << command[0];
    }
}

TEST_F(CommandLine, EveryCommandPrintsTheProblemsOfItsSettings) {
    write_settings({"contoso"}, "retension: 1d\n");
    for (const char* command : {"query", "coverage", "status"}) {
        EXPECT_EQ(run({command, "--config", config().string()}), exit_configuration) << command;
        EXPECT_THAT(err, HasSubstr("retension"));
    }
}

TEST(Invocation, OfThisProcessKnowsItsUserAndProgram) {
    const Invocation invocation = invocation_of_process();
    EXPECT_FALSE(invocation.user.empty());
    EXPECT_TRUE(std::filesystem::exists(invocation.executable)) << invocation.executable;
    EXPECT_GT(invocation.now(), at("2024-01-01T00:00:00Z"));
}

}  // namespace
}  // namespace entrawatch::test
