// What is pruned, what stays, what `verify` says afterwards, and that the disk is given back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/evidence_store.hpp"
#include "tests/support/faulty_vfs.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;

const Instant now = at("2026-11-22T10:00:00Z");
const Instant cutoff = at("2025-10-18T10:00:00Z");

PruneRequest older_than(Instant before, int most = 1000) {
    PruneRequest request{.reason = "age", .because = "retention 400d", .most = most};
    for (const Feed& feed : all_feeds())
        request.before[feed.id] = before;
    return request;
}

// Until nothing is left to look at.
PruneStep prune_all(Store& store, PruneRequest request) {
    PruneStep sum;
    for (;;) {
        const PruneStep step = must(store.prune(request, evidence_key(), now));
        sum.events += step.events;
        sum.rejections += step.rejections;
        sum.needed += step.needed;
        sum.held += step.held;
        if (!step.next) return sum;
        request.after = *step.next;
    }
}

std::string found_in(TempStore& store) {
    must(store->sign_chain(evidence_key(), now));
    return EvidenceStore::verify(store.file()).broken.value_or("");
}

std::int64_t put(Store& store, int number, std::string_view time, std::string_view more = "") {
    return must(store.put_event(role_assignment(uuid_number(number), time),
                                R"({"id":")" + uuid_number(number) + R"("})" + std::string{more}, now))
        .event;
}

void put_page(Store& store, int first, int count, std::string_view time, std::string_view more = "") {
    auto page = must(store.begin());
    for (int i = 0; i < count; ++i)
        put(store, first + i, time, more);
    must(page.commit());
}

std::string events_left(const TempStore& store) {
    return plain_value(store.file(), "SELECT group_concat(event) FROM (SELECT event FROM events ORDER BY 1)");
}

TEST(StorePrune, TakesWhatIsOldAndLeavesAChainThatVerifies) {
    TempStore store;
    put_page(*store, 1, 3, "2025-01-01T00:00:00Z");
    put_page(*store, 4, 3, "2026-01-01T00:00:00Z");
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).events, 3);
    EXPECT_EQ(events_left(store), "4,5,6");
    EXPECT_EQ(found_in(store), "");
    EXPECT_EQ(plain_value(store.file(),
                          "SELECT events || ' ' || reason || ' ' || because || ' ' || first_at || ' ' || "
                          "first_id || ' ' || (rows LIKE 'event 1..3 %') FROM prune_receipts"),
              "3 age retention 400d 2025-01-01T00:00:00Z directory_audits " + uuid_number(1) + " 1");
    for (const char* table : {"event_raw", "event_change"})
        EXPECT_EQ(plain_value(store.file(), std::string{"SELECT min(event) FROM "} + table), "4") << table;
    const VerifyReport report = EvidenceStore::verify(store.file());
    EXPECT_EQ(report.pruned.events, 3);
    EXPECT_EQ(report.pruned.receipts, 1);
    EXPECT_EQ(report.pruned.newest.at(0).last_id, "directory_audits " + uuid_number(3));
}

TEST(StorePrune, WritesNoReceiptWhenNothingIsOld) {
    TempStore store;
    put_page(*store, 1, 3, "2026-01-01T00:00:00Z");
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).events, 0);
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM prune_receipts"), "0");
}

TEST(StorePrune, TakesPartOfAnEntryWithRevisionsAndVerifiesTheRest) {
    TempStore store;
    {
        auto page = must(store->begin());
        for (int i = 1; i <= 6; ++i)
            put(*store, i, i % 2 == 0 ? "2025-01-01T00:00:00Z" : "2026-01-01T00:00:00Z");
        must(page.commit());
    }
    put(*store, 2, "2025-01-01T00:00:00Z", " ");
    put(*store, 2, "2025-01-01T00:00:00Z", "  ");
    must(store->put_event(risk_detection("r", "2025-01-01T00:00:00Z", "2025-03-01T00:00:00Z"), "{}", now));
    must(store->put_event(risk_detection("r", "2025-01-01T00:00:00Z", "2025-02-01T00:00:00Z"), "{ }", now));
    put(*store, 9, "2026-01-01T00:00:00Z");
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).events, 4);
    EXPECT_EQ(events_left(store), "1,3,5,8");
    EXPECT_EQ(plain_value(store.file(), "SELECT revisions FROM prune_receipts"), "3");
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM event_revision"), "0");
    EXPECT_EQ(found_in(store), "");
}

