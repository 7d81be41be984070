#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "core/store/questions.hpp"
#include "tests/daemon/commands/command_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class QuestionCommand : public CommandWorld {
  protected:
    int question(const std::string& name, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"query", "--config", config().string(), "--question", name};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    void import_two() {
        import(role_record("d1", "2026-11-20T08:00:00Z", "eve@contoso.example") + "\n" +
               role_record("d2", "2026-11-21T08:00:00Z", "bob@contoso.example"));
    }
};

TEST_F(QuestionCommand, ListsTheQuestionsWithoutSettings) {
    EXPECT_EQ(run({"query", "--question"}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("role-changes"));
    EXPECT_THAT(out, HasSubstr("Who was given, made eligible for, activated or lost a directory role"));
    EXPECT_LT(out.find("who-touched"), out.find("pack-alerts")) << "the tables of the pack come last";
    EXPECT_EQ(run({"query", "--question", "--format", "json"}), exit_ok) << err;
    EXPECT_EQ(nlohmann::json::parse(out).size(), question_names().size());
}

TEST_F(QuestionCommand, AnswersInEveryFormat) {
    import_two();
    EXPECT_EQ(question("role-changes"), exit_ok) << err;
    EXPECT_THAT(out, ::testing::StartsWith("OCCURRED AT"));
    EXPECT_THAT(out, HasSubstr("Global Administrator"));
    EXPECT_EQ(question("role-changes", {"--format", "json", "--from", "2026-11-21"}), exit_ok) << err;
    const auto rows = nlohmann::json::parse(out);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0]["tenant"], "contoso");
    EXPECT_EQ(rows[0]["id"], "d2");
    EXPECT_EQ(question("role-changes", {"--format", "csv", "--limit", "1"}), exit_ok) << err;
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
}

TEST_F(QuestionCommand, TakesWhatTheQuestionNames) {
    import_two();
    EXPECT_EQ(question("what-did", {"--actor", "Admin@contoso.example", "--format", "jsonl"}), exit_ok)
        << err;
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), 2);
    EXPECT_EQ(question("what-did"), exit_problems);
    EXPECT_THAT(err, HasSubstr("the question what-did needs --actor"));
    EXPECT_EQ(question("what-did", {"--actor", "x", "--ip", "192.0.2.1"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("the question what-did takes no --ip"));
    EXPECT_EQ(question("role-changes", {"--outcome", "failure"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("belong to a query without --question"));
}

TEST_F(QuestionCommand, SaysWhatWasMeant) {
    import_two();
    EXPECT_EQ(question("role-change"), exit_usage);
    EXPECT_THAT(err, HasSubstr("did you mean role-changes?"));
    EXPECT_EQ(question("zzzzzzzzzz"), exit_usage);
    EXPECT_THAT(err, HasSubstr("`entrawatch query --question` lists them"));
    EXPECT_EQ(run({"query", "--question", "role-changes"}), exit_usage);
    EXPECT_THAT(err, HasSubstr("--config"));
    EXPECT_EQ(question("consent-grants"), exit_ok);
    EXPECT_EQ(err, "the question has no answer here\n");
}

TEST_F(QuestionCommand, ExplainsHowSqliteWouldAnswer) {
    import_two();
    EXPECT_EQ(question("role-changes", {"--explain"}), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("SEARCH e USING INDEX"));
    EXPECT_EQ(run({"query", "--config", config().string(), "--explain"}), exit_usage);
}

TEST_F(QuestionCommand, AsksEveryTenantAndPrintsNothingHostile) {
    write_settings({"contoso", "fabrikam"});
    import(role_record("d1", "2026-11-22T08:00:00Z", R"(\u001b]0;owned\u0007)"), "contoso");
    import(role_record("d2", "2026-11-22T08:00:00Z"), "fabrikam");
    terminal = true;
    width = 200;
    EXPECT_EQ(question("role-changes"), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("fabrikam"));
    EXPECT_THAT(out, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace entrawatch::test
