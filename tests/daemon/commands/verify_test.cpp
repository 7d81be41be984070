#include <gmock/gmock.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

#include <unistd.h>

#include "config/files.hpp"
#include "core/base/ed25519.hpp"
#include "tests/daemon/commands/command_world.hpp"
#include "tests/support/plain_sql.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class VerifyCommand : public CommandWorld {
  protected:
    VerifyCommand() { import(role_record("Directory_1", "2026-11-22T09:00:00Z")); }
    int verify(std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"verify", "--config", config().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    int verify_copy(const std::filesystem::path& file) {
        return run({"verify", "--database", file.string(), "--public-key", public_key().string()});
    }
    [[nodiscard]] std::filesystem::path public_key() const { return folder() / "state/evidence.pub"; }
};

TEST_F(VerifyCommand, FindsAnImportedDatabaseIntactAndSigned) {
    EXPECT_EQ(verify(), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr("contoso: intact"));
    EXPECT_THAT(out, HasSubstr("among them 1 events"));
    EXPECT_THAT(out, HasSubstr("signed up to entry "));
    EXPECT_THAT(out, Not(HasSubstr("not signed yet")));
    EXPECT_EQ(err, "");
}

TEST_F(VerifyCommand, NeedsTheFileAndThePublicKeyOnly) {
    const TempFolder elsewhere;
    std::filesystem::copy_file(database(), elsewhere.path() / "copy.db");
    std::filesystem::copy_file(public_key(), elsewhere.path() / "evidence.pub");
    EXPECT_EQ(run({"verify", "--database", (elsewhere.path() / "copy.db").string(), "--public-key",
                   (elsewhere.path() / "evidence.pub").string()}),
              exit_ok)
        << out << err;
    EXPECT_THAT(out, HasSubstr("copy.db: intact"));
}

TEST_F(VerifyCommand, SaysWhereItIsBroken) {
    plain_sql(database(), "UPDATE alert SET summary = 'nothing' WHERE seq = 1");
    EXPECT_EQ(verify(), exit_problems);
    EXPECT_THAT(out, HasSubstr("contoso: BROKEN\n  table alert, row 1: the row was changed; entry "));
    EXPECT_EQ(verify_copy(database()), exit_problems);
    EXPECT_EQ(verify({"--format", "json"}), exit_problems);
    const auto json = nlohmann::json::parse(out);
    EXPECT_EQ(json[0]["intact"], false);
    EXPECT_THAT(json[0]["broken"].get<std::string>(), HasSubstr("table alert, row 1"));
}

TEST_F(VerifyCommand, TellsOfEntriesThatAreNotSignedYet) {
    {
        Store tenant = store();
        must(tenant.add_audit({clock.now().wall, "root", "a", "b", "c"}));
        must(tenant.add_audit({clock.now().wall, "root", "a", "b", "c"}));
    }
    EXPECT_EQ(verify(), exit_ok);
    EXPECT_THAT(out, HasSubstr("the last 2 entries are not signed yet"));
}

TEST_F(VerifyCommand, HoldsTheChainAgainstHeadsKeptElsewhere) {
    ASSERT_EQ(verify({"--format", "json"}), exit_ok);
    const std::string head = nlohmann::json::parse(out)[0]["head"];
    EXPECT_EQ(verify({"--head", head}), exit_ok);
    std::string other = head;
    other.back() = other.back() == '0' ? '1' : '0';
    EXPECT_EQ(verify({"--head", head, "--head", other}), exit_problems);
    EXPECT_THAT(out, HasSubstr("made anew"));
    EXPECT_EQ(verify({"--head", "99" + head}), exit_problems);
    EXPECT_THAT(out, HasSubstr("the end was cut off"));
    EXPECT_EQ(verify({"--head", "none"}), exit_configuration);
    EXPECT_THAT(err, HasSubstr("--head: 'none' is neither an entry"));
}

TEST_F(VerifyCommand, ShowsProgressOnATerminal) {
    terminal = true;
    EXPECT_EQ(verify(), exit_ok);
    EXPECT_THAT(err, HasSubstr("contoso: records and rows; entry "));
    EXPECT_THAT(err, ::testing::EndsWith("\r\x1b[K")) << "the line is cleared at the end";
}

