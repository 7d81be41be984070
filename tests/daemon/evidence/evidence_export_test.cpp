#include <gmock/gmock.h>

#include <unistd.h>

#include "tests/daemon/evidence/evidence_world.hpp"
#include "tests/support/plain_sql.hpp"

namespace entrawatch::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

class EvidenceExport : public EvidenceWorld {};

std::set<std::string> names_below(const std::filesystem::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (entry.is_regular_file()) names.insert(entry.path().lexically_relative(folder).string());
    }
    return names;
}

TEST_F(EvidenceExport, WritesAWholePackAndSaysWhatIsInIt) {
    open_two();
    EXPECT_EQ(export_pack(), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("contoso: 2 events, 2 alerts, 2 records bound to the signed chain"));
    EXPECT_THAT(out, HasSubstr("in coverage, see coverage.csv"));
    EXPECT_THAT(out, HasSubstr("each manifest is signed with the evidence key "));
    EXPECT_EQ(err, "");
    const auto names = names_below(output() / "contoso");
    for (const char* name : {"README.md",
                             "report.html",
                             "controls.md",
                             "events.jsonl",
                             "events.csv",
                             "alerts.jsonl",
                             "deliveries.csv",
                             "attempts.csv",
                             "mutes.csv",
                             "audit_trail.csv",
                             "coverage.csv",
                             "windows.csv",
                             "rejections.csv",
                             "prune_receipts.csv",
                             "holds.csv",
                             "settings/in_force.csv",
                             "rules/in_force.csv",
                             "integrity/evidence.pub",
                             "integrity/checkpoints.jsonl",
                             "integrity/chain.jsonl",
                             "integrity/verify_pack.py",
                             "manifest.json",
                             "manifest.sig"})
        EXPECT_THAT(names, Contains(name));
    EXPECT_FALSE(std::filesystem::exists(output().string() + ".partial"));
}

TEST_F(EvidenceExport, TheManifestListsEveryOtherFileWithItsDigest) {
    open_two();
    ASSERT_EQ(export_pack(), exit_ok) << err;
    std::set<std::string> listed{"manifest.json", "manifest.sig"};
    const auto json = manifest();
    for (const auto& file : json["files"]) {
        const std::string text = pack_text(file["path"]);
        EXPECT_EQ(file["size"], text.size());
        EXPECT_EQ(file["sha256"], to_hex(as_bytes(sha256(text)))) << file["path"];
        listed.insert(file["path"]);
    }
    EXPECT_EQ(names_below(output() / "contoso"), listed);
    EXPECT_EQ(json["from"], "2026-11-20T00:00:00Z");
    EXPECT_EQ(json["counts"]["events"], 2);
    EXPECT_EQ(json["made_by"], "auditor");
    const auto keys = must(read_public_keys(pack_text("integrity/evidence.pub")));
    EXPECT_EQ(json["key"], keys.at(0).id());
    EXPECT_TRUE(keys.at(0).verifies(pack_text("manifest.json"), pack_text("manifest.sig")));
}

TEST_F(EvidenceExport, KeepsTheRecordsAsReceivedAndTheirRevisions) {
    const std::string record = role_record("d1", "2026-11-22T08:00:00Z");
    import(record);
    const std::string other = role_record("d1", "2026-11-22T08:00:00Z", "mallory@contoso.example");
    import(other);
    ASSERT_EQ(export_pack(), exit_ok) << err;
    const auto lines = pack_lines("events.jsonl");
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0]["raw"], other);
    EXPECT_EQ(lines[0]["sha256"], to_hex(as_bytes(sha256(other))));
    EXPECT_EQ(lines[0]["revision"], 2);
    EXPECT_EQ(lines[0]["activity"], "Add member to role");
    EXPECT_EQ(lines[0]["other_revisions"].at(0)["raw"], record);
}