TEST(StorePrune, LooksAtNoMoreThanItIsAskedTo) {
    TempStore store;
    put_page(*store, 1, 10, "2025-01-01T00:00:00Z");
    put(*store, 20, "2026-01-01T00:00:00Z");
    const PruneStep first = must(store->prune(older_than(cutoff, 4), evidence_key(), now));
    EXPECT_EQ(first.events, 4);
    ASSERT_TRUE(first.next);
    EXPECT_EQ(prune_all(*store, older_than(cutoff, 4)).events, 6);
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM prune_receipts"), "3");
    EXPECT_EQ(found_in(store), "");
}

TEST(StorePrune, GivesEachFeedItsOwnAge) {
    TempStore store;
    put(*store, 1, "2025-01-01T00:00:00Z");
    must(store->put_event(sign_in("s", "2025-01-01T00:00:00Z"), "{}", now));
    put(*store, 2, "2026-01-01T00:00:00Z");
    PruneRequest request{.reason = "age", .because = "x", .most = 10};
    request.before = {{FeedId::sign_ins_interactive, cutoff}};
    EXPECT_EQ(prune_all(*store, request).events, 1);
    EXPECT_EQ(events_left(store), "1,3");
    EXPECT_EQ(found_in(store), "");
}

TEST(StorePrune, NeverGivesANumberTwice) {
    TempStore store;
    put_page(*store, 1, 3, "2025-01-01T00:00:00Z");
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).events, 2);
    EXPECT_EQ(put(*store, 4, "2025-01-01T00:00:00Z"), 4);
    EXPECT_EQ(found_in(store), "");
}

TEST(StorePrune, KeepsEventsOfAlertsUntilTheseAreOverAndTold) {
    TempStore store;
    put_page(*store, 1, 3, "2025-01-01T00:00:00Z");
    put(*store, 9, "2026-01-01T00:00:00Z");
    must(store->insert_alert(sample_alert("alrt_1")));
    must(store->link_event("alrt_1", 2));
    const auto deliveries = promise(*store, "alrt_1", {"soc"}, now);
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).needed, 1);
    EXPECT_EQ(events_left(store), "2,4");
    AlertRow over = sample_alert("alrt_1");
    over.state = "resolved";
    must(store->update_alert(over));
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).events, 0) << "its message is still due";
    AttemptRow attempt;
    attempt.delivery = deliveries[0];
    attempt.started_at = attempt.ended_at = now;
    attempt.verdict = "delivered";
    must(store->settle(attempt, {deliveries[0], "delivered", now, true}));
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).events, 1);
    EXPECT_EQ(events_left(store), "4");
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM alert_events"), "0");
    EXPECT_EQ(found_in(store), "");
}

TEST(StorePrune, KeepsEventsThatACorrelationWaitsFor) {
    TempStore store;
    put_page(*store, 1, 2, "2025-01-01T00:00:00Z");
    const Store::CorrelationGroup group{"rule", "values", std::chrono::hours{1}, Ticks{0}};
    must(store->add_correlation_hit(group, {0, "v", now, now, 1}, now));
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).needed, 1);
    EXPECT_EQ(events_left(store), "1,2");
}

TEST(StorePrune, KeepsEventsWhoseFindingsWait) {
    TempStore store;
    put_page(*store, 1, 2, "2025-01-01T00:00:00Z");
    const WaitingRow waiting{.rule_id = "rule", .event = 1, .due_at = now, .look_at = now, .overdue_at = now};
    ASSERT_TRUE(must(store->put_off(waiting, 10)));
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).needed, 1);
    must(store->remove_waiting(waiting));
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).events, 1);
    EXPECT_EQ(found_in(store), "");
}

