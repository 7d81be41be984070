// What an outsider sees with the plain sqlite3 program, with and without the extension.
#include <gtest/gtest.h>

#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_alerts.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

class Views : public ::testing::Test {
  protected:
    // The program's output, or a visible skip where it is not installed.
    std::string shell(const std::string& script) {
        std::optional<std::string> output = sqlite3_shell(store.file(), script);
        if (!output) {
            skipped = true;
            return {};
        }
        return *output;
    }
    TempStore store;
    bool skipped = false;
    const std::string load = std::string{".load "} + ENTRAWATCH_BINARY_DIR + "/entrawatch_sqlite\n";
};

TEST_F(Views, AreAllReadableByThePlainProgram) {
    must(store->put_event(role_assignment("Directory_1", "2026-11-22T10:00:00.5Z"), R"({"id":"Directory_1"})",
                          five_past_ten));
    must(store->insert_alert(sample_alert("alrt_1")));
    const auto deliveries = promise(*store, "alrt_1", {"soc"}, five_past_ten);
    AttemptRow attempt;
    attempt.delivery = deliveries[0];
    must(store->settle(attempt, {deliveries[0], "delivered", five_past_ten, true}));
    for (const std::string view : {"events", "event_entities", "event_changes", "alerts", "deliveries",
                                   "delivery_attempts", "coverage", "audit_trail", "event_revisions",
                                   "feed_windows", "rejections", "alert_events", "mutes"}) {
        const std::string output = shell("SELECT * FROM " + view + "; SELECT 'fine';");
        if (skipped) GTEST_SKIP() << "sqlite3 is not installed";
        EXPECT_NE(output.find("fine"), std::string::npos) << view << ": " << output;
        EXPECT_EQ(output.find("rror"), std::string::npos) << view << ": " << output;
    }
    EXPECT_EQ(
        shell("SELECT tenant, feed, id, revision, occurred_at, received_at, activity, category, service, "
              "outcome, actor_kind, actor_id,"
              " actor_name, actor_ip, target_kind, target_id, target_name, correlation_id FROM events;"),
        "contoso|directory_audits|Directory_1|1|2026-11-22T10:00:00.5Z|2026-11-22T10:05:00Z|Add member to "
        "role|RoleManagement|Core Directory|"
        "success|user|" +
            uuid_number(1) + "|Admin@contoso.example|192.0.2.10|user|" + uuid_number(2) +
            "|eve@contoso.example|" + uuid_number(900) + "\n");
    EXPECT_EQ(shell("SELECT event, property, old_value, new_value FROM event_changes;"),
              "1|Role.DisplayName||Global Administrator\n");
    EXPECT_EQ(shell("SELECT d.alert_id, t.number, d.state FROM deliveries d JOIN delivery_attempts t ON "
                    "t.delivery = d.delivery;"),
              "alrt_1|1|delivered\n");
}

TEST_F(Views, ShowTheOctetsAsReceivedOnceTheExtensionIsLoaded) {
    // Enough alike for a dictionary, so that both kinds of frame are there.
    for (int n = 0; n < 400; ++n) {
        must(store->put_event(
            sign_in(uuid_number(n), "2026-11-22T10:00:00Z"),
            R"({"id":")" + uuid_number(n) + R"(","pad":"the same words in every record of the feed"})",
            five_past_ten));
    }
    ASSERT_EQ(plain_value(store.file(), "SELECT count(*) FROM dictionary"), "1");
    must(store->put_event(sign_in(uuid_number(5), "2026-11-22T10:00:00Z"), R"({"revised":true})",
                          five_past_ten));
    must(store->put_rejection(FeedId::directory_audits, "<html>", "no JSON", five_past_ten));

    const std::string plain = shell("SELECT count(*), typeof(raw) FROM events;");
    if (skipped) GTEST_SKIP() << "sqlite3 is not installed";
    EXPECT_EQ(plain, "400|blob\n");
    EXPECT_EQ(shell(load + "SELECT count(*) FROM events WHERE json_extract(raw, '$.id') = id;"), "399\n");
    EXPECT_EQ(shell(load + "SELECT raw FROM events WHERE event = 6;"), "{\"revised\":true}\n");
    EXPECT_EQ(shell(load + "SELECT json_extract(raw, '$.id') FROM event_revisions;"), uuid_number(5) + "\n");
    EXPECT_EQ(shell(load + "SELECT raw FROM rejections;"), "<html>\n");
    EXPECT_NE(shell(load + "SELECT entrawatch_raw(x'28b52ffd');").find("zstd frame"), std::string::npos);
    EXPECT_NE(shell(load + "SELECT entrawatch_raw('text');").find("takes the octets"), std::string::npos);
    EXPECT_EQ(shell(load + "SELECT entrawatch_raw(NULL) IS NULL;"), "1\n");
}

TEST_F(Views, LeaveOtherDatabasesAloneWhenTheExtensionIsLoaded) {
    const TempFolder folder;
    const std::optional<std::string> output =
        sqlite3_shell(folder.path() / "other.db", load + "SELECT count(*) FROM sqlite_temp_schema;");
    if (!output) GTEST_SKIP() << "sqlite3 is not installed";
    EXPECT_EQ(*output, "0\n");
}

TEST_F(Views, KeepTheColumnsThatOutsidersRelyOn) {
    const std::vector<std::pair<std::string, std::string>> promised = {
        {"events",
         "tenant feed id revision occurred_at received_at activity category service outcome actor_kind "
         "actor_id actor_name actor_ip "
         "target_kind target_id target_name correlation_id raw "},
        {"event_entities", "tenant event role value "},
        {"event_changes", "event property old_value new_value "},
        {"mutes",
         "tenant id rule scenario severity_at_most actor target destination author reason created_at "
         "starts_at ends_at removed_at removed_by removed_because reported_at hidden "},
    };
    for (const auto& [view, columns] : promised) {
        std::string found;
        for (const std::string& name :
             plain_sql(store.file(), "SELECT name FROM pragma_table_info('" + view + "')"))
            found += name + " ";
        EXPECT_EQ(found.substr(0, columns.size()), columns) << view;
    }
}

}  // namespace
}  // namespace entrawatch::test
