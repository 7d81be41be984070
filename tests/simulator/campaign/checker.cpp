#include "tests/simulator/campaign/checker.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/digest.hpp"
#include "core/store/chain_verify.hpp"
#include "core/store/query.hpp"

namespace entrawatch::simulator {
namespace {

struct Stored {
    std::string sha256;
    int revisions = 1;
    Instant first_received;
};
using RecordKey = std::pair<FeedId, std::string>;

class Judge {
  public:
    Judge(const Plot& plot, Store& store, Instant now) : plot_(plot), store_(store), now_(now) {}

    Score score(bool forgets) {
        read_events();
        forgets_ = forgets;
        for (const LedgerEntry& entry : plot_.tenant.ledger(now_))
            compare(entry);
        for (const auto& [key, stored] : stored_) {
            if (!in_ledger_.contains(key)) blame(score_.unheard_of, key.first, key.second, "is in no ledger");
        }
        judge_windows();
        return std::move(score_);
    }

  private:
    void blame(int& count, FeedId feed, const std::string& id, const std::string& what) {
        ++count;
        if (score_.first_fault.empty())
            score_.first_fault = std::string{feed_of(feed).name} + " " + id.substr(0, 60) + " " + what;
    }

    void read_events() {
        EventFilter all;
        all.with_raw = true;
        const auto done = query_events(store_, all, [&](const EventRow& row) {
            if (row.feed != FeedId::posture) {
                stored_[{row.feed, row.id}] = {to_hex(as_bytes(sha256(row.raw))), row.revision,
                                               row.received_at};
                numbers_[{row.feed, row.id}] = row.event;
            }
            return true;
        });
        if (!done) score_.first_fault = done.error().text();
    }

    void compare(const LedgerEntry& entry) {
        const RecordKey key{entry.feed, entry.id};
        in_ledger_.emplace(key, entry);
        const auto found = stored_.find(key);
        const bool gone = forgets_ && entry.event_time <= now_ - plot_.tenant.options().retention;
        if (gone && found == stored_.end()) return;
        ++score_.events_expected;
        score_.revisions_expected += entry.revisions;
        if (found == stored_.end())
            return blame(score_.missing, entry.feed, entry.id,
                         "of " + to_iso(entry.event_time) + ", shown from " + to_iso(entry.visible_from) +
                             ", is missing");
        ++score_.events_stored;
        score_.revisions_stored += found->second.revisions;
        if (found->second.sha256 != entry.sha256)
            blame(score_.outdated, entry.feed, entry.id, "is not in its newest form");
    }

    // The shown form may have come later than the first.
    Instant first_received(const RecordKey& key, const Stored& stored) {
        if (stored.revisions == 1) return stored.first_received;
        const auto past = store_.past_revisions(numbers_.at(key));
        return past && !past->empty() ? past->front().received_at : stored.first_received;
    }

    void judge_windows() {
        const auto windows =
            store_.windows(std::nullopt, {Instant{}, now_ + Ticks{1}}, std::numeric_limits<int>::max());
        if (!windows) return;
        std::map<FeedId, std::vector<WindowRow>> by_feed;
        for (const WindowRow& window : *windows) {
            if (window.state != "complete" || !window.completed_at) continue;
            ++score_.windows;
            // Where the time moves with each change, a row leaves the windows that it was in.
            const bool moves = feed_of(window.feed).says_how_things_stand;
            if (!moves && window.time_property == event_time_of(window.feed))
                by_feed[window.feed].push_back(window);
        }
        std::set<std::int64_t> wrong;
        for (const auto& [key, entry] : in_ledger_) {
            const auto found = stored_.find(key);
            const Instant had = found == stored_.end() ? Instant::max() : first_received(key, found->second);
            for (const WindowRow& window : by_feed[key.first]) {
                const bool owed = entry.event_time >= window.plan.span.from &&
                                  entry.event_time < window.plan.span.to &&
                                  entry.visible_from <= window.opened_at &&
                                  entry.event_time > *window.completed_at - plot_.tenant.options().retention;
                if (owed && had > *window.completed_at && wrong.insert(window.id).second)
                    blame(score_.windows_wrong, key.first, key.second,
                          "came after the window of " + to_iso(window.opened_at) + " was called complete");
            }
        }
    }

    const Plot& plot_;
    Store& store_;
    Instant now_;
    bool forgets_ = false;
    std::map<RecordKey, Stored> stored_;
    std::map<RecordKey, std::int64_t> numbers_;
    std::map<RecordKey, LedgerEntry> in_ledger_;
    Score score_;
};

// What the receiver was told of one tenant: the alerts of each rule and record, and which records each
// scenario named.
struct Told {
    std::map<std::pair<std::string, std::string>, std::set<std::string>> alerts;
    std::map<std::string, std::set<std::string>> openings;  // webhook ids that opened an alert
    std::map<std::string, std::set<std::string>> records;   // by scenario
};

Told told_of(const Receiver& receiver, const std::string& tenant) {
    Told told;
    for (const Received& post : receiver.received()) {
        if (!post.verified) continue;
        const Document body = Document::parse(post.body, nullptr, false);
        if (!body.is_object() || body.value("type", "") != "alert.opened") continue;
        const Document& data = body.at("data");
        if (data.value("tenant", "") != tenant) continue;
        const std::string alert = data.at("alert_id");
        told.openings[alert].insert(std::string{post.headers.get("webhook-id")});
        for (const Document& event : data.at("events")) {
            const std::string id = event.at("id");
            told.alerts[{data.at("rule").at("id"), id}].insert(alert);
            told.records[data.at("rule").value("scenario", "")].insert(id);
        }
    }
    return told;
}

bool was_told(const Told& told, const Act& act) {
    return std::any_of(
        act.alert->scenarios.begin(), act.alert->scenarios.end(), [&](const std::string& scenario) {
            const auto records = told.records.find(scenario);
            return records != told.records.end() &&
                   std::any_of(act.rows.begin(), act.rows.end(),
                               [&](const ActRow& row) { return records->second.contains(row.id); });
        });
}

void judge_alerts(const Told& told, const Plot& plot, Instant now, Score& score) {
    for (const Act& act : plot.acts) {
        if (!act.alert || act.rows.front().visible_from > now) continue;
        ++score.alerts_expected;
        if (!was_told(told, act)) ++score.alerts_missing;
    }
    for (const auto& [subject, ids] : told.alerts)
        score.alerts_twice += static_cast<int>(ids.size()) - 1;
    for (const auto& [alert, ids] : told.openings)
        score.alerts_twice += static_cast<int>(ids.size()) - 1;
}

}  // namespace

Score judge(const Estate& estate, const Plot& plot, bool forgets) {
    const Instant now = estate.now();
    auto store = Store::open(
        {.file = estate.database_of(plot), .tenant = plot.name, .read_only = true, .create = false}, now);
    Score score;
    if (store) {
        score = Judge{plot, *store, now}.score(forgets);
    } else {
        score.missing = score.events_expected = static_cast<int>(plot.tenant.ledger(now).size());
        score.first_fault = store.error().text();
    }
    judge_alerts(told_of(estate.receiver(), plot.name), plot, now, score);
    return score;
}

std::string broken_chain(const Estate& estate, const Plot& plot) {
    std::ifstream in{estate.state() / "evidence.pub"};
    const auto keys = read_public_keys(std::string{std::istreambuf_iterator<char>{in}, {}});
    if (!keys) return keys.error().text();
    const auto report = verify_chain({estate.database_of(plot), *keys, {}}, {});
    if (!report) return report.error().text();
    return report->broken.value_or("");
}

}  // namespace entrawatch::simulator
