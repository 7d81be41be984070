// `hold add|list|remove`.
#include <gmock/gmock.h>

#include "tests/daemon/commands/alerts_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class HoldCommands : public AlertsCommands {
  protected:
    HoldCommands() { static_cast<void>(store()); }
    int hold(const std::string& command, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"hold", command, "--config", config().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    int add(std::vector<std::string> more) {
        more.insert(more.end(), {"--reason", "case 17"});
        return hold("add", more);
    }
    nlohmann::json listed(std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--format", "json"});
        EXPECT_EQ(hold("list", more), exit_ok) << err;
        return nlohmann::json::parse(out);
    }
};

TEST_F(HoldCommands, AddSaysWhatIsHeldAndWritesWhoDidIt) {
    ASSERT_EQ(add({"--entity", "eve@contoso.example", "--from", "2026-01-01T00:00:00Z"}), exit_ok) << err;
    EXPECT_THAT(out,
                HasSubstr(": tenant contoso, eve@contoso.example; from 2026-01-01T00:00:00Z; kept until "));
    const auto row = listed().at(0);
    EXPECT_EQ(row["condition"], "in force");
    EXPECT_EQ(row["author"], "auditor");
    EXPECT_EQ(row["reason"], "case 17");
    EXPECT_TRUE(row["to"].is_null());
    EXPECT_EQ(sql("SELECT actor || '|' || action || '|' || detail FROM audit_trail"),
              "auditor|hold add|eve@contoso.example; from 2026-01-01T00:00:00Z; case 17");
    EXPECT_EQ(sql("SELECT entity || '|' || author || '|' || span_from FROM holds"),
              "eve@contoso.example|auditor|2026-01-01T00:00:00Z");
}

TEST_F(HoldCommands, AddNamesAnAlertByItsWholeId) {
    open_two();
    const std::string id = newest_id();
    ASSERT_EQ(add({"--alert", id.substr(0, id.size() - 2)}), exit_ok) << err;
    EXPECT_EQ(listed()[0]["alert_id"], id);
}

TEST_F(HoldCommands, AddIsRefusedWithTheRemedy) {
    EXPECT_EQ(add({}), exit_usage);
    EXPECT_THAT(err, HasSubstr("a hold of everything is refused: name --entity"));
    EXPECT_EQ(add({"--from", "2026-02-01T00:00:00Z", "--to", "2026-01-01T00:00:00Z"}), exit_usage);
    EXPECT_EQ(add({"--alert", "alrt_none"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("no alert has an id that begins with alrt_none"));
    EXPECT_EQ(hold("add", {"--entity", "eve"}), exit_usage);
    EXPECT_THAT(err, HasSubstr("--reason"));
    EXPECT_THAT(listed({"--all"}), IsEmpty());
}

TEST_F(HoldCommands, RemoveEndsAHoldOnceAndKeepsIt) {
    ASSERT_EQ(add({"--entity", "eve"}), exit_ok);
    const std::string id = listed()[0]["id"];
    EXPECT_EQ(hold("remove", {id}), exit_usage) << "a reason is asked for";
    ASSERT_EQ(hold("remove", {id.substr(0, 20), "--reason", "closed"}), exit_ok) << err;
    EXPECT_THAT(listed(), IsEmpty());
    const auto row = listed({"--all"})[0];
    EXPECT_EQ(row["condition"], "removed");
    EXPECT_EQ(row["removed_by"], "auditor");
    EXPECT_EQ(hold("remove", {id, "--reason", "x"}), exit_problems);
    EXPECT_THAT(err, HasSubstr("was removed already, by auditor"));
    EXPECT_EQ(sql("SELECT count(*) FROM audit_trail"), "2");
}

}  // namespace
}  // namespace entrawatch::test