TEST_F(VerifyCommand, RefusesKeysAndSettingsThatItCannotUse) {
    EXPECT_EQ(run({"verify", "--database", database().string(), "--public-key", config().string()}),
              exit_configuration);
    EXPECT_THAT(err, HasSubstr("no Ed25519 public key"));
    EXPECT_EQ(run({"verify", "--database", database().string(), "--public-key", "/nowhere"}),
              exit_configuration);
    EXPECT_EQ(run({"verify", "--config", "/nowhere.yaml"}), exit_configuration);
    EXPECT_EQ(run({"verify"}), exit_usage);
    EXPECT_EQ(run({"verify", "--database", database().string()}), exit_usage);
    EXPECT_EQ(run({"verify", "--config", config().string(), "--database", "x", "--public-key", "y"}),
              exit_usage);
    std::filesystem::remove(public_key());
    EXPECT_EQ(verify(), exit_configuration);
    EXPECT_THAT(err, HasSubstr("holds no public key of the evidence chain"));
}

TEST_F(VerifyCommand, SaysThatADatabaseIsMissing) {
    std::filesystem::remove(database());
    EXPECT_EQ(verify(), exit_problems);
    EXPECT_THAT(err, HasSubstr("there is no such file"));
}

TEST_F(VerifyCommand, AnswersForEveryTenant) {
    write_settings({"contoso", "fabrikam"});
    import(role_record("Directory_2", "2026-11-22T09:00:00Z"), "fabrikam");
    plain_sql(database("contoso"), "DELETE FROM alert_event");
    EXPECT_EQ(verify(), exit_problems);
    EXPECT_THAT(out, HasSubstr("contoso: BROKEN"));
    EXPECT_THAT(out, HasSubstr("fabrikam: intact"));
    EXPECT_EQ(verify({"--tenant", "fabrikam"}), exit_ok);
}

TEST_F(VerifyCommand, KeepsTheOldKeysPublicHalfWhenAKeyIsChanged) {
    write_file(folder() / "own.pem", must(Ed25519Key::from_seed(std::string(32, 'o'))).pem());
    write_settings({"contoso"}, "evidence: { signing_key_file: own.pem }\n");
    import(role_record("Directory_2", "2026-11-22T09:30:00Z"));
    EXPECT_EQ(verify(), exit_ok) << out << err;
    EXPECT_EQ(verify_copy(database()), exit_ok) << out << err;
    EXPECT_THAT(out, HasSubstr(must(Ed25519Key::from_seed(std::string(32, 'o'))).public_key().id()));
}

// What the manual tells an auditor to do by hand.
TEST_F(VerifyCommand, ACheckpointVerifiesWithSqlite3AndOpensslAlone) {
    if (std::system("command -v openssl >/dev/null 2>&1") != 0 || !sqlite3_shell(database(), "SELECT 1;"))
        GTEST_SKIP() << "needs sqlite3 and openssl";
    const std::string folder_name = (folder() / "state").string();
    const std::string script =
        "cd '" + folder_name + "' && " +
        "sqlite3 -readonly contoso.db \"SELECT 'entrawatch chain checkpoint' || char(10) || 'tenant ' || "
        "tenant || "
        "char(10) || 'entry ' || entry || char(10) || 'hash ' || hash || char(10) || 'at ' || at FROM "
        "chain_checkpoints ORDER BY entry DESC LIMIT 1\" > statement && "
        "sqlite3 -readonly contoso.db \"SELECT writefile('signature', signature) FROM chain_checkpoint ORDER "
        "BY "
        "entry DESC LIMIT 1\" > written && "
        "openssl pkeyutl -verify -pubin -inkey evidence.pub -rawin -in statement -sigfile signature > said "
        "2>&1";
    EXPECT_EQ(std::system(script.c_str()), 0);
}

TEST_F(VerifyCommand, TheKeyMadeHereIsPrivate) {
    const auto mode = [&](const char* name) {
        return std::filesystem::status(folder() / "state" / name).permissions();
    };
    EXPECT_EQ(mode("evidence.key"), std::filesystem::perms{0600});
    EXPECT_FALSE(
        std::filesystem::exists(folder() / "state" / ("evidence.key." + std::to_string(::getpid()))));
    const std::string before = must(read_small_file(folder() / "state/evidence.key", 4096));
    import(role_record("Directory_3", "2026-11-22T09:40:00Z"));
    EXPECT_EQ(must(read_small_file(folder() / "state/evidence.key", 4096)), before) << "made once";
}

}  // namespace
}  // namespace entrawatch::test