TEST_F(EvidenceExport, TheSpanIsHalfOpen) {
    import(role_record("before", "2026-11-19T23:59:59.9999999Z") + "\n" +
           role_record("first", "2026-11-20T00:00:00Z") + "\n" +
           role_record("last", "2026-11-22T23:59:59.9999999Z") + "\n" +
           role_record("after", "2026-11-23T00:00:00Z"));
    ASSERT_EQ(export_pack(), exit_ok) << err;
    std::vector<std::string> ids;
    for (const auto& line : pack_lines("events.jsonl"))
        ids.push_back(line["id"]);
    EXPECT_EQ(ids, (std::vector<std::string>{"first", "last"}));
}

TEST_F(EvidenceExport, AnAlertComesWithItsWholeStory) {
    open_two();
    deliver_all("delivered", 204);
    const std::string id = newest_id();
    ASSERT_EQ(alerts("ack", {id, "--reason", "looking"}), exit_ok) << err;
    ASSERT_EQ(export_pack(), exit_ok) << err;
    const auto lines = pack_lines("alerts.jsonl");
    ASSERT_EQ(lines.size(), 2U);
    const auto& alert = lines[1];
    EXPECT_EQ(alert["id"], id);
    EXPECT_EQ(alert["events"].at(0)["id"], "d2");
    EXPECT_EQ(alert["deliveries"].at(0)["attempts"].at(0)["http_status"], 204);
    EXPECT_EQ(alert["decisions"].at(0)["actor"], "auditor");
    EXPECT_EQ(alert["decisions"].at(0)["detail"], "looking");
    EXPECT_THAT(alert["story"].get<std::string>(), HasSubstr("Deliveries\n  soc"));
    EXPECT_THAT(pack_text("attempts.csv"), HasSubstr(",204,delivered,"));
    EXPECT_THAT(pack_text("audit_trail.csv"), HasSubstr("alerts ack"));
}

TEST_F(EvidenceExport, AMuteThatTouchedAnAlertIsNamedWithItsOwner) {
    (void)store();
    ASSERT_EQ(run({"mute", "add", "--config", config().string(), "--rule", "pim/role-given", "--for", "2h",
                   "--reason", "migration"}),
              exit_ok)
        << err;
    open_two();
    ASSERT_EQ(export_pack(), exit_ok) << err;
    EXPECT_EQ(pack_lines("alerts.jsonl").at(0)["mutes"].at(0)["author"], "auditor");
    EXPECT_EQ(pack_lines("alerts.jsonl").at(0)["mutes"].at(0)["reason"], "migration");
    EXPECT_THAT(pack_text("mutes.csv"), HasSubstr(",auditor,migration,"));
    EXPECT_THAT(pack_text("report.html"), HasSubstr("<b>2</b>of them told to nobody"));
}

TEST_F(EvidenceExport, HolesAreToldAndAreNoFailure) {
    import(role_record("d1", "2026-11-22T08:00:00Z"));
    EXPECT_EQ(export_pack(), exit_ok) << err;
    EXPECT_THAT(pack_text("coverage.csv"),
                HasSubstr("contoso,directory_audits,hole,2026-11-20T00:00:00Z,2026-11-22T09:55:00Z,"));
    EXPECT_THAT(pack_text("coverage.csv"),
                HasSubstr("contoso,directory_audits,not yet,2026-11-22T09:55:00Z,2026-11-23T00:00:00Z,"));
    EXPECT_EQ(manifest()["counts"]["holes"], polled_feeds().size());
}

TEST_F(EvidenceExport, NoCellIsAFormula) {
    import(role_record("=1+1", "2026-11-22T08:00:00Z", "=HYPERLINK(\\\"http://x\\\")"));
    ASSERT_EQ(export_pack(), exit_ok) << err;
    const std::string csv = pack_text("events.csv");
    EXPECT_THAT(csv, HasSubstr(",'=1+1,"));
    EXPECT_THAT(csv, HasSubstr(",\"'=HYPERLINK(\"\"http://x\"\")\","));
    EXPECT_EQ(pack_lines("events.jsonl").at(0)["target_name"], "=HYPERLINK(\"http://x\")") << "exact here";
}

