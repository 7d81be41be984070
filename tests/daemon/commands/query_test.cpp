#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "daemon/output/display_width.hpp"
#include "tests/daemon/commands/command_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class QueryCommand : public CommandWorld {
  protected:
    int query(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"query", "--config", config().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    // The ids of the events that the question finds, in order.
    std::vector<std::string> ids(std::vector<std::string> more) {
        more.insert(more.end(), {"--format", "json"});
        EXPECT_EQ(query(more), exit_ok) << err;
        std::vector<std::string> found;
        for (const auto& row : nlohmann::json::parse(out))
            found.push_back(row["id"]);
        return found;
    }
    void import_three() {
        import(role_record("d1", "2026-11-20T08:00:00Z", "eve@contoso.example",
                           "00000000-0000-4000-8000-000000000011") +
               "\n" +
               role_record("d2", "2026-11-21T08:00:00Z", "bob@contoso.example",
                           "00000000-0000-4000-8000-000000000012") +
               "\n" +
               role_record("d3", "2026-11-22T08:00:00Z", "carol@contoso.example",
                           "00000000-0000-4000-8000-000000000013"));
    }
};

using Ids = std::vector<std::string>;

TEST_F(QueryCommand, FindsEventsNewestFirstOrOldestFirst) {
    import_three();
    EXPECT_EQ(ids({}), (Ids{"d3", "d2", "d1"}));
    EXPECT_EQ(ids({"--oldest-first"}), (Ids{"d1", "d2", "d3"}));
    EXPECT_EQ(ids({"--limit", "2"}), (Ids{"d3", "d2"}));
}

TEST_F(QueryCommand, HandsEachFilterToTheStore) {
    import_three();
    EXPECT_EQ(ids({"--from", "2026-11-21"}), (Ids{"d3", "d2"}));
    EXPECT_EQ(ids({"--to", "2026-11-21"}), (Ids{"d1"}));
    EXPECT_EQ(ids({"--from", "-1d"}), (Ids{"d3"})) << "now is 2026-11-22 10:00, so a day ago is after d2";
    EXPECT_EQ(ids({"--target", "bob@contoso.example"}), (Ids{"d2"}));
    EXPECT_EQ(ids({"--entity", "00000000-0000-4000-8000-000000000013"}), (Ids{"d3"}));
    EXPECT_EQ(ids({"--id", "d1"}), (Ids{"d1"}));
    EXPECT_EQ(ids({"--actor", "nobody"}), Ids{});
    EXPECT_EQ(ids({"--outcome", "failure"}), Ids{});
    EXPECT_EQ(ids({"--feed", "risk_detections"}), Ids{});
    EXPECT_EQ(ids({"--ip", "192.0.2.0/24"}).size(), 3U);
    EXPECT_EQ(ids({"--ip", "198.51.100.0/24"}), Ids{});
    EXPECT_EQ(ids({"--text", "carol"}), (Ids{"d3"}));
    EXPECT_EQ(ids({"--activity", "add * to role"}).size(), 3U);
    EXPECT_EQ(ids({"--correlation-id", "00000000-0000-4000-8000-000000000900"}).size(), 3U);
}

TEST_F(QueryCommand, JsonHasTheColumnsOfTheEventsView) {
    import(role_record("d1", "2026-11-22T08:00:00Z"));
    ASSERT_EQ(query({"--format", "json"}), exit_ok);
    const auto row = nlohmann::json::parse(out).at(0);
    EXPECT_EQ(row["tenant"], "contoso");
    EXPECT_EQ(row["feed"], "directory_audits");
    EXPECT_EQ(row["occurred_at"], "2026-11-22T08:00:00Z");
    EXPECT_EQ(row["received_at"], "2026-11-22T10:00:00Z");
    EXPECT_EQ(row["revision"], 1);
    EXPECT_EQ(row["activity"], "Add member to role");
    EXPECT_EQ(row["outcome"], "success");
    EXPECT_EQ(row["actor_name"], "admin@contoso.example");
    EXPECT_EQ(row["actor_ip"], "192.0.2.10");
    EXPECT_EQ(row["target_name"], "eve@contoso.example");
    EXPECT_FALSE(row.contains("raw"));
}

TEST_F(QueryCommand, RawIsTheRecordAsReceived) {
    const std::string record = role_record("d1", "2026-11-22T08:00:00Z");
    import(record);
    ASSERT_EQ(query({"--format", "jsonl", "--raw"}), exit_ok);
    EXPECT_EQ(nlohmann::json::parse(out)["raw"], record);
    ASSERT_EQ(query({"--raw"}), exit_ok);
    EXPECT_THAT(out, HasSubstr("    {\"id\":\"d1\""));
}

