// The script that goes with every pack, as an auditor runs it: python3 and openssl.
#include <gmock/gmock.h>

#include "tests/daemon/evidence/evidence_world.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;

class VerifyPack : public EvidenceWorld {
  protected:
    void SetUp() override {
        if (!has_program("python3") || !has_program("openssl"))
            GTEST_SKIP() << "python3 or openssl is not installed";
        import(role_record("d0", "2026-11-19T08:00:00Z"));
        clock.advance(std::chrono::minutes{10});
        open_two();
        import(role_record("d1", "2026-11-22T08:00:00Z", "mallory@contoso.example"));
        ASSERT_EQ(export_pack(), exit_ok) << err;
    }
    void expect_broken(const std::string& words) const {
        const ShellRun run = verify_pack();
        EXPECT_EQ(run.code, 1) << run.output;
        EXPECT_THAT(run.output, HasSubstr("contoso: BROKEN\n  "));
        EXPECT_THAT(run.output, HasSubstr(words));
    }
};

TEST_F(VerifyPack, FindsAPackIntact) {
    const ShellRun run = verify_pack();
    EXPECT_EQ(run.code, 0) << run.output;
    EXPECT_THAT(run.output, HasSubstr("contoso: intact (contoso, 2026-11-20T00:00:00Z to "));
    EXPECT_THAT(run.output, HasSubstr("the manifest is signed with the key "));
    EXPECT_THAT(run.output, HasSubstr("2 of 2 records are the octets that the chain covers"));
    EXPECT_THAT(run.output, ::testing::Not(HasSubstr("note:")));
}

TEST_F(VerifyPack, FindsAFileThatWasChangedAddedOrTakenAway) {
    tamper("deliveries.csv", "soc", "spc");
    expect_broken("deliveries.csv: is not what the manifest says; it was changed");
    tamper("deliveries.csv", "spc", "soc");
    write_file(packed("extra.txt"), "more");
    expect_broken("extra.txt: is in the folder, but not in the manifest; it was added");
    std::filesystem::remove(packed("extra.txt"));
    std::filesystem::remove(packed("mutes.csv"));
    expect_broken("mutes.csv: No such file or directory");
}

TEST_F(VerifyPack, FindsAManifestThatAnotherHandMadeFit) {
    tamper("deliveries.csv", "soc", "spc");
    forge_manifest("deliveries.csv");
    expect_broken("the signature is not that of the key ");
}

// Signed by nobody, so that only the chain can tell.
TEST_F(VerifyPack, FindsARecordThatTheChainDoesNotCover) {
    std::filesystem::remove(folder() / "state/evidence.key");
    std::filesystem::remove_all(output());
    ASSERT_EQ(export_pack(), exit_ok) << err;
    const std::string record = pack_lines("events.jsonl").at(1)["raw"];
    std::string other = record;
    other.replace(other.find("bob"), 3, "eve");
    std::string lines = pack_text("events.jsonl");
    const auto swap = [&](const std::string& before, const std::string& after) {
        const std::size_t at = lines.find(before);
        ASSERT_NE(at, std::string::npos);
        lines.replace(at, before.size(), after);
    };
    swap(nlohmann::json(record).dump(), nlohmann::json(other).dump());
    write_file(packed("events.jsonl"), lines);
    forge_manifest("events.jsonl");
    expect_broken("record d2: its octets were changed");
    swap(to_hex(as_bytes(sha256(record))), to_hex(as_bytes(sha256(other))));
    write_file(packed("events.jsonl"), lines);
    forge_manifest("events.jsonl");
    expect_broken("record d2: its octets are not those that the chain covers");
}

TEST_F(VerifyPack, FindsAnEntryThatWasChangedOrCutOff) {
    std::filesystem::remove(folder() / "state/evidence.key");
    std::filesystem::remove_all(output());
    ASSERT_EQ(export_pack(), exit_ok) << err;
    const std::string whole = pack_text("integrity/chain.jsonl");
    tamper("integrity/chain.jsonl", "event 2", "event 3");
    forge_manifest("integrity/chain.jsonl");
    expect_broken("its hash is another one");
    write_file(packed("integrity/chain.jsonl"), whole.substr(0, whole.rfind('\n', whole.size() - 2) + 1));
    forge_manifest("integrity/chain.jsonl");
    expect_broken(" is missing");
}

TEST_F(VerifyPack, TheChainBeginsAtTheSignatureBeforeTheSpan) {
    clock.advance(std::chrono::minutes{30});
    import(role_record("d9", "2026-11-22T10:30:00Z", "late@contoso.example"));
    std::filesystem::remove_all(output());
    ASSERT_EQ(export_pack({}, "2026-11-22T10:20:00Z", "2026-11-22T10:31:00Z"), exit_ok) << err;
    EXPECT_GT(manifest()["chain"]["first"], 1);
    const ShellRun run = verify_pack();
    EXPECT_EQ(run.code, 0) << run.output;
    EXPECT_THAT(run.output, HasSubstr("1 of 1 records are the octets that the chain covers"));
}

TEST_F(VerifyPack, WantsTheAuditorsOwnKey) {
    const ShellRun own = run_in_shell("python3 '" + packed("integrity/verify_pack.py").string() + "' '" +
                                      (output() / "contoso").string() + "'");
    EXPECT_EQ(own.code, 0) << own.output;
    EXPECT_THAT(own.output, HasSubstr("note: the public key came with the pack"));
    write_file(folder() / "state/evidence.pub",
               must(Ed25519Key::from_seed(std::string(32, 'x'))).public_key().pem());
    expect_broken("which is none of those given");
}

TEST_F(VerifyPack, SaysWhenThereIsNoPack) {
    const ShellRun run = run_in_shell("python3 '" + packed("integrity/verify_pack.py").string() + "' '" +
                                      (folder() / "state").string() + "'");
    EXPECT_EQ(run.code, 2) << run.output;
    EXPECT_THAT(run.output, HasSubstr("there is no manifest.json here"));
}

}  // namespace
}  // namespace entrawatch::test