TEST_F(EvidenceExport, HostileNamesAreHarmlessInTheReport) {
    import(role_record("d1", "2026-11-22T08:00:00Z", R"(<script>alert(1)</script>\u202e' onload=\"x)"));
    ASSERT_EQ(export_pack(), exit_ok) << err;
    const std::string report = pack_text("report.html");
    EXPECT_THAT(report, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
    EXPECT_THAT(report, Not(HasSubstr("<script")));
    EXPECT_THAT(report, Not(HasSubstr("\u202e")));
    EXPECT_THAT(report, Not(HasSubstr("onload=\"")));
    EXPECT_THAT(report, Not(HasSubstr("http://"))) << "nothing from elsewhere";
    EXPECT_THAT(report, Not(HasSubstr("https://")));
}

TEST_F(EvidenceExport, IsPrivate) {
    import(role_record("d1", "2026-11-22T08:00:00Z"));
    ASSERT_EQ(export_pack(), exit_ok) << err;
    const auto mode = [](const std::filesystem::path& path) {
        return static_cast<unsigned>(std::filesystem::status(path).permissions());
    };
    EXPECT_EQ(mode(output()), 0700U);
    EXPECT_EQ(mode(packed("integrity")), 0700U);
    EXPECT_EQ(mode(packed("events.jsonl")), 0600U);
}

TEST_F(EvidenceExport, RefusesAFolderThatIsThere) {
    import(role_record("d1", "2026-11-22T08:00:00Z"));
    write_file(output() / "notes.txt", "mine");
    EXPECT_EQ(export_pack(), exit_problems);
    EXPECT_THAT(err, HasSubstr("pack: is there already"));
    EXPECT_THAT(err, HasSubstr("name a folder that is not there yet"));
    EXPECT_EQ(names_below(output()), (std::set<std::string>{"notes.txt"}));
    std::filesystem::remove_all(output());
    std::filesystem::create_directory(output());
    EXPECT_EQ(export_pack(), exit_ok) << "an empty one is as good as none: " << err;
    EXPECT_EQ(export_pack(), exit_problems) << "not twice";
}

TEST_F(EvidenceExport, ATenantThatFailsLeavesNothingBehind) {
    write_settings({"contoso", "fabrikam"});
    import(role_record("d1", "2026-11-22T08:00:00Z"));
    EXPECT_EQ(export_pack(), exit_problems);
    EXPECT_THAT(err, HasSubstr("nothing collected yet for tenant fabrikam"));
    EXPECT_EQ(out, "");
    EXPECT_FALSE(std::filesystem::exists(output()));
    EXPECT_FALSE(std::filesystem::exists(output().string() + ".partial"));
    EXPECT_EQ(export_pack({"--tenant", "contoso"}), exit_ok) << err;
}

TEST_F(EvidenceExport, EachTenantHasAPackOfItsOwn) {
    write_settings({"contoso", "fabrikam"});
    import(role_record("d1", "2026-11-22T08:00:00Z"), "contoso");
    import(role_record("d2", "2026-11-22T08:00:00Z"), "fabrikam");
    for (const char* tenant : {"contoso", "fabrikam"}) {
        must(store(tenant).add_configuration(
            {clock.now().wall, "start", "0.1.0",
             R"({"tenants":[{"name":"contoso"},{"name":"fabrikam"}],"destinations":[{"name":"soc","tenants":["contoso","fabrikam"]},{"name":"x","tenants":["fabrikam"]}]})",
             "[]"}));
    }
    ASSERT_EQ(export_pack(), exit_ok) << err;
    EXPECT_THAT(pack_text("events.jsonl", "fabrikam"), HasSubstr("\"d2\""));
    for (const std::string& name : names_below(output() / "contoso"))
        EXPECT_THAT(pack_text(name), Not(HasSubstr("fabrikam"))) << name;
}

TEST_F(EvidenceExport, SettingsAndRulesInForceComeUnderTheirDigest) {
    import(role_record("d1", "2026-11-22T08:00:00Z"));
    const std::string rule = to_hex(as_bytes(sha256(role_rule)));
    const auto in_force = [&](std::string_view time, const std::string& settings) {
        must(store().add_configuration({at(time), "start", "0.1.0", settings,
                                        R"([{"id":"1","name":"pim/role-given","sha256":")" + rule +
                                            R"("},{"id":"2","name":"gone","sha256":"00"}])"}));
    };
    in_force("2026-11-01T00:00:00Z", R"({"a":"long ago"})");
    in_force("2026-11-19T00:00:00Z", R"({"a":"before"})");
    in_force("2026-11-21T00:00:00Z", R"({"a":"within"})");
    in_force("2026-11-23T00:00:00Z", R"({"a":"after"})");
    ASSERT_EQ(export_pack(), exit_ok) << err;
    const auto has = [&](const std::string& text) {
        return std::filesystem::exists(packed("settings/" + to_hex(as_bytes(sha256(text))) + ".json"));
    };
    EXPECT_FALSE(has(R"({"a":"long ago"})"));
    EXPECT_TRUE(has(R"({"a":"before"})"));
    EXPECT_TRUE(has(R"({"a":"within"})"));
    EXPECT_FALSE(has(R"({"a":"after"})"));
    EXPECT_EQ(pack_text("rules/" + rule + ".yml"), role_rule);
    EXPECT_THAT(pack_text("rules/in_force.csv"), HasSubstr("gone,2,00,no file of today has this digest"));
}