TEST_F(QueryCommand, CsvHasAHeaderAndOneLineAnEvent) {
    import_three();
    ASSERT_EQ(query({"--format", "csv"}), exit_ok);
    EXPECT_THAT(out, ::testing::StartsWith("tenant,occurred_at,feed,id,"));
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 4);
}

TEST_F(QueryCommand, ExportsOneObjectALineInAPublishedSchema) {
    import_three();
    struct Row {
        const char* schema;
        const char* pointer;
    };
    for (const Row& row :
         {Row{"ecs", "/event/original"}, Row{"ocsf", "/raw_data"}, Row{"asim", "/AdditionalFields/Record"}}) {
        ASSERT_EQ(query({"--format", row.schema, "--limit", "2"}), exit_ok) << err;
        std::istringstream lines{out};
        int count = 0;
        for (std::string line; std::getline(lines, line); ++count) {
            const auto object = nlohmann::json::parse(line);
            EXPECT_THAT(object.at(nlohmann::json::json_pointer{row.pointer}).get<std::string>(),
                        HasSubstr("Add member to role"))
                << "the record goes with it, without --raw";
        }
        EXPECT_EQ(count, 2) << row.schema;
    }
    ASSERT_EQ(query({"--format", "ocsf", "--id", "d1"}), exit_ok);
    const auto object = nlohmann::json::parse(out);
    EXPECT_EQ(object["class_uid"], 3005);
    EXPECT_EQ(object["privileges"], nlohmann::json::array({"Global Administrator"}));
    EXPECT_EQ(object["metadata"]["tenant_uid"], "11111111-2222-3333-4444-555555555550");
}

TEST_F(QueryCommand, ASavedQuestionHasNoSchema) {
    EXPECT_EQ(query({"--question", "role-changes", "--format", "ocsf"}), exit_usage);
    EXPECT_THAT(err, HasSubstr("--format: ecs, ocsf and asim are schemas of events"));
}

TEST_F(QueryCommand, TheTableFitsTheTerminalAndIsSafe) {
    import(role_record("d1", "2026-11-22T08:00:00Z", R"(\u001b]0;owned\u0007\u202eexample)"));
    terminal = true;
    width = 100;
    ASSERT_EQ(query(), exit_ok);
    EXPECT_THAT(out, HasSubstr("2026-11-22T08"));
    EXPECT_THAT(out, Not(HasSubstr("\x1b")));
    EXPECT_THAT(out, Not(HasSubstr("\u202e")));
    std::istringstream in{out};
    for (std::string line; std::getline(in, line);)
        EXPECT_LE(display_width(line), 100U) << line;
}

TEST_F(QueryCommand, AsksEveryTenantUnlessOneIsNamed) {
    write_settings({"contoso", "fabrikam"});
    import(role_record("d1", "2026-11-22T08:00:00Z"), "contoso");
    import(role_record("d2", "2026-11-22T08:00:00Z"), "fabrikam");
    EXPECT_EQ(ids({}), (Ids{"d1", "d2"}));
    EXPECT_EQ(ids({"--tenant", "fabrikam"}), (Ids{"d2"}));
    ASSERT_EQ(query(), exit_ok);
    EXPECT_THAT(out, HasSubstr("fabrikam"));
    EXPECT_THAT(out, HasSubstr("contoso"));
}

TEST_F(QueryCommand, SaysWhenNothingWasCollectedYet) {
    EXPECT_EQ(query(), exit_problems);
    EXPECT_THAT(err, HasSubstr("nothing collected yet for tenant contoso"));
    EXPECT_THAT(err, HasSubstr("entrawatch run"));
}

TEST_F(QueryCommand, SaysWhenNothingMatches) {
    import_three();
    EXPECT_EQ(query({"--id", "none"}), exit_ok);
    EXPECT_EQ(out, "");
    EXPECT_EQ(err, "no event matches\n");
}

TEST_F(QueryCommand, RefusesTimesAndAddressesThatAreNone) {
    import_three();
    EXPECT_EQ(query({"--from", "yesterday-ish"}), exit_usage);
    EXPECT_THAT(err, HasSubstr("--from: 'yesterday-ish' is no time; write 2026-11-22T10:00:00Z"));
    EXPECT_EQ(query({"--from", "2026-11-22", "--to", "2026-11-21"}), exit_usage);
    EXPECT_THAT(err, HasSubstr("--to is not after --from"));
    EXPECT_EQ(query({"--ip", "not an address"}), exit_problems);
    EXPECT_NE(err, "");
}

TEST_F(QueryCommand, ADestroyedDatabaseIsAFailureNotAnEmptyAnswer) {
    import_three();
    write_file(database(), std::string(8192, 'x'));
    std::filesystem::remove(database().string() + "-wal");
    std::filesystem::remove(database().string() + "-shm");
    EXPECT_EQ(query(), exit_problems);
    EXPECT_NE(err, "");
}

}  // namespace
}  // namespace entrawatch::test
