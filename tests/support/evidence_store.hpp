// EvidenceStore: a database with a little of everything in it, signed and closed, and what somebody does to a
// copy of it. For tests of the evidence chain.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "core/store/chain_verify.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_alerts.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {

inline Ed25519Key evidence_key(char seed = 'k') {
    return must(Ed25519Key::from_seed(std::string(32, seed)));
}

class EvidenceStore {
  public:
    explicit EvidenceStore(int events = 0) { fill(events); }

    [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "contoso.db"; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
    [[nodiscard]] Store open() const { return must(Store::open({.file = file(), .tenant = "contoso"}, now)); }
    // A copy on which a script was run, behind the triggers that refuse it, and without leaving a trace in
    // the schema.
    [[nodiscard]] std::filesystem::path altered(const std::string& script) const {
        std::filesystem::path copy = folder_.path() / "altered.db";
        for (const char* suffix : {"", "-wal", "-shm"})
            std::filesystem::remove(copy.string() + suffix);
        std::filesystem::copy_file(file(), copy);
        std::string whole = "PRAGMA ignore_check_constraints = ON; BEGIN;";
        std::string again;
        for (const std::string& row :
             plain_sql(copy, "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")) {
            whole += "DROP TRIGGER " + row.substr(0, row.find('|')) + ";";
            again += row.substr(row.find('|') + 1) + ";";
        }
        whole.append(script).append(";").append(again).append("COMMIT;");
        plain_sql(copy, whole);
        return copy;
    }
    [[nodiscard]] static VerifyReport verify(const std::filesystem::path& database,
                                             std::vector<KnownHead> known = {}) {
        VerifyInput input{database, {evidence_key().public_key()}, std::move(known)};
        return must(verify_chain(input, {}));
    }
    // What `verify` finds after the script; empty: nothing.
    [[nodiscard]] std::string found_after(const std::string& script) const {
        return verify(altered(script)).broken.value_or("");
    }

    const Instant now = at("2026-11-22T10:00:00Z");

  private:
    void fill(int events) const {
        Store store = open();
        must(store.add_configuration({now, "start", "0.1.0", R"({"a":1})", R"([{"id":"r"}])"}));
        put_events(store, events);
        must(store.prune({.reason = "age",
                          .because = "retention 400d",
                          .before = {{FeedId::sign_ins_interactive, at("2025-10-18T10:00:00Z")}},
                          .most = 100},
                         evidence_key(), now));
        put_windows(store);
        put_alerts(store);
        must(store.save_directory(R"({"roles":[]})", now));
        must(store.add_audit({now, "root", "alerts redeliver", "alrt_1", "{}"}));
        must(store.sign_chain(evidence_key(), now));
        must(store.add_configuration({now, "reload", "0.1.0", R"({"a":2})", R"([{"id":"r"}])"}));
        must(store.add_audit({now, "eve", "alerts test", "alrt_2", "{}"}));
        must(store.sign_chain(evidence_key(), now + std::chrono::minutes{5}));
    }
    void put_events(Store& store, int events) const {
        auto page = must(store.begin());
        for (int i = 0; i < 6 + events; ++i) {
            const std::string id = uuid_number(1000 + i);
            must(store.put_event(role_assignment(id, "2026-11-21T09:00:00Z"),
                                 R"({"id":")" + id + R"(","activityDisplayName":"Add member to role"})",
                                 now));
        }
        must(store.put_event(sign_in("no-uuid", "2026-11-22T09:00:00Z"), "{\"id\":\"no-uuid\"}", now));
        must(store.put_rejection(FeedId::directory_audits, "{oops", "no JSON", now));
        must(store.put_rejection(FeedId::directory_audits, "{oops again", "no JSON", now));
        for (const char* old : {"old-1", "old-2"})
            must(store.put_event(sign_in(old, "2025-06-01T09:00:00Z"),
                                 std::string{"{\"id\":\""} + old + "\"}", now));
        must(page.commit());
        for (const char* updated : {"2026-11-22T08:00:00Z", "2026-11-22T09:00:00Z", "2026-11-22T08:30:00Z"}) {
            must(store.put_event(risk_detection("risk-1", "2026-11-22T07:00:00Z", updated),
                                 std::string{"{\"id\":\"risk-1\",\"at\":\""} + updated + "\"}", now));
        }
        Event changed = role_assignment(uuid_number(1002), "2026-11-21T09:00:00Z");
        changed.changes[0].new_value = "Reader";
        must(store.put_event(changed, R"({"id":"1002","changed":true})", now));
        const Store::CorrelationGroup group{"rule", "values", std::chrono::hours{1}, Ticks{0}};
        must(store.add_correlation_hit(group, {0, "v", now, now, 1}, now));
        must(store.put_off({.rule_id = "rule", .event = 1, .due_at = now}, 1));
    }
    void put_windows(Store& store) const {
        const auto window = [&](Span span) {
            return must(store.open_window(FeedId::directory_audits,
                                          {Pass::hot, span, feed_of(FeedId::directory_audits).window_time},
                                          now));
        };
        const auto read = window({now - std::chrono::hours{2}, now - std::chrono::hours{1}});
        must(store.add_progress(read, {1, 7, 7, 0, 0, Ticks{5}}));
        must(store.complete_window(read, now));
        must(store.complete_window(window({now - std::chrono::hours{1}, now}), now));
        must(store.abandon_window(window({now, now + std::chrono::hours{1}}), "stopped", now));
        must(store.abandon_open_windows("nothing to do", now));
        (void)window({now, now + std::chrono::hours{1}});
        must(store.set_feed_state(FeedId::directory_audits, {"running", "", now, {}, now}));
    }
    void put_alerts(Store& store) const {
        must(store.insert_alert(sample_alert("alrt_1")));
        must(store.insert_alert(sample_alert("alrt_2", "other key")));
        must(store.link_event("alrt_1", 1));
        must(store.link_event("alrt_1", 2));
        AlertRow counted = sample_alert("alrt_1");
        counted.count = 2;
        must(store.update_alert(counted));
        promise(store, "alrt_1", {"soc", "pager"}, now);
        promise(store, "alrt_2", {"soc"}, now);
        for (const DeliveryRow& row : must(store.lease_due("soc", now, now + std::chrono::minutes{1}, 1))) {
            AttemptRow attempt;
            attempt.delivery = row.id;
            attempt.started_at = attempt.ended_at = now;
            attempt.http_status = 503;
            attempt.verdict = "transient";
            attempt.request_sha256 = "aa";
            must(store.settle(attempt, {row.id, "due", now, true}));
            must(store.settle(attempt, {row.id, "dead", now, true}));
        }
        must(store.redeliver("alrt_1", "", now));
        put_mutes(store);
        put_drills(store);
        put_holds(store);
        put_follow_ups(store);
        (void)must(store.lease_due("soc", now, now + std::chrono::minutes{1}, 1));
    }
    void put_mutes(Store& store) const {
        MuteRow mute;
        mute.author = "root";
        mute.reason = "maintenance";
        mute.created_at = mute.starts_at = now;
        mute.ends_at = now + std::chrono::hours{1};
        for (const char* id : {"mute_1", "mute_2", "mute_3"}) {
            mute.id = id;
            must(store.insert_mute(mute));
        }
        must(store.remove_mute("mute_2", "root", "done", now));
        must(store.set_mute_reported(2, now));
        const auto deliveries = promise(store, "alrt_2", {"pager", "mail"}, now);
        must(store.mute_delivery(deliveries[0], 1));
        must(store.tell_muted(1, 1));
        AttemptRow attempt;
        attempt.delivery = deliveries[1];
        attempt.started_at = attempt.ended_at = now;
        attempt.verdict = "gone";
        must(store.settle(attempt, {deliveries[1], "dead", now, true}));
        must(store.revive(deliveries[1], now));
        must(store.settle(attempt, {deliveries[1], "dead", now, true}));
        must(store.purge(deliveries[1]));
    }

    void put_drills(Store& store) const {
        DrillRow drill;
        drill.account = "0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0e01";
        drill.account_name = "breakglass1";
        drill.author = "root";
        drill.reason = "quarterly";
        drill.created_at = drill.starts_at = now;
        drill.ends_at = now + std::chrono::hours{1};
        for (const char* id : {"drill_1", "drill_2", "drill_3"}) {
            drill.id = id;
            must(store.insert_drill(drill));
        }
        must(store.cancel_drill("drill_2", "root", "no time", now));
        must(store.set_drill_judged(2, now));
    }

    void put_holds(Store& store) const {
        HoldRow hold;
        hold.entity = "eve@contoso.example";
        hold.alert = "alrt_1";
        hold.from = now - std::chrono::hours{24};
        hold.to = now;
        hold.author = "root";
        hold.reason = "case 17";
        hold.created_at = now;
        for (const char* id : {"hold_1", "hold_2", "hold_3"}) {
            hold.id = id;
            must(store.insert_hold(hold));
        }
        must(store.remove_hold("hold_2", "root", "closed", now));
    }

    void put_follow_ups(Store& store) const {
        FollowUpRow row;
        row.alert_id = "alrt_1";
        row.reason = "unacknowledged";
        row.waited = std::chrono::minutes{15};
        row.at = now;
        for (const char* to : {"", "pager", "boss"}) {
            NotificationRow told;
            told.alert_id = row.alert_id;
            told.type = "alert.updated";
            told.body = "{}";
            told.created_at = now;
            row.kind = *to == 0 ? "reminder" : "escalation";
            row.from_destination = *to == 0 ? "" : "soc";
            row.to_destination = to;
            row.notification = must(store.insert_notification(told));
            must(store.insert_follow_up(row));
        }
    }

    TempFolder folder_;
};

}  // namespace entrawatch::test
