// Conclusions that wait: put off when the event comes, decided when what they wait for has been read.
#include <utility>

#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/rules/waiting.hpp"
#include "daemon/conclude.hpp"

namespace entrawatch {
namespace {

// What must be absent is one group, whatever a filter excepts: an exception makes no alert.
Store::CorrelationGroup group_of_absence(const Finding& finding) {
    const Correlation& correlation = *finding.rule->correlation;
    return {finding.rule->id, finding.subject, correlation.timespan, hit_grain(correlation)};
}

}  // namespace

// false: the finding is told now, and says so when it should have waited and found no room.
Result<bool> Conclusions::put_off(Finding& finding, const Event& event, const PutResult& stored) {
    const auto times = waiting_times(finding, event.time, input_.now);
    if (!times || input_.test) return false;
    WaitingRow waiting;
    waiting.rule_id = finding.rule->id;
    waiting.event = stored.event;
    waiting.due_at = times->due_at;
    waiting.look_at = times->look_at;
    waiting.overdue_at = times->overdue_at;
    const auto waits = store_.put_off(waiting, most_waiting);
    if (waits && !*waits) finding = told_without_waiting(std::move(finding));
    return waits;
}

// Of a rule about an event that no event of another rule stands beside.
Result<> Conclusions::await_company(Finding finding, const Event& event, const PutResult& stored) {
    if (is_of_absent_step(finding)) {
        const CorrelationHit hit{finding.step, finding.value, event.time, event.time, stored.event};
        const auto added = store_.add_correlation_hit(group_of_absence(finding), hit, input_.now);
        return added ? Result<>{} : fail(added.error());
    }
    const auto alone = stands_alone(finding, event.time);
    if (!alone) return fail(alone.error());
    if (!*alone) return {};
    const auto waits = put_off(finding, event, stored);
    if (!waits) return fail(waits.error());
    return *waits ? Result<>{} : settle_finding({std::move(finding), {}}, event, stored, {});
}

Result<bool> Conclusions::stands_alone(const Finding& finding, Instant at) {
    const Correlation& correlation = *finding.rule->correlation;
    const auto hits =
        store_.correlation_hits(group_of_absence(finding), at, hits_to_read(correlation).back());
    if (!hits) return fail(hits.error());
    return !has_company(correlation, *hits, at);
}

Result<> Conclusions::decide_waiting(const WaitingRow& waiting, std::string_view unread) {
    const auto octets = store_.raw_of(waiting.event);
    if (!octets) return fail(octets.error());
    const auto json = shape_of(*octets);
    if (!json) return fail(json.error());
    auto event = normalize(feed_of(waiting.feed), *json, waiting.event_time);
    if (!event) return fail(event.error());
    enrich(*event, *context_.directory);
    // What the revisions before it led to is told already, or waits as well.
    const PutResult stored{PutKind::revised, waiting.event, waiting.revision};
    for (Finding& finding : context_.rules->evaluate(*event, *json, scratch_)) {
        if (finding.rule->id != waiting.rule_id || is_of_absent_step(finding)) continue;
        if (finding.step >= 0) {
            if (!is_absence(*finding.rule->correlation)) continue;  // it was one when the event came
            const auto alone = stands_alone(finding, event->time);
            if (!alone) return fail(alone.error());
            if (!*alone) continue;
        }
        if (finding.filter != nullptr && !in_force(*finding.filter, input_.now)) finding.filter = nullptr;
        if (!unread.empty()) finding = told_unread(std::move(finding), unread);
        if (auto done = settle_finding({std::move(finding), {}}, *event, stored, {}); !done) return done;
    }
    return store_.remove_waiting(waiting);
}

}  // namespace entrawatch
