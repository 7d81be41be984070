#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/daemon/commands/command_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class ImportCommand : public CommandWorld {
  protected:
    int import_file(std::string_view name, std::string_view text, std::vector<std::string> more = {}) {
        write_file(folder() / name, text);
        std::vector<std::string> arguments{"import", "--config", config().string(),
                                           (folder() / name).string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
};

TEST_F(ImportCommand, StoresLinesArraysAndPages) {
    EXPECT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-22T08:00:00Z") + "\n"), exit_ok)
        << out << err;
    EXPECT_EQ(import_file("b.json", "[" + role_record("d2", "2026-11-22T08:00:01Z") + "]"), exit_ok)
        << out << err;
    EXPECT_EQ(import_file("c.json", "{\"value\":[" + role_record("d3", "2026-11-22T08:00:02Z") + "]}"),
              exit_ok)
        << out << err;
    EXPECT_EQ(must(store().counts()).events, 3);
}

TEST_F(ImportCommand, CountsWhatBecameOfTheRecords) {
    const std::string records =
        role_record("d1", "2026-11-22T08:00:00Z") + "\n" + role_record("d2", "2026-11-22T08:00:01Z");
    EXPECT_EQ(import_file("a.jsonl", records), exit_ok);
    EXPECT_THAT(
        out, HasSubstr("2 records: 2 fresh, 0 duplicates, 0 revised, 0 rejected; 1 alerts opened, 0 raised"));
    EXPECT_EQ(import_file("a.jsonl", records), exit_ok);
    EXPECT_THAT(
        out, HasSubstr("2 records: 0 fresh, 2 duplicates, 0 revised, 0 rejected; 0 alerts opened, 0 raised"));
}

TEST_F(ImportCommand, PrintsEachAlertOnALineWithItsId) {
    ASSERT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-22T08:00:00Z")), exit_ok);
    EXPECT_THAT(out,
                HasSubstr("high  PR-1  admin@contoso.example gave a role to eve@contoso.example  alrt_"));
}

TEST_F(ImportCommand, DecidesAtItsEndWhatWaitedForTheRest) {
    write_file(shipped() / "rules/correlations/role-stayed.yml", waiting_rule);
    ASSERT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-20T08:00:00Z")), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("low  PR-7  eve@contoso.example keeps a role  alrt_"));
    EXPECT_THAT(out, HasSubstr("2 alerts opened"));
}

TEST_F(ImportCommand, NamesARejectedRecordByFileAndPlaceAndKeepsIt) {
    const std::string text = role_record("d1", "2026-11-22T08:00:00Z") + "\nthis is no record\n" +
                             role_record("d2", "2026-11-22T08:00:01Z");
    EXPECT_EQ(import_file("a.jsonl", text), exit_problems);
    EXPECT_THAT(out, HasSubstr("a.jsonl:2: rejected: "));
    EXPECT_THAT(out, HasSubstr("2 fresh, 0 duplicates, 0 revised, 1 rejected"));
    EXPECT_EQ(must(store().counts()).rejections, 1);
}

TEST_F(ImportCommand, NamesTheRecordAlsoBeyondTheFirstTransaction) {
    std::string text;
    for (int i = 0; i < 1500; ++i)
        text += role_record("d" + std::to_string(i), "2026-11-22T08:00:00Z") + "\n";
    EXPECT_EQ(import_file("a.jsonl", text + "broken\n"), exit_problems);
    EXPECT_THAT(out, HasSubstr("a.jsonl:1501: rejected: "));
    EXPECT_EQ(must(store().counts()).events, 1500);
}

TEST_F(ImportCommand, NamesTheLineWhateverIsOnIt) {
    const std::string good = role_record("d1", "2026-11-22T08:00:00Z");
    EXPECT_EQ(import_file("a.jsonl", good + "\n\n\nbroken\n"), exit_problems);
    EXPECT_THAT(out, HasSubstr("a.jsonl:4: rejected: ")) << "blank lines count";
    EXPECT_EQ(import_file("b.json", "{\"value\":[\n" + good + ",\n{}, {}]}"), exit_problems);
    EXPECT_THAT(out, HasSubstr("b.json:3: rejected: "));
    EXPECT_THAT(out, HasSubstr("b.json:3 (record 2 there): rejected: "));
}

TEST_F(ImportCommand, TakesAFolderOfStoredLogsOnceAndReadsOnWhereItGrew) {
    const auto stored = [](std::string_view id) {
        const std::string time = "2026-11-22T08:00:00Z";
        return R"({"time":")" + time + R"(","category":"AuditLogs","operationName":"Add member to role",)" +
               R"("properties":)" + role_record(id, time) + "}\n";
    };
    const std::filesystem::path logs = folder() / "logs";
    const auto hour = logs /
                      "insights-logs-auditlogs/tenantId=11111111-2222-3333-4444-555555555550/y=2026/m=11/"
                      "d=22/h=08/m=00/PT1H.json";
    std::filesystem::create_directories(hour.parent_path());
    write_file(hour, stored("d1") + "broken\n");
    const auto take = [&] { return run({"import", "--config", config().string(), logs.string()}); };
    EXPECT_EQ(take(), exit_problems) << out << err;
    EXPECT_THAT(out, HasSubstr("PT1H.json:2: rejected: "));
    EXPECT_THAT(out, HasSubstr("1 file of stored logs, 0 of them read to their end before"));
    EXPECT_THAT(out, HasSubstr("2 records: 1 fresh, 0 duplicates, 0 revised, 1 rejected"));
    EXPECT_EQ(take(), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("0 records"));
    EXPECT_THAT(out, HasSubstr("1 of them read to their end before"));
    write_file(hour, stored("d1") + "broken\n" + stored("d2") + "bad\n");
    EXPECT_EQ(take(), exit_problems) << out << err;
    EXPECT_THAT(out, HasSubstr("PT1H.json:4: rejected: "));
    EXPECT_THAT(out, HasSubstr("2 records: 1 fresh, 0 duplicates, 0 revised, 1 rejected"));
    EXPECT_EQ(must(store().counts()).events, 2);
    EXPECT_EQ(run({"import", "--config", config().string(), "--again", logs.string()}), exit_problems);
    EXPECT_THAT(out, HasSubstr("4 records: 0 fresh, 2 duplicates, 0 revised, 2 rejected"));
}

TEST_F(ImportCommand, SaysWhichFolderHoldsNoStoredLogs) {
    std::filesystem::create_directories(folder() / "empty");
    write_file(folder() / "empty/a.jsonl", role_record("d1", "2026-11-22T08:00:00Z"));
    EXPECT_EQ(run({"import", "--config", config().string(), (folder() / "empty").string()}), exit_problems);
    EXPECT_THAT(err, HasSubstr("the folder holds no insights-logs-"));
    EXPECT_EQ(must(store().counts()).events, 0) << "what is named one by one is taken, not what lies about";
}

TEST_F(ImportCommand, ARecordThatDoesNotSayItsFeedIsTakenWithFeedNamed) {
    const std::string record = R"({"id":"x1","activityDateTime":"2026-11-22T08:00:00Z"})";
    EXPECT_EQ(import_file("a.jsonl", record, {"--feed", "directory_audits"}), exit_ok) << out;
}

TEST_F(ImportCommand, WithoutDeliverNothingIsEnqueued) {
    ASSERT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-22T08:00:00Z")), exit_ok);
    EXPECT_EQ(must(store().counts()).deliveries_due, 0);
    EXPECT_EQ(must(store().counts()).alerts, 1);
}

TEST_F(ImportCommand, WithDeliverTheAlertIsDue) {
    ASSERT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-22T08:00:00Z"), {"--deliver"}), exit_ok);
    EXPECT_EQ(must(store().counts()).deliveries_due, 1);
    EXPECT_THAT(out, HasSubstr("1 to deliver to soc"));
}

TEST_F(ImportCommand, AMissingFileIsNamedAndTheOthersAreTaken) {
    EXPECT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-22T08:00:00Z"),
                          {(folder() / "missing.json").string()}),
              exit_problems);
    EXPECT_THAT(err, HasSubstr("missing.json"));
    EXPECT_EQ(must(store().counts()).events, 1);
}