TEST(StorePrune, LeavesWhatIsHeldUntilTheHoldIsRemoved) {
    TempStore store;
    put(*store, 1, "2025-01-01T00:00:00Z");
    must(store->put_event(sign_in("s1", "2025-01-01T00:00:00Z", "bob@contoso.example"), "{}", now));
    must(store->put_event(sign_in("s2", "2025-02-01T00:00:00Z", "bob@contoso.example"), "{}", now));
    put(*store, 2, "2025-03-01T00:00:00Z");
    put(*store, 3, "2025-04-01T00:00:00Z");
    put(*store, 9, "2026-01-01T00:00:00Z");
    AlertRow over = sample_alert("alrt_1");
    over.state = "resolved";
    must(store->insert_alert(over));
    must(store->link_event("alrt_1", 4));
    HoldRow hold{.id = "hold_person", .entity = "BOB@contoso.example", .author = "root", .reason = "case"};
    hold.to = at("2025-02-01T00:00:00Z");
    must(store->insert_hold(hold));
    must(store->insert_hold({.id = "hold_alert", .alert = "alrt_1", .author = "root", .reason = "case"}));
    must(store->insert_hold({.id = "hold_span",
                             .from = at("2025-04-01T00:00:00Z"),
                             .to = at("2025-05-01T00:00:00Z"),
                             .author = "root",
                             .reason = "case"}));
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).held, 3);
    EXPECT_EQ(events_left(store), "2,4,5,6");
    EXPECT_EQ(found_in(store), "");
    must(store->remove_hold("hold_person", "root", "closed", now));
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).events, 1);
    EXPECT_EQ(events_left(store), "4,5,6");
    EXPECT_EQ(found_in(store), "");
    EXPECT_EQ(plain_value(store.file(),
                          "SELECT id || ' ' || removed_by || ' ' || removed_because FROM holds "
                          "WHERE removed_at IS NOT NULL"),
              "hold_person root closed");
}

TEST(StorePrune, TakesANameThatIsHeldForNoPattern) {
    TempStore store;
    put_page(*store, 1, 2, "2025-01-01T00:00:00Z");
    must(store->insert_hold({.id = "hold_1", .entity = "*", .author = "root", .reason = "case"}));
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).held, 0);
}

TEST(StorePrune, KeepsRejectionsOfAHeldSpan) {
    TempStore store;
    for (const char* text : {"{a", "{b", "{c"})
        must(store->put_rejection(FeedId::directory_audits, text, "no JSON", at("2025-01-01T00:00:00Z")));
    must(store->insert_hold({.id = "h", .to = at("2025-01-02T00:00:00Z"), .author = "root", .reason = "x"}));
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).rejections, 0);
}

TEST(StoreHolds, AreRemovedOnceAndNeverChanged) {
    TempStore store;
    EXPECT_FALSE(store->insert_hold({.id = "hold_0", .author = "root", .reason = "of everything"}));
    EXPECT_FALSE(store->insert_hold({.id = "hold_0", .alert = "alrt_none", .author = "root"}));
    must(store->insert_hold({.id = "hold_1", .entity = "eve", .author = "root", .reason = "case"}));
    EXPECT_EQ(must(store->hold("hold"))->entity, "eve");
    must(store->remove_hold("hold_1", "root", "closed", now));
    EXPECT_FALSE(store->remove_hold("hold_1", "root", "again", now));
    EXPECT_TRUE(must(store->holds(false, 10)).empty());
    EXPECT_EQ(must(store->holds(true, 10)).size(), 1U);
    EXPECT_THROW(plain_sql(store.file(), "DELETE FROM hold"), std::runtime_error);
    EXPECT_THROW(plain_sql(store.file(), "UPDATE hold SET removed_at = NULL"), std::runtime_error);
}

