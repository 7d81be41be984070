#include <gtest/gtest.h>

#include <filesystem>

#include "core/base/digest.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

TEST(StoreEvents, KeepANewRecordOnceAndItsExactOctets) {
    TempStore store;
    const Event event = role_assignment("Directory_1_ABCDE_77", "2026-11-22T10:00:00.1234567Z");
    const std::string raw = "{ \"id\" : \"Directory_1_ABCDE_77\",\r\n \"odd\": \"\xff\" }";

    const PutResult first = must(store->put_event(event, raw, five_past_ten));
    const PutResult second = must(store->put_event(event, raw, five_past_ten));

    EXPECT_EQ(first.kind, PutKind::fresh);
    EXPECT_EQ(first.revision, 1);
    EXPECT_EQ(second.kind, PutKind::duplicate);
    EXPECT_EQ(second.event, first.event);
    EXPECT_EQ(must(store->raw_of(first.event)), raw);
    EXPECT_EQ(must(store->counts()).events, 1);
}

TEST(StoreEvents, AreNewKnownOrRevisedInEveryOrder) {
    constexpr int length = 5;
    constexpr int orders = 243;  // 3 to the power of `length`
    TempStore store;
    std::int64_t events = 0;
    for (int order = 0; order < orders; ++order) {
        const Event known = sign_in(uuid_number(10'000 + order), "2026-11-22T10:00:00Z");
        must(store->put_event(known, "first", five_past_ten));
        ++events;
        int left = order;
        int revisions = 1;
        for (int step = 0; step < length; ++step, left /= 3) {
            const int id = 100'000 + order * length + step;
            const std::string octets = "revision " + std::to_string(revisions);
            if (left % 3 == 0) {
                const Event fresh = sign_in(uuid_number(id), "2026-11-22T10:00:00Z");
                ASSERT_EQ(must(store->put_event(fresh, "{}", five_past_ten)).kind, PutKind::fresh) << order;
                ++events;
            } else if (left % 3 == 1) {
                ASSERT_EQ(must(store->put_event(known, "first", five_past_ten)).kind, PutKind::duplicate)
                    << order;
            } else {
                const PutResult put = must(store->put_event(known, octets, five_past_ten));
                ASSERT_EQ(put.kind, PutKind::revised) << order;
                ASSERT_EQ(put.revision, ++revisions) << order;
            }
        }
    }
    EXPECT_EQ(must(store->counts()).events, events);
}

TEST(StoreEvents, AreDuplicatesAfterARestartToo) {
    TempStore store;
    must(store->put_event(sign_in(uuid_number(5), "2026-11-22T10:00:00Z"), "{}", five_past_ten));
    store.reopen();
    EXPECT_EQ(
        must(store->put_event(sign_in(uuid_number(5), "2026-11-22T10:00:00Z"), "{}", five_past_ten)).kind,
        PutKind::duplicate);
}

TEST(StoreEvents, AreToldApartByFeedAndByTheCaseOfTheirIds) {
    TempStore store;
    Event event = role_assignment("Abc", "2026-11-22T10:00:00Z");
    must(store->put_event(event, "{}", five_past_ten));
    event.id = "abc";
    EXPECT_EQ(must(store->put_event(event, "{}", five_past_ten)).kind, PutKind::fresh);
    event.feed = FeedId::sign_ins_interactive;
    EXPECT_EQ(must(store->put_event(event, "{}", five_past_ten)).kind, PutKind::fresh);
    event.id = "AAAAAAAA-0000-4000-8000-000000000001";
    must(store->put_event(event, "{}", five_past_ten));
    event.id = "aaaaaaaa-0000-4000-8000-000000000001";
    EXPECT_EQ(must(store->put_event(event, "{}", five_past_ten)).kind, PutKind::fresh);
}

TEST(StoreEvents, KeepEveryRevisionAndShowTheNewest) {
    TempStore store;
    const PutResult first = must(store->put_event(
        sign_in(uuid_number(5), "2026-11-22T10:00:00Z", "old@contoso.example"), "one", five_past_ten));
    const PutResult second = must(store->put_event(
        sign_in(uuid_number(5), "2026-11-22T10:00:00Z", "new@contoso.example"), "two", five_past_ten));

    EXPECT_EQ(second.kind, PutKind::revised);
    EXPECT_EQ(second.event, first.event);
    EXPECT_EQ(second.revision, 2);
    EXPECT_EQ(must(store->raw_of(first.event)), "two");
    EXPECT_EQ(plain_value(store.file(), "SELECT revision || ' ' || actor_name FROM events"),
              "2 new@contoso.example");
    EXPECT_EQ(plain_value(store.file(), "SELECT revision || ' ' || sha256 FROM event_revisions"),
              "1 " + to_hex(as_bytes(sha256("one"))));
    EXPECT_EQ(must(store->counts()).revisions, 1);
    EXPECT_EQ(must(store->counts()).events, 1);
}

TEST(StoreEvents, DoNotTakeAnEarlierRevisionsOctetsForNews) {
    TempStore store;
    const Event event = sign_in(uuid_number(5), "2026-11-22T10:00:00Z");
    must(store->put_event(event, "one", five_past_ten));
    const PutResult second = must(store->put_event(event, "two", five_past_ten));

    const PutResult again = must(store->put_event(event, "one", five_past_ten));

    EXPECT_EQ(again.kind, PutKind::duplicate);
    EXPECT_EQ(again.revision, 1);
    EXPECT_EQ(must(store->raw_of(second.event)), "two");
}

TEST(StoreEvents, NeverGoBackToARevisionThatMicrosoftUpdatedEarlier) {
    TempStore store;
    const std::string id(64, 'a');
    Event newer = risk_detection(id, "2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z");
    Event older = risk_detection(id, "2026-11-22T10:00:00Z", "2026-11-22T10:30:00Z");
    older.activity = "maliciousIPAddress";
    must(store->put_event(newer, "newer", five_past_ten));

    const PutResult late = must(store->put_event(older, "older", five_past_ten));

    EXPECT_EQ(late.kind, PutKind::revised);
    EXPECT_EQ(late.revision, 2);
    EXPECT_EQ(must(store->raw_of(late.event)), "newer");
    EXPECT_EQ(plain_value(store.file(), "SELECT revision || ' ' || activity FROM events"),
              "1 unfamiliarFeatures");
    EXPECT_EQ(plain_value(store.file(), "SELECT revision || ' ' || updated_at FROM event_revisions"),
              "2 2026-11-22T10:30:00Z");

    Event newest = risk_detection(id, "2026-11-22T10:00:00Z", "2026-11-22T12:00:00Z");
    EXPECT_EQ(must(store->put_event(newest, "newest", five_past_ten)).revision, 3);
    EXPECT_EQ(must(store->raw_of(late.event)), "newest");
}

TEST(StoreEvents, FindARiskDetectionAgainWhoseTimeMovedToAnotherDay) {
    TempStore store;
    const std::string id(64, 'b');
    const PutResult first = must(store->put_event(
        risk_detection(id, "2026-11-20T10:00:00Z", "2026-11-22T10:00:00Z"), "one", five_past_ten));
    const PutResult moved = must(store->put_event(
        risk_detection(id, "2026-11-21T10:00:00Z", "2026-11-22T11:00:00Z"), "two", five_past_ten));

    EXPECT_EQ(moved.kind, PutKind::revised);
    EXPECT_EQ(moved.event, first.event);
    EXPECT_EQ(plain_value(store.file(), "SELECT occurred_at FROM events"), "2026-11-21T10:00:00Z");
    EXPECT_EQ(
        plain_value(store.file(), "SELECT count(*) FROM event_entities WHERE value = 'eve@contoso.example'"),
        "1");
}

TEST(StoreEvents, ShowTheChangesOfTheShownRevisionOnly) {
    TempStore store;
    Event event = role_assignment("Directory_1", "2026-11-22T10:00:00Z");
    event.changes.push_back({"Second", "a", "", true, false, {}, {}});
    must(store->put_event(event, "one", five_past_ten));
    EXPECT_EQ(
        plain_sql(
            store.file(),
            "SELECT property, old_value, new_value, old_value IS NULL FROM event_changes ORDER BY position"),
        (std::vector<std::string>{"Role.DisplayName||Global Administrator|1", "Second|a||0"}));
    event.changes.pop_back();
    must(store->put_event(event, "two", five_past_ten));
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM event_changes"), "1");
}

TEST(StoreEvents, ListWhatTheyTouchOnceForEachRole) {
    TempStore store;
    must(store->put_event(role_assignment("Directory_1", "2026-11-22T10:00:00Z"), "{}", five_past_ten));
    must(store->put_event(sign_in(uuid_number(5), "2026-11-22T10:00:00Z"), "{}", five_past_ten));

    const auto touched = [&](const std::string& value) {
        return plain_sql(store.file(), "SELECT event, role FROM event_entities WHERE value = '" + value +
                                           "' ORDER BY event, role");
    };
    EXPECT_EQ(touched("eve@contoso.example"), (std::vector<std::string>{"1|target", "2|actor"}));
    EXPECT_EQ(touched("Global Administrator"), (std::vector<std::string>{"1|role", "1|target"}));
    EXPECT_EQ(touched(uuid_number(77)), (std::vector<std::string>{"2|session"}));
    EXPECT_TRUE(touched("Add member to role").empty());
}

TEST(StoreEvents, ShowTheirTimesWithAllSevenDigitsOrNone) {
    TempStore store;
    for (const std::string_view time :
         {"2026-11-22T10:00:00.1234567Z", "2026-11-22T10:00:00.12Z", "2026-11-22T10:00:00Z",
          "1969-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.5Z"}) {
        must(store->put_event(sign_in(std::string{time}, time), "{}", five_past_ten));
    }
    for (const std::string& row : plain_sql(store.file(), "SELECT id || ' ' || occurred_at FROM events")) {
        EXPECT_EQ(row.substr(0, row.find(' ')), row.substr(row.find(' ') + 1));
    }
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM events"), "6");
}

TEST(StoreEvents, TakeHostileIdsAndNamesAsTheyAre) {
    TempStore store;
    const std::vector<std::string> hostile = {"'; DROP TABLE event; --",
                                              "a\nb",
                                              std::string("nul\0inside", 10),
                                              "\xff\xfe",
                                              std::string(256, 'x'),
                                              " blank ",
                                              "%",
                                              "\"q\"",
                                              "\xE2\x80\xAE right to left"};
    for (const std::string& text : hostile) {
        Event event = sign_in(text, "2026-11-22T10:00:00Z", text);
        event.activity = text;
        event.correlation_id = text;
        event.changes.push_back({text, text, text, true, true, {}, {}});
        const PutResult put = must(store->put_event(event, text, five_past_ten));
        EXPECT_EQ(put.kind, PutKind::fresh);
        EXPECT_EQ(must(store->put_event(event, text, five_past_ten)).kind, PutKind::duplicate);
        EXPECT_EQ(must(store->raw_of(put.event)), text);
    }
    EXPECT_EQ(must(store->counts()).events, static_cast<std::int64_t>(hostile.size()));
}

TEST(StoreEvents, KeepRejectedOctetsOnceWithTheReason) {
    TempStore store;
    EXPECT_TRUE(must(store->put_rejection(FeedId::directory_audits, "<html>", "no JSON", five_past_ten)));
    EXPECT_FALSE(must(store->put_rejection(FeedId::directory_audits, "<html>", "no JSON", five_past_ten)));
    EXPECT_TRUE(must(store->put_rejection(FeedId::risk_detections, "<html>", "no JSON", five_past_ten)));
    EXPECT_TRUE(must(store->put_rejection(FeedId::directory_audits, "", "empty", five_past_ten)));
    EXPECT_EQ(must(store->counts()).rejections, 3);
    EXPECT_EQ(plain_value(store.file(), "SELECT feed || ' ' || reason || ' ' || received_at FROM rejections"),
              "directory_audits no JSON 2026-11-22T10:05:00Z");
}

TEST(StoreEvents, NoticeOctetsThatWereChangedInTheFile) {
    TempStore store;
    const PutResult put =
        must(store->put_event(sign_in(uuid_number(5), "2026-11-22T10:00:00Z"), "honest", five_past_ten));
    must(store->put_event(sign_in(uuid_number(6), "2026-11-22T10:00:00Z"), "forged", five_past_ten));
    plain_sql(store.file(),
              "UPDATE event_raw SET octets = (SELECT octets FROM event_raw WHERE event = 2) WHERE event = 1");
    const auto raw = store->raw_of(put.event);
    ASSERT_FALSE(raw);
    EXPECT_EQ(raw.error().code, ErrorCode::corrupt);
    plain_sql(store.file(), "UPDATE event_raw SET octets = x'28b52ffd' WHERE event = 1");
    EXPECT_EQ(store->raw_of(put.event).error().code, ErrorCode::corrupt);
    EXPECT_EQ(store->raw_of(99).error().code, ErrorCode::not_found);
}

TEST(StoreEvents, CountWhatIsThere) {
    TempStore store;
    for (int n = 0; n < 10; ++n)
        must(store->put_event(sign_in(uuid_number(n), "2026-11-22T10:00:00Z"), std::to_string(n),
                              five_past_ten));
    for (int n = 0; n < 4; ++n)
        must(store->put_event(sign_in(uuid_number(n), "2026-11-22T10:00:00Z"), "revised", five_past_ten));
    const Store::Counts counts = must(store->counts());
    EXPECT_EQ(std::to_string(counts.events), plain_value(store.file(), "SELECT count(*) FROM event"));
    EXPECT_EQ(std::to_string(counts.revisions),
              plain_value(store.file(), "SELECT count(*) FROM event_revision"));
}

}  // namespace
}  // namespace entrawatch::test
