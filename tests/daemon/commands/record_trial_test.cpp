#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "tests/daemon/commands/command_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class RecordTrial : public CommandWorld {
  protected:
    int trial(const std::string& record, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"rules", "test", "--record", "-"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments, record);
    }
    nlohmann::json tried(const std::string& record, std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--format", "json"});
        EXPECT_EQ(trial(record, more), exit_ok) << out << err;
        return nlohmann::json::parse(out);
    }
    const std::string given = role_record("Directory_1", "2026-11-20T09:00:00Z");
    const std::string other_activity =
        R"({"id":"Directory_2","activityDateTime":"2026-11-20T09:00:00Z","activityDisplayName":"Add user"})";
};

TEST_F(RecordTrial, SaysWhichRulesFireAndWithWhatWords) {
    const auto rows = tried(given);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["result"], "fires");
    EXPECT_EQ(rows[0]["rule"], "pim/role-given");
    EXPECT_EQ(rows[0]["severity"], "high");
    EXPECT_EQ(rows[0]["summaries"][0], "admin@contoso.example gave a role to eve@contoso.example");
    EXPECT_EQ(rows[0]["selections"][0]["holds"], true);
    ASSERT_EQ(trial(given), exit_ok);
    EXPECT_THAT(out, HasSubstr("directory_audits, Directory_1, 2026-11-20T09:00:00Z: Add member to role"));
    EXPECT_THAT(out, HasSubstr("without --config nothing is known of the directory"));
}

TEST_F(RecordTrial, SaysWhichConditionFailedOfARuleThatWasAskedFor) {
    const auto rows = tried(other_activity, {"pim/role-given"});
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["result"], "silent");
    EXPECT_EQ(rows[0]["wrong"], 1);
    EXPECT_EQ(rows[0]["reasons"][0]["field"], "activityDisplayName");
    EXPECT_EQ(rows[0]["reasons"][0]["demand"], "is 'Add member to role'");
    EXPECT_EQ(rows[0]["reasons"][0]["record_holds"], "'Add user'");
    ASSERT_EQ(trial(other_activity, {"11111111-AAAA-4000-8000-000000000001"}), exit_ok);
    EXPECT_THAT(out,
                HasSubstr("in `selection` it does not hold, and should, that activityDisplayName is 'Add "
                          "member to role'; the record holds 'Add user'"));
    EXPECT_EQ(tried(given, {"emergency/sign-in"})[0]["result"], "other feed");
}

TEST_F(RecordTrial, ShowsTheNearestMissesOfTheSameActivityOnly) {
    std::string mine{role_rule};
    mine.replace(mine.find("000000000001"), 12, "0000000000ff");
    const std::string_view demand = "activityDisplayName: Add member to role";
    mine.replace(mine.find(demand), demand.size(),
                 "activityDisplayName: Add member to role, result: failure");
    write_file(shipped() / "rules/pim/refused.yml", mine);
    const auto rows = tried(given);
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["result"], "fires");
    EXPECT_EQ(rows[1]["rule"], "pim/refused");
    EXPECT_EQ(rows[1]["wrong"], 1);
    ASSERT_EQ(trial(other_activity), exit_ok);
    EXPECT_THAT(out, HasSubstr("no rule fires, and none is about this activity"));
}

TEST_F(RecordTrial, JudgesWithTheDirectoryOfTheSettings) {
    const std::string sign_in =
        R"({"id":"s1","createdDateTime":"2026-11-01T08:00:00Z","userId":"00000000-0000-4000-8000-00000000000e",
            "userPrincipalName":"breakglass@contoso.example","signInEventTypes":["interactiveUser"],"status":{"errorCode":0}})";
    EXPECT_EQ(tried(sign_in, {"emergency/sign-in"})[0]["result"], "silent");
    std::string settings;
    std::getline(std::ifstream{config()}, settings, '\0');
    const std::string_view place = "    credential:";
    settings.insert(settings.find(place),
                    "    emergency_accounts: [{object_id: 00000000-0000-4000-8000-00000000000e}]\n");
    write_file(config(), settings);
    EXPECT_EQ(tried(sign_in, {"emergency/sign-in", "--config", config().string()})[0]["result"], "fires")
        << "before anything was collected";
    import(given);
    EXPECT_EQ(tried(sign_in, {"emergency/sign-in", "--config", config().string()})[0]["result"], "fires");
}

TEST_F(RecordTrial, TakesAzureMonitorsShapeAndANamedFeed) {
    const std::string monitor =
        R"({"time":"2026-11-20T09:00:00Z","category":"AuditLogs","operationName":"Add member to role",
            "properties":{"id":"Directory_3","activityDisplayName":"Add member to role","targetResources":[]}})";
    EXPECT_EQ(tried(monitor)[0]["result"], "fires");
    EXPECT_EQ(trial(R"({"id":"x"})"), exit_problems);
    EXPECT_THAT(err, HasSubstr("name it with --feed"));
    EXPECT_EQ(trial(R"({"id":"x","activityDisplayName":"Add member to role","targetResources":[]})",
                    {"--feed", "directory_audits"}),
              exit_ok)
        << err;
}