TEST_F(EvidenceExport, WithoutTheKeyThePackIsUnsignedAndSaysSo) {
    import(role_record("d1", "2026-11-22T08:00:00Z"));
    std::filesystem::remove(folder() / "state/evidence.key");
    EXPECT_EQ(export_pack(), exit_ok) << err;
    EXPECT_THAT(out, HasSubstr("NOT signed"));
    EXPECT_FALSE(std::filesystem::exists(packed("manifest.sig")));
    EXPECT_TRUE(manifest()["key"].is_null());
    EXPECT_THAT(pack_text("report.html"), HasSubstr("<b>not signed</b>"));
    EXPECT_FALSE(std::filesystem::exists(folder() / "state/evidence.key")) << "a reader makes no key";
}

TEST_F(EvidenceExport, ShowsProgressOnATerminalOnly) {
    import(role_record("d1", "2026-11-22T08:00:00Z"));
    terminal = true;
    width = 100;
    ASSERT_EQ(export_pack(), exit_ok);
    EXPECT_THAT(err, HasSubstr("\r\x1b[Kcontoso: 1 event, 2026-11-22T08:00:00.000Z"));
    EXPECT_THAT(err, ::testing::EndsWith("\r\x1b[K"));
}

TEST_F(EvidenceExport, NeedsASpanAndAFolder) {
    EXPECT_EQ(run({"evidence", "export", "--config", config().string(), "--from", "-1d", "--to", "now"}),
              exit_usage);
    EXPECT_THAT(err, HasSubstr("--output"));
    EXPECT_EQ(export_pack({}, "soon"), exit_usage);
    EXPECT_THAT(err, HasSubstr("--from: 'soon' is no time"));
    EXPECT_EQ(export_pack({}, "2026-11-23", "2026-11-23"), exit_usage);
    EXPECT_THAT(err, HasSubstr("--to is not after --from"));
}

TEST_F(EvidenceExport, AFolderThatCannotBeMadeIsAFailure) {
    import(role_record("d1", "2026-11-22T08:00:00Z"));
    const std::filesystem::path nowhere = folder() / "not there/pack";
    EXPECT_EQ(run({"evidence", "export", "--config", config().string(), "--from", "-3d", "--to", "now",
                   "--output", nowhere.string()}),
              exit_problems);
    EXPECT_THAT(err, HasSubstr("cannot make the folder: No such file or directory"));
}

}  // namespace
}  // namespace entrawatch::test
