// The ways in which published collectors lose events, each on a tenant where it costs something: the habit
// must lose, Entrawatch's way must not.
#include <gtest/gtest.h>
#include <set>

#include "tests/simulator/odd_rows.hpp"
#include "tests/simulator/peer_collector.hpp"
#include "tests/simulator/risk_records.hpp"
#include "tests/simulator/tests/ask.hpp"
#include "tests/simulator/tests/real_way.hpp"
#include "tests/support/faulty_vfs.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using test::must;

constexpr FeedId audit_feed = FeedId::directory_audits;
constexpr FeedId risk_feed = FeedId::risk_detections;

class LossClasses : public testing::Test {
  protected:
    LossClasses() {
        tenant_.options().enforce_limits = false;
        // So that the first windows find something.
        audit("first", noon() - minutes{30}, Ticks{0});
    }

    void audit(const std::string& id, Instant time, Ticks late) {
        must(tenant_.add(audit_feed, audit_at(time, id), time + late));
    }
    void risk(Instant activity, Instant detected, Instant updated) {
        must(tenant_.add(risk_feed,
                         risk_detection(cast().people.front(), cast().places.front(),
                                        {activity, detected, updated}, dice_),
                         updated));
    }
    // Polls every minute, or as often as told, both of them.
    void run(PeerCollector& peer, std::vector<FeedId> feeds, Ticks length,
             const std::function<void(Instant)>& before = {}, Ticks step = minutes{1}) {
        const Instant start = now_;
        polled_.insert(feeds.begin(), feeds.end());
        for (; now_ <= start + length; now_ += step) {
            if (before) before(now_);
            for (const FeedId feed : feeds) {
                peer.poll(feed, now_);
                ours_.poll(feed, now_);
            }
        }
    }
    // Of the rows that could be seen: never collected, or not in their newest form.
    int lost(const Collected& collected) {
        int count = 0;
        for (const LedgerEntry& entry : tenant_.ledger(now_)) {
            if (!polled_.contains(entry.feed)) continue;
            const auto found = collected.find({entry.feed, entry.id});
            count += found == collected.end() || found->second != entry.sha256 ? 1 : 0;
        }
        return count;
    }

    Tenant tenant_{9};
    Dice dice_{9};
    Instant now_ = noon();
    std::set<FeedId> polled_{audit_feed};
    RealWay ours_{tenant_, noon()};
};

// What it had to lose was lost, and nothing of ours. The row `first` is older than most of them begin with.
#define EXPECT_PEER_LOSES(peer, least)          \
    EXPECT_GE(lost((peer).collected()), least); \
    EXPECT_EQ(lost(ours_.collected()), 0)

// Wazuh's ms-graph: each window ends 30 s ago and is read once.
TEST_F(LossClasses, ALateRowIsLostByAWindowThatIsReadOnce) {
    for (int i = 0; i < 20; ++i)
        audit("late" + std::to_string(i), noon() + minutes{i}, minutes{2 + 5 * i});
    Habits wazuh;
    wazuh.margin = seconds{30};
    PeerCollector peer{tenant_, wazuh};
    run(peer, {audit_feed}, hours{5});
    EXPECT_PEER_LOSES(peer, 20);
}

// Splunk's add-on: strictly newer than the newest row seen, seven minutes behind.
TEST_F(LossClasses, ALateRowIsLostByACursorOnTheNewestRow) {
    for (int i = 0; i < 60; ++i)
        audit("row" + std::to_string(i), noon() + minutes{i}, i % 4 == 0 ? minutes{20} : minutes{1});
    Habits splunk;
    splunk.margin = seconds{420};
    splunk.cursor_is_newest_row = true;
    PeerCollector peer{tenant_, splunk};
    run(peer, {audit_feed}, hours{3});
    EXPECT_PEER_LOSES(peer, 10);
}

// Tenzir: the last five minutes, whatever was read before.
TEST_F(LossClasses, ALateRowAndAPauseAreLostByALookBackOfFiveMinutes) {
    for (int i = 0; i < 60; ++i)
        audit("row" + std::to_string(i), noon() + minutes{i}, i % 6 == 0 ? minutes{8} : seconds{30});
    Habits tenzir;
    tenzir.lookback = minutes{5};
    PeerCollector peer{tenant_, tenzir};
    run(peer, {audit_feed}, minutes{20});
    now_ = noon() + minutes{50};  // both were down
    run(peer, {audit_feed}, hours{2});
    EXPECT_PEER_LOSES(peer, 25);
}