TEST_F(ImportCommand, OneTenantOfSeveralMustBeNamed) {
    write_settings({"contoso", "fabrikam"});
    EXPECT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-22T08:00:00Z")), exit_problems);
    EXPECT_THAT(err, HasSubstr("name one with --tenant: contoso, fabrikam"));
    EXPECT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-22T08:00:00Z"), {"--tenant", "fabrikam"}),
              exit_ok)
        << err;
    EXPECT_EQ(must(store("fabrikam").counts()).events, 1);
    EXPECT_EQ(import_file("a.jsonl", "", {"--tenant", "nobody"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("no tenant 'nobody'; they have contoso, fabrikam"));
}

TEST_F(ImportCommand, UnusableSettingsOrRulesEndIt) {
    EXPECT_EQ(run({"import", "--config", (folder() / "none.yaml").string(), "-"}), exit_configuration);
    EXPECT_THAT(err, HasSubstr("there is no settings file here"));
    write_file(shipped() / "rules/pim/broken.yml", "title: [");
    EXPECT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-22T08:00:00Z")), exit_configuration);
    EXPECT_THAT(err, HasSubstr("broken.yml"));
}

TEST_F(ImportCommand, MakesTheFolderOfTheDatabasesForItsOwnerOnly) {
    ASSERT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-22T08:00:00Z")), exit_ok);
    const auto permissions = std::filesystem::status(folder() / "state").permissions();
    EXPECT_EQ(permissions, std::filesystem::perms::owner_all);
}

TEST_F(ImportCommand, ShowsProgressOnATerminalOnly) {
    ASSERT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-22T08:00:00Z")), exit_ok);
    EXPECT_EQ(err, "");
    terminal = true;
    ASSERT_EQ(import_file("b.jsonl", role_record("d2", "2026-11-22T08:00:00Z")), exit_ok);
    EXPECT_THAT(err, HasSubstr("1 records"));
}

TEST_F(ImportCommand, NamesThatAttackersChoseAreSafeToPrint) {
    ASSERT_EQ(import_file("a.jsonl", role_record("d1", "2026-11-22T08:00:00Z", R"(\u001b[2Jevil\u202e)")),
              exit_ok);
    EXPECT_THAT(out, HasSubstr("evil"));
    EXPECT_THAT(out, Not(HasSubstr("\x1b")));
    EXPECT_THAT(out, Not(HasSubstr("\u202e")));
}

}  // namespace
}  // namespace entrawatch::test