TEST(StorePrune, TakesRejectionsByTheTimeOfTheirReceipt) {
    TempStore store;
    must(store->put_rejection(FeedId::directory_audits, "{a", "no JSON", at("2025-01-01T00:00:00Z")));
    must(store->put_rejection(FeedId::directory_audits, "{b", "no JSON", at("2025-01-02T00:00:00Z")));
    must(store->put_rejection(FeedId::directory_audits, "{c", "no JSON", now));
    EXPECT_EQ(prune_all(*store, older_than(cutoff, 1)).rejections, 2);
    EXPECT_EQ(plain_value(store.file(),
                          "SELECT count(*) || ' ' || (SELECT value FROM counter WHERE name = "
                          "'rejections') FROM rejections"),
              "1 1");
    EXPECT_EQ(found_in(store), "");
}

TEST(StorePrune, RemovesTheListsOfDaysThatAreGone) {
    TempStore store;
    put_page(*store, 1, 3, "2025-01-01T00:00:00Z");
    put_page(*store, 4, 3, "2025-01-02T00:00:00Z");
    put(*store, 9, "2026-01-01T00:00:00Z");
    must(store->insert_alert(sample_alert("alrt_1")));
    must(store->link_event("alrt_1", 2));
    prune_all(*store, older_than(cutoff));
    int steps = 0;
    while (must(store->prune_lists(cutoff, 3)))
        ++steps;
    EXPECT_GT(steps, 1);
    EXPECT_EQ(plain_value(store.file(), "SELECT group_concat(DISTINCT day) FROM event_entity"),
              std::to_string(day_of(at("2025-01-01T00:00:00Z"))) + "," +
                  std::to_string(day_of(at("2026-01-01T00:00:00Z"))));
}