TEST_F(RecordTrial, ReadsAFileToo) {
    write_file(folder() / "record.json", given);
    EXPECT_EQ(run({"rules", "test", "--record", (folder() / "record.json").string()}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("fires"));
    EXPECT_EQ(run({"rules", "test", "--record", (folder() / "none.json").string()}), exit_problems);
    EXPECT_THAT(err, HasSubstr("none.json"));
}

TEST_F(RecordTrial, RefusesWhatIsNotOneRecordAndSaysWhy) {
    const auto refuses = [&](const std::string& text, const std::string& why) {
        EXPECT_EQ(trial(text), exit_problems) << text.substr(0, 50);
        EXPECT_THAT(err, HasSubstr("standard input: ")) << why;
        EXPECT_THAT(err, HasSubstr(why));
        EXPECT_EQ(out, "");
    };
    refuses("", "there is no record in it");
    refuses("not JSON", "JSON");
    refuses("[" + given + "," + given + "]", "it holds 2 records");
    refuses(std::string(200'000, '['), "");
    refuses(
        R"({"id":"x","activityDisplayName":"y","a":)" + std::string(5000, '[') + std::string(5000, ']') + "}",
        "deep");
    refuses(std::string(max_record_bytes + 10, 'x'), "longer than a record may be");
    refuses(R"({"activityDateTime":"2026-11-20T09:00:00Z","activityDisplayName":"no id"})", "id");
}

TEST_F(RecordTrial, ShowsNoControlCharacterOfTheRecord) {
    std::string record = role_record("Directory_\\u001b[2J", "2026-11-20T09:00:00Z", "eve\\u001b]0;x\\u0007");
    ASSERT_EQ(trial(record), exit_ok) << err;
    EXPECT_THAT(out, Not(HasSubstr("\x1b")));
    EXPECT_THAT(out, HasSubstr("\\x1b"));
    record.replace(record.find("Add member to role"), 18, "Add\\u001b[31m\\u202e");
    ASSERT_EQ(trial(record, {"pim/role-given"}), exit_ok) << err;
    EXPECT_THAT(out, Not(HasSubstr("\x1b")));
    EXPECT_THAT(out, Not(HasSubstr("\u202e")));
}

TEST_F(RecordTrial, SaysThatAFilterInForceWouldSuppressIt) {
    write_file(folder() / "mine/eve.yml",
               "title: Eve\nlogsource: {product: azure, service: auditlogs}\n"
               "filter: {rules: [pim/role-given], selection: {target.name: eve@contoso.example}, condition: "
               "selection}\nentrawatch: {owner: ops, reason: known, expires: 2027-05-31}\n");
    write_settings({"contoso"}, "rules: { directories: [" + (folder() / "mine").string() + "] }\n");
    const auto rows = tried(given, {"--config", config().string(), "pim/role-given"});
    EXPECT_EQ(rows[0]["result"], "suppressed");
    EXPECT_EQ(rows[0]["suppressed_by"], "eve");
}

TEST_F(RecordTrial, SaysWhatARecordAddsToACorrelation) {
    write_file(
        folder() / "mine/many.yml",
        "title: A role\nname: a_role\nlogsource: {product: azure, service: auditlogs}\n"
        "detection: {selection: {activityDisplayName: Add member to role}, condition: selection}\n---\n"
        "title: Many\nid: 11111111-aaaa-4000-8000-0000000000fe\nlevel: high\ncorrelation: {type: "
        "event_count, rules: "
        "[a_role], group-by: [actor.ip], timespan: 1h, condition: {gte: 3}}\n");
    const auto rows = tried(given, {(folder() / "mine/many.yml").string()});
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["result"], "matches") << "only the correlation looks at it";
    EXPECT_EQ(rows[1]["result"], "counts");
    EXPECT_EQ(rows[1]["step"], "a_role");
    EXPECT_TRUE(rows[1]["summaries"].empty()) << "three records say that, not one";
    std::string without{given};
    without.replace(without.find("ipAddress"), 9, "elsewhere");
    EXPECT_EQ(tried(without, {(folder() / "mine/many.yml").string()})[1]["result"], "no group");
    write_settings({"contoso"}, "rules: { directories: [" + (folder() / "mine").string() + "] }\n");
    const auto unasked = tried(given, {"--config", config().string()});
    ASSERT_EQ(unasked.size(), 2U) << "the rule that only the correlation looks at is left out";
    EXPECT_EQ(unasked[0]["result"], "fires");
    EXPECT_EQ(unasked[1]["result"], "counts");
}

TEST_F(RecordTrial, NeedsARecordForItsOptions) {
    EXPECT_EQ(run({"rules", "test", "--feed", "directory_audits"}), exit_usage);
    EXPECT_EQ(trial(given, {"--tenant", "contoso"}), exit_usage);
    EXPECT_EQ(trial(given, {"--feed", "audits"}), exit_usage);
    EXPECT_THAT(err, HasSubstr("no feed is called 'audits'"));
    EXPECT_EQ(trial(given, {"no/such-rule"}), exit_problems);
}

}  // namespace
}  // namespace entrawatch::test