// Elastic's cure for shifting offsets: what is newer than the last row of the page.
TEST_F(LossClasses, ARowAtEqualTimeBehindAPageIsLostByAskingAnew) {
    tenant_.options().largest_page = 50;
    add_equal_times(tenant_, noon() + minutes{5}, 120, dice_);
    Habits elastic;
    elastic.cursor_is_newest_row = true;
    elastic.asks_anew_after_each_page = true;
    PeerCollector peer{tenant_, elastic};
    run(peer, {audit_feed}, hours{1});
    EXPECT_PEER_LOSES(peer, 70);
}

// Splunk: `while items`.
TEST_F(LossClasses, AnEmptyPageIsTakenForTheEnd) {
    tenant_.options().empty_pages = true;
    tenant_.options().largest_page = 5;
    for (int i = 0; i < 100; ++i)
        audit("row" + std::to_string(i), noon() + minutes{10} + seconds{i}, Ticks{0});
    Habits splunk;
    splunk.empty_page_is_the_end = true;
    PeerCollector peer{tenant_, splunk};
    run(peer, {audit_feed}, hours{1}, {}, minutes{15});
    EXPECT_PEER_LOSES(peer, 5);
}

// Rapid7's trigger.
TEST_F(LossClasses, ASecondPageIsNeverAskedFor) {
    tenant_.options().largest_page = 5;
    for (int i = 0; i < 40; ++i)
        audit("row" + std::to_string(i), noon() + minutes{10} + seconds{i}, Ticks{0});
    Habits rapid7;
    rapid7.first_page_only = true;
    PeerCollector peer{tenant_, rapid7};
    run(peer, {audit_feed}, hours{1}, {}, minutes{15});
    EXPECT_PEER_LOSES(peer, 35);
}

// CISA's Goose: the follower gives up by returning normally, and the day is written down as done.
TEST_F(LossClasses, ADeadSkipTokenIsTakenForTheEnd) {
    tenant_.options().largest_page = 10;
    for (int i = 0; i < 100; ++i)
        audit("row" + std::to_string(i), noon() + minutes{10} + seconds{i}, Ticks{0});
    // Until half past twelve a token is dead as soon as it is given; both readers meet it.
    tenant_.options().skip_token_life = Ticks{0};
    Habits goose;
    goose.refused_page_is_the_end = true;
    PeerCollector peer{tenant_, goose};
    run(
        peer, {audit_feed}, hours{1},
        [&](Instant now) {
            if (now >= noon() + minutes{30}) tenant_.options().skip_token_life = minutes{5};
        },
        minutes{10});
    EXPECT_PEER_LOSES(peer, 80);
}

// graph2otel and most others: a row is known by its id.
TEST_F(LossClasses, AnUpdateOfAnOldRowIsNeverSeen) {
    polled_.clear();
    risk(noon(), noon() + minutes{1}, noon() + minutes{2});
    const std::string id = tenant_.ledger(noon() + hours{1}).back().id;
    const Document first = Document::parse(tenant_.find(risk_feed, id)->revisions.front().json);
    must(
        tenant_.revise(risk_feed, id, remediated(first, noon() + hours{9}), noon() + hours{9} + seconds{20}));
    Habits graph2otel;
    graph2otel.lookback = hours{2};
    graph2otel.keeps_the_first_form = true;
    PeerCollector peer{tenant_, graph2otel};
    run(peer, {risk_feed}, hours{12}, {}, minutes{5});
    EXPECT_PEER_LOSES(peer, 1);
}

// Wazuh: offline detections by the time of the activity, which is hours or days before they are shown.
TEST_F(LossClasses, AnOfflineDetectionIsLostByTheTimeOfItsActivity) {
    polled_.clear();
    for (int i = 0; i < 6; ++i)
        risk(noon() - hours{8 * i}, noon() + minutes{10 * i}, noon() + minutes{10 * i + 2});
    Habits wazuh;
    wazuh.margin = seconds{30};
    wazuh.time_property = "activityDateTime";
    PeerCollector peer{tenant_, wazuh};
    run(peer, {risk_feed}, hours{3});
    EXPECT_PEER_LOSES(peer, 6);
}

// Wazuh: audits by a time that they do not have, refused for ever.
TEST_F(LossClasses, AuditsAreLostByATimeThatTheyDoNotHave) {
    audit("row", noon() + minutes{5}, minutes{1});
    Habits wazuh;
    wazuh.time_property = "createdDateTime";
    PeerCollector peer{tenant_, wazuh};
    run(peer, {audit_feed}, hours{1});
    EXPECT_PEER_LOSES(peer, 2);
}

