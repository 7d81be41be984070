#include "daemon/conclude.hpp"

#include <algorithm>
#include <utility>

#include "alerts/drill.hpp"
#include "alerts/storm.hpp"
#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/feed/diagnostic.hpp"
#include "core/rules/waiting.hpp"
#include "daemon/count_watch.hpp"
#include "daemon/enqueue.hpp"

namespace entrawatch {
namespace {

constexpr int max_read_events = 10'000;  // of one correlation

}  // namespace

Result<> Conclusions::conclude(const Event& event, Json json, const PutResult& stored) {
    std::vector<Finding> conclusions;
    for (Finding& finding : context_.rules->evaluate(event, json, scratch_)) {
        if (finding.filter != nullptr && !in_force(*finding.filter, input_.now)) finding.filter = nullptr;
        if (finding.step >= 0) {
            auto done = is_absence(*finding.rule->correlation)
                            ? await_company(std::move(finding), event, stored)
                            : correlate(finding, event, stored);
            if (!done) return done;
            continue;
        }
        const auto waits = put_off(finding, event, stored);
        if (!waits) return fail(waits.error());
        if (!*waits) conclusions.push_back(std::move(finding));
    }
    for (const auto& finding : merge(std::move(conclusions))) {
        if (auto done = settle_finding(finding, event, stored, {}); !done) return done;
    }
    return {};
}

// A rule about several events: keeps what this one adds, and concludes when that is enough. Events that a
// filter excepts are a group of their own: they add nothing to what is told.
Result<> Conclusions::correlate(const Finding& finding, const Event& event, const PutResult& stored) {
    const Correlation& correlation = *finding.rule->correlation;
    const std::string values = suppressed_prefix(finding.filter) + finding.subject;
    const Store::CorrelationGroup group{finding.rule->id, values, correlation.timespan,
                                        hit_grain(correlation)};
    CorrelationHit hit{finding.step, finding.value, event.time, event.time, stored.event};
    if (correlation.type == CorrelationType::event_count) hit.value = std::to_string(stored.event);
    const auto added = store_.add_correlation_hit(group, hit, input_.now);
    if (!added) return fail(added.error());
    if (!*added) return {};
    for (const std::int64_t most : hits_to_read(correlation)) {
        const auto hits = store_.correlation_hits(group, event.time, most);
        if (!hits) return fail(hits.error());
        const auto together = correlated(correlation, *hits, event.time);
        if (!together.empty()) return settle_finding({finding, {}}, event, stored, together);
    }
    return {};
}

// `together`: of a correlation, the events that led to it, this one among them.
Result<> Conclusions::settle_finding(const MergedFinding& finding, const Event& event,
                                     const PutResult& stored, const std::vector<CorrelationHit>& together) {
    if (finding.lead.filter != nullptr) ++report_.suppressed[finding.lead.filter->name];
    const auto drill = drill_id(event);
    if (!drill) return fail(drill.error());
    const std::string key =
        input_.key.empty() ? dedup_key(context_.tenant, finding.lead, input_.test, *drill) : input_.key;
    AlertInput input{&finding,
                     &event,
                     context_.directory.get(),
                     context_.tenant,
                     event.context.directory_read_at,
                     input_.now,
                     {},
                     key,
                     input_.test,
                     *drill};
    if (stored.kind == PutKind::revised) {
        auto told = store_.alert_of_event(stored.event, key);
        if (!told) return fail(told.error());
        const auto again = *told ? came_again(finding.lead, event, stored) : Result<bool>{false};
        if (!again) return fail(again.error());
        if (*told && !*again) return revise(input, std::move(**told));
    }
    auto newest = store_.newest_alert_with_key(key);
    if (!newest) return fail(newest.error());
    const auto decision = decide(finding.lead, event.time, *newest);
    if (decision == AlertDecision::open) return open(input, stored.event, together);
    return repeat(input, std::move(**newest), stored.event, decision == AlertDecision::raise);
}

// Of a record that says how things stand (a risk, a user at risk, an alert of PIM): what was told had
// ended, and is there again. Other records are only completed and corrected.
Result<bool> Conclusions::came_again(const Finding& finding, const Event& event, const PutResult& stored) {
    const Feed& feed = feed_of(event.feed);
    if (!feed.says_how_things_stand) return false;
    const auto octets = store_.octets_before(stored.event, stored.revision);
    if (!octets) return fail(octets.error());
    if (!*octets) return false;
    const auto shape = shape_of(**octets);
    if (!shape) return false;
    auto before = normalize(feed, *shape, input_.now);
    if (!before) return false;
    enrich(*before, *context_.directory);
    const auto stood = context_.rules->evaluate(*before, *shape, scratch_);
    return std::none_of(stood.begin(), stood.end(), [&](const Finding& earlier) {
        return earlier.rule->act == finding.rule->act && earlier.subject == finding.subject;
    });
}

// An older revision, which may have been imported in another shape.
Result<Json> Conclusions::shape_of(const std::string& octets) {
    auto json = earlier_reader_.parse(octets);
    if (!json) return json;
    auto shape = to_graph_shape(*json);
    if (!shape) return fail(shape.error());
    return shape->json.empty() ? json : earlier_shaped_reader_.parse(shape->json);
}

// Of the drill that the event is part of; empty for nearly all events.
Result<std::string> Conclusions::drill_id(const Event& event) {
    const bool emergency =
        event.context.actor_is_emergency == Known::yes || event.context.target_is_emergency == Known::yes;
    if (!emergency || input_.test) return std::string{};
    const auto drills = store_.drills_at(event.time);
    if (!drills) return fail(drills.error());
    const DrillRow* drill = drill_of(*drills, event);
    return drill == nullptr ? std::string{} : drill->id;
}

Result<> Conclusions::open(AlertInput& input, std::int64_t event,
                           const std::vector<CorrelationHit>& together) {
    input.alert_id = make_alert_id(input_.now, context_.entropy());
    AlertRow alert = open_alert(input);
    if (auto done = store_.insert_alert(alert); !done) return done;
    if (auto linked = store_.link_event(alert.id, event); !linked) return fail(linked.error());
    if (!together.empty()) {
        if (auto done = join(alert, together); !done) return done;
    }
    return tell("alert.opened", alert);
}

Result<> Conclusions::join(AlertRow& alert, const std::vector<CorrelationHit>& together) {
    for (const CorrelationHit& hit : together) {
        if (auto linked = store_.link_event(alert.id, hit.event); !linked) return fail(linked.error());
    }
    const auto events = store_.events_of(alert.id, max_read_events);
    if (!events) return fail(events.error());
    alert = joined_alert(std::move(alert), *events, static_cast<std::int64_t>(together.size()));
    return store_.update_alert(alert);
}

Result<> Conclusions::repeat(AlertInput& input, AlertRow alert, std::int64_t event, bool raised) {
    if (auto linked = store_.link_event(alert.id, event); !linked) return fail(linked.error());
    return move_on(input, std::move(alert), raised);
}

// A revision of an event that was told of is neither counted nor told again, unless it is severer now.
Result<> Conclusions::revise(AlertInput& input, AlertRow alert) {
    input.counted_before = true;
    if (input.finding->lead.severity <= alert.severity) return {};
    return move_on(input, std::move(alert), true);
}

Result<> Conclusions::move_on(AlertInput& input, AlertRow alert, bool raised) {
    input.alert_id = alert.id;
    alert = counted_alert(std::move(alert), input, raised);
    const bool due = !raised && alert.suppressed_by.empty() && alert.state != "resolved" &&
                     count_is_due(alert.told_count, alert.count);
    if (due) {
        return tell_count(store_, count_told(alert, input_.now), routed(alert.severity), input_.now,
                          report_.deliveries);
    }
    if (auto done = store_.update_alert(alert); !done) return done;
    return raised ? tell("alert.updated", alert) : Result<>{};
}

Result<> Conclusions::tell(std::string_view type, const AlertRow& alert) {
    if (!alert.suppressed_by.empty()) return {};
    (type == "alert.opened" ? report_.opened : report_.raised).push_back(alert);
    const Telling telling{type, &alert, routed(alert.severity), input_.now};
    const auto told = enqueue(store_, telling, report_.deliveries);
    return told ? Result<>{} : fail(told.error());
}

std::vector<std::string> Conclusions::routed(Severity severity) const {
    return destinations_for(context_.routes, context_.tenant.name, severity);
}

}  // namespace entrawatch