TEST(StorePrune, GivesTheDiskBack) {
    TempStore store;
    const auto noise = [](int seed) {
        std::string text(4000, ' ');
        for (char& c : text)
            c = static_cast<char>('a' + (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % 26);
        return text;
    };
    {
        auto page = must(store->begin());
        for (int i = 0; i < 400; ++i)
            put(*store, i, "2025-01-01T00:00:00Z", noise(i));
        put(*store, 900, "2026-01-01T00:00:00Z");
        must(page.commit());
    }
    must(store->checkpoint());
    const auto before = std::filesystem::file_size(store.file());
    EXPECT_EQ(prune_all(*store, older_than(cutoff)).events, 400);
    EXPECT_GT(must(store->room()).free_bytes, 500'000);
    while (must(store->give_back(16))) {
    }
    EXPECT_EQ(must(store->room()).free_bytes, 0);
    must(store->checkpoint());
    EXPECT_LT(std::filesystem::file_size(store.file()), before / 2);
    EXPECT_EQ(found_in(store), "");
}

// Two steps, the room, and the write-ahead log; the disk may stop at any moment.
void prune_and_give_back(Store& store) {
    PruneRequest request = older_than(cutoff, 2);
    for (bool more = true; more;) {
        const auto done = store.prune(request, evidence_key(), now);
        more = done && done->next;
        if (more) request.after = *done->next;
    }
    static_cast<void>(store.give_back(8));
    static_cast<void>(store.checkpoint());
}

TEST(StorePrune, LeavesAllOfAStepOrNothingWhereverTheProcessDies) {
    constexpr int steps_between_verifications = 7;
    TempStore filled;
    put_page(*filled, 1, 4, "2025-01-01T00:00:00Z");
    put(*filled, 9, "2026-01-01T00:00:00Z");
    must(filled->checkpoint());
    FaultyVfs disk;
    bool finished = false;
    int undone = 0;
    for (int step = 1; !finished && step < 2000; ++step) {
        const TempFolder folder;
        const StoreOptions options{.file = folder.path() / "a.db", .tenant = "contoso"};
        std::filesystem::copy_file(filled.file(), options.file);
        {
            Store store = must(Store::open(options, now));
            disk.stop_at(step);
            prune_and_give_back(store);
            finished = disk.steps() < step;
        }  // the process ends; its last words reach no disk
        disk.heal();
        const std::string receipts =
            plain_value(options.file, "SELECT coalesce(sum(events), 0) FROM prune_receipts");
        undone += receipts == "4" ? 0 : 1;
        EXPECT_EQ(plain_value(options.file, "SELECT 5 - count(*) FROM events"), receipts) << "step " << step;
        if (!finished && step % steps_between_verifications != 0) continue;
        Store again = must(Store::open(options, now));
        must(again.sign_chain(evidence_key(), now));
        EXPECT_EQ(EvidenceStore::verify(options.file).broken.value_or(""), "") << "step " << step;
        prune_all(again, older_than(cutoff));
        EXPECT_EQ(plain_value(options.file, "SELECT count(*) FROM events"), "1") << "step " << step;
    }
    EXPECT_TRUE(finished);
    EXPECT_GT(undone, 3);
}

class PruneTamper : public ::testing::Test {
  protected:
    PruneTamper() {
        put_page(*store_, 1, 6, "2025-01-01T00:00:00Z");
        put_page(*store_, 10, 3, "2026-01-01T00:00:00Z");
        prune_all(*store_, older_than(cutoff));
        must(store_->sign_chain(evidence_key(), now));
        must(store_->checkpoint());
    }
    // What is found after somebody without the key wrote to the file and made the chain anew up to there.
    std::string found_after(const std::string& script) {
        std::string whole = "BEGIN;", again;
        for (const std::string& row :
             plain_sql(store_.file(), "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")) {
            whole += "DROP TRIGGER " + row.substr(0, row.find('|')) + ";";
            again += row.substr(row.find('|') + 1) + ";";
        }
        plain_sql(store_.file(), whole + script + ";" + again + "COMMIT;");
        return EvidenceStore::verify(store_.file()).broken.value_or("");
    }
    TempStore store_;
};

TEST_F(PruneTamper, ARowThatVanishedWithoutAReceiptIsMissing) {
    EXPECT_THAT(found_after("DELETE FROM event_raw WHERE event = 8; DELETE FROM event_change WHERE event = 8;"
                            "DELETE FROM event WHERE seq = 8"),
                HasSubstr("table event, row 8: the row is missing"));
}

TEST_F(PruneTamper, AReceiptThatNamesMoreThanWasPrunedIsNotTheSignedOne) {
    EXPECT_THAT(
        found_after(
            "UPDATE prune_receipt SET rows = replace(rows, '1..6', '1..7'), digests = CAST(digests || "
            "zeroblob(32) AS BLOB)"),
        HasSubstr("table prune_receipt, row 1: its signature is not the one of this receipt"));
}

TEST_F(PruneTamper, DigestsThatWereExchangedAreFound) {
    EXPECT_THAT(found_after("UPDATE prune_receipt SET digests = zeroblob(length(digests))"),
                HasSubstr("table prune_receipt, row 1: its digests were changed"));
    EXPECT_THAT(found_after("UPDATE prune_receipt SET digests = x'00'"),
                HasSubstr("does not have one digest for each row"));
}

TEST_F(PruneTamper, AReceiptThatIsGoneLeavesItsRowsMissing) {
    EXPECT_THAT(found_after("DELETE FROM prune_receipt"),
                HasSubstr("table event, row 1: the row is missing"));
}

TEST_F(PruneTamper, ARecordThatWasPutBackIsFound) {
    EXPECT_THAT(
        found_after(
            "INSERT INTO event SELECT 3, day, key_day, feed, x'01', id, time, updated, received, revision, "
            "activity, category, service, outcome, actor_kind, actor_id, actor_name, actor_ip, "
            "target_kind, target_id, target_name, correlation, sha256 FROM event WHERE seq = 8"),
        HasSubstr("table event, row 3: "));
}

}  // namespace
}  // namespace entrawatch::test