// Wazuh: one mebibyte, and the bookmark stays before what is larger.
TEST_F(LossClasses, ABodyTooLargeWedgesTheFeed) {
    Document large = audit_at(noon() + minutes{5}, "large");
    large["resultReason"] = std::string(2'000'000, 'x');
    must(tenant_.add(audit_feed, large, noon() + minutes{6}));
    audit("after", noon() + minutes{30}, minutes{1});
    Habits wazuh;
    wazuh.margin = seconds{30};
    wazuh.largest_body = 1'048'576;
    PeerCollector peer{tenant_, wazuh};
    run(peer, {audit_feed}, hours{1});
    EXPECT_PEER_LOSES(peer, 2);
}

// Wazuh: what the queue does not take is logged, and the bookmark moves. Ours is the store, on a full disk.
TEST_F(LossClasses, WhatTheSinkRefusesIsForgotten) {
    test::FaultyVfs disk;
    RealWay ours{tenant_, noon()};
    for (int i = 0; i < 30; ++i)
        audit("row" + std::to_string(i), noon() + minutes{i}, seconds{10});
    Habits wazuh;
    wazuh.moves_on_without_sink = true;
    PeerCollector peer{tenant_, wazuh};
    for (; now_ <= noon() + hours{2}; now_ += minutes{1}) {
        const bool full = now_ >= noon() + minutes{10} && now_ < noon() + minutes{20};
        full ? disk.fill_at(1) : disk.heal();
        peer.break_sink(full);
        peer.poll(audit_feed, now_);
        ours.poll(audit_feed, now_);
    }
    EXPECT_GE(lost(peer.collected()), 9);
    EXPECT_EQ(lost(ours.collected()), 0);
}

// Sekoia: sign-ins are read from where the audits are.
TEST_F(LossClasses, AFeedIsPassedOverByTheCursorOfAnother) {
    add_late_rows(tenant_, {noon(), noon() + minutes{30}}, minutes{4}, 40, dice_);
    Habits sekoia;
    sekoia.shared_cursor = true;
    sekoia.cursor_is_newest_row = true;
    PeerCollector peer{tenant_, sekoia};
    run(peer, {audit_feed, FeedId::sign_ins_interactive}, hours{1});
    EXPECT_PEER_LOSES(peer, 10);
}

// Wazuh: `only_future_events`, from now on after each restart.
TEST_F(LossClasses, AnOutageIsPassedOverByStartingFromNow) {
    for (int i = 0; i < 180; ++i)
        audit("row" + std::to_string(i), noon() + minutes{i}, seconds{20});
    Habits wazuh;
    wazuh.margin = seconds{30};
    wazuh.starts_from_now = true;
    PeerCollector peer{tenant_, wazuh};
    run(peer, {audit_feed}, minutes{20});
    now_ = noon() + hours{2};
    peer.restart();
    run(peer, {audit_feed}, hours{2});
    EXPECT_PEER_LOSES(peer, 90);
}

// A proxy's page, an error in a 200, half an answer: no rows, and nothing said.
TEST_F(LossClasses, AnAnswerThatIsNoPageIsTakenForAnEmptyOne) {
    for (int i = 0; i < 60; ++i)
        audit("row" + std::to_string(i), noon() + minutes{i}, seconds{10});
    tenant_.options().faults = {{FaultKind::html, {}, 0, 1, ""}, {FaultKind::error_object, {}, 0, 1, ""}};
    tenant_.options().fault_rate = 0.4;
    Habits silent;
    silent.anything_is_a_page = true;
    PeerCollector peer{tenant_, silent};
    run(peer, {audit_feed}, hours{1});
    tenant_.options().fault_rate = 0;
    run(peer, {audit_feed}, hours{1});
    EXPECT_PEER_LOSES(peer, 10);
}

// Nobody's in particular: windows that end where the clock says, whatever the clock says.
TEST_F(LossClasses, AClockThatJumpsByADayIsBelieved) {
    for (int i = 0; i < 30; ++i)
        audit("row" + std::to_string(i), noon() + minutes{i}, seconds{10});
    for (int i = 0; i < 6; ++i)
        audit("tomorrow" + std::to_string(i), noon() + hours{24} + minutes{i}, seconds{10});
    PeerCollector peer{tenant_, {}};
    run(peer, {audit_feed}, minutes{10});
    for (const Ticks jump : {Ticks{hours{24}}, Ticks{-hours{24}}}) {
        ours_.set_clock_ahead(jump);
        for (int i = 0; i < 5; ++i, now_ += minutes{1}) {
            peer.poll(audit_feed, now_, jump);
            ours_.poll(audit_feed, now_);
        }
        EXPECT_FALSE(ours_.calls_complete(audit_feed, now_ + hours{24} - minutes{5})) << "what is not over";
    }
    ours_.set_clock_ahead(Ticks{0});
    run(peer, {audit_feed}, hours{25}, {}, minutes{5});
    EXPECT_PEER_LOSES(peer, 10);
}

}  // namespace
}  // namespace entrawatch::simulator
