#include "daemon/ingest.hpp"

#include <algorithm>
#include <utility>

#include "alerts/drill.hpp"
#include "alerts/storm.hpp"
#include "core/base/digest.hpp"
#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/feed/diagnostic.hpp"
#include "daemon/count_watch.hpp"
#include "daemon/enqueue.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t max_named_rejections = 100;
constexpr int max_read_events = 10'000;  // of one correlation

// The feed of one record and the JSON that normalisation reads. The octets that are stored stay those of the
// page.
struct Placed {
    const Feed* feed = nullptr;
    Json json;
};

// Who holds what may be different now.
bool changes_roles(const Event& event) {
    return event.outcome == Outcome::success && !event.echo &&
           (event.role || event.category == "RoleManagement" || event.category == "GroupManagement");
}

// One page on its way into the store. Lives for one transaction.
class PageIngest {
  public:
    PageIngest(Store& store, const IngestContext& context, const IngestInput& input, RuleScratch& scratch)
        : store_(store), context_(context), input_(input), scratch_(scratch) {}

    [[nodiscard]] Result<IngestReport> run() {
        auto transaction = store_.begin();
        if (!transaction) return fail(transaction.error());
        report_.progress.pages = 1;
        for (std::size_t i = 0; i < input_.page->records.size(); ++i) {
            if (auto done = take(input_.page->records[i], i); !done) return fail(done.error());
        }
        if (auto done = advance_window(); !done) return fail(done.error());
        if (input_.directory) {
            if (auto done = store_.save_directory(*input_.directory, input_.now); !done)
                return fail(done.error());
        }
        if (auto done = transaction->commit(); !done) return fail(done.error());
        return std::move(report_);
    }

  private:
    // An Error here is the store's: the page is rolled back and read again. What is wrong with a record is a
    // rejection.
    [[nodiscard]] Result<> take(std::string_view raw, std::size_t index) {
        ++report_.progress.rows;
        auto placed = place(raw);
        if (!placed) return reject(raw, placed.error(), index);
        auto event = normalize(*placed->feed, placed->json, input_.now);
        if (!event) return reject(raw, event.error(), index);
        enrich(*event, *context_.directory);
        const auto left_out = is_left_out(*event, placed->json);
        if (!left_out) return fail(left_out.error());
        if (*left_out) {
            ++report_.left_out;
            return {};
        }
        const auto put = store_.put_event(*event, raw, input_.now);
        if (!put) return fail(put.error());
        if (put->kind == PutKind::duplicate) return {};
        count(*event, put->kind);
        return conclude(*event, placed->json, *put);
    }

    [[nodiscard]] Result<Placed> place(std::string_view raw) {
        auto json = reader_.parse_part(input_.page->body, raw);
        if (!json) return fail(json.error());
        if (input_.feed != nullptr && !input_.any_shape) return Placed{input_.feed, *json};
        auto shape = to_graph_shape(*json);
        if (!shape) return fail(shape.error());
        auto feed = shape->feed;
        if (!shape->json.empty()) {
            json = shaped_reader_.parse(shape->json);
            if (!json) return fail(json.error());
        }
        if (!feed && input_.feed == nullptr) feed = guess_feed(*json);
        if (feed) return Placed{&feed_of(*feed), *json};
        if (input_.feed != nullptr) return Placed{input_.feed, *json};
        return fail(ErrorCode::invalid, "the record does not say which feed it is of; name it with --feed");
    }

    // A later revision of a record that was kept is kept, whatever it says.
    [[nodiscard]] Result<bool> is_left_out(const Event& event, Json json) {
        if (!context_.scenario_only.contains(event.feed)) return false;
        if (!context_.rules->evaluate(event, json, scratch_).empty()) return false;
        const auto stored = store_.has_event(event);
        return stored ? Result<bool>{!*stored} : fail(stored.error());
    }

    [[nodiscard]] Result<> reject(std::string_view raw, const Error& error, std::size_t index) {
        ++report_.progress.rejected;
        if (report_.rejections.size() < max_named_rejections) {
            report_.rejections.push_back({index, error.text()});
        }
        const FeedId feed = input_.feed != nullptr ? input_.feed->id : FeedId::directory_audits;
        const auto kept = store_.put_rejection(feed, raw, error.text(), input_.now);
        return kept ? Result<>{} : fail(kept.error());
    }

    void count(const Event& event, PutKind kind) {
        if (kind == PutKind::revised) {
            ++report_.progress.revised;
            return;
        }
        ++report_.progress.fresh;
        ++report_.fresh_by_feed[event.feed];
        if (event.feed == FeedId::directory_audits && changes_roles(event)) report_.roles_changed = true;
        report_.progress.worst_lateness = std::max(report_.progress.worst_lateness, input_.now - event.time);
        measure(event);
    }

    // By the time that windows go by.
    void measure(const Event& event) {
        const Feed& feed = feed_of(event.feed);
        const bool by_update = feed.window_time != feed.event_time;
        if (by_update ? !event.updated : !event.time_known) return;
        const Instant time = by_update ? event.updated.value_or(event.time) : event.time;
        const bool had_looked = std::ranges::any_of(
            input_.looked_at, [&](const Span& span) { return time >= span.from && time < span.to; });
        if (had_looked) report_.lateness.add(input_.now - time);
    }

    [[nodiscard]] Result<> conclude(const Event& event, Json json, const PutResult& stored) {
        std::vector<Finding> conclusions;
        for (Finding& finding : context_.rules->evaluate(event, json, scratch_)) {
            if (finding.filter != nullptr && !in_force(*finding.filter, input_.now)) finding.filter = nullptr;
            if (finding.step < 0) {
                conclusions.push_back(std::move(finding));
                continue;
            }
            if (auto done = correlate(finding, event, stored); !done) return done;
        }
        for (const auto& finding : merge(std::move(conclusions))) {
            if (auto done = settle_finding(finding, event, stored, {}); !done) return done;
        }
        return {};
    }

    // A rule about several events: keeps what this one adds, and concludes when that is enough. Events that a
    // filter excepts are a group of their own: they add nothing to what is told.
    [[nodiscard]] Result<> correlate(const Finding& finding, const Event& event, const PutResult& stored) {
        const Correlation& correlation = *finding.rule->correlation;
        const std::string values =
            (finding.filter == nullptr ? "" : "suppressed|" + finding.filter->id + "|") + finding.subject;
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
    [[nodiscard]] Result<> settle_finding(const MergedFinding& finding, const Event& event,
                                          const PutResult& stored,
                                          const std::vector<CorrelationHit>& together) {
        if (finding.lead.filter != nullptr) ++report_.suppressed[finding.lead.filter->name];
        const auto drill = drill_id(event);
        if (!drill) return fail(drill.error());
        const std::string key = dedup_key(context_.tenant, finding.lead, input_.test, *drill);
        AlertInput input{&finding,
                         &event,
                         context_.directory.get(),
                         context_.tenant,
                         context_.directory->read_at(),
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
        return repeat(input, std::move(**newest), stored.event, decision == AlertDecision::escalate);
    }

    // Of a record that says how things stand (a risk, a user at risk, an alert of PIM): what was told had
    // ended, and is there again. Other records are only completed and corrected.
    [[nodiscard]] Result<bool> came_again(const Finding& finding, const Event& event,
                                          const PutResult& stored) {
        const Feed& feed = feed_of(event.feed);
        if (!says_how_things_stand(feed)) return false;
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
    [[nodiscard]] Result<Json> shape_of(const std::string& octets) {
        auto json = earlier_reader_.parse(octets);
        if (!json) return json;
        auto shape = to_graph_shape(*json);
        if (!shape) return fail(shape.error());
        return shape->json.empty() ? json : earlier_shaped_reader_.parse(shape->json);
    }

    // Of the drill that the event is part of; empty for nearly all events.
    [[nodiscard]] Result<std::string> drill_id(const Event& event) {
        const bool emergency =
            event.context.actor_is_emergency == Known::yes || event.context.target_is_emergency == Known::yes;
        if (!emergency || input_.test) return std::string{};
        const auto drills = store_.drills_at(event.time);
        if (!drills) return fail(drills.error());
        const DrillRow* drill = drill_of(*drills, event);
        return drill == nullptr ? std::string{} : drill->id;
    }

    [[nodiscard]] Result<> open(AlertInput& input, std::int64_t event,
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

    [[nodiscard]] Result<> join(AlertRow& alert, const std::vector<CorrelationHit>& together) {
        for (const CorrelationHit& hit : together) {
            if (auto linked = store_.link_event(alert.id, hit.event); !linked) return fail(linked.error());
        }
        const auto events = store_.events_of(alert.id, max_read_events);
        if (!events) return fail(events.error());
        alert = joined_alert(std::move(alert), *events, static_cast<std::int64_t>(together.size()));
        return store_.update_alert(alert);
    }

    [[nodiscard]] Result<> repeat(AlertInput& input, AlertRow alert, std::int64_t event, bool escalated) {
        if (auto linked = store_.link_event(alert.id, event); !linked) return fail(linked.error());
        return move_on(input, std::move(alert), escalated);
    }

    // A revision of an event that was told of is neither counted nor told again, unless it is severer now.
    [[nodiscard]] Result<> revise(AlertInput& input, AlertRow alert) {
        input.counted_before = true;
        if (input.finding->lead.severity <= alert.severity) return {};
        return move_on(input, std::move(alert), true);
    }

    [[nodiscard]] Result<> move_on(AlertInput& input, AlertRow alert, bool escalated) {
        input.alert_id = alert.id;
        alert = counted_alert(std::move(alert), input, escalated);
        const bool due = !escalated && alert.suppressed_by.empty() && alert.state != "resolved" &&
                         count_is_due(alert.told_count, alert.count);
        if (due) {
            return tell_count(store_, count_told(alert, input_.now), routed(alert.severity), input_.now,
                              report_.deliveries);
        }
        if (auto done = store_.update_alert(alert); !done) return done;
        return escalated ? tell("alert.updated", alert) : Result<>{};
    }

    [[nodiscard]] Result<> tell(std::string_view type, const AlertRow& alert) {
        if (!alert.suppressed_by.empty()) return {};
        (type == "alert.opened" ? report_.opened : report_.raised).push_back(alert);
        const Telling telling{type, &alert, routed(alert.severity), input_.now};
        const auto told = enqueue(store_, telling, report_.deliveries);
        return told ? Result<>{} : fail(told.error());
    }

    [[nodiscard]] std::vector<std::string> routed(Severity severity) const {
        return destinations_for(context_.routes, context_.tenant.name, severity);
    }

    [[nodiscard]] Result<> advance_window() {
        if (!input_.window) return {};
        if (auto done = store_.add_progress(*input_.window, report_.progress); !done) return done;
        if (report_.lateness.total() > 0) {
            if (auto kept = store_.add_lateness(*input_.window, report_.lateness, input_.now); !kept)
                return kept;
        }
        if (!input_.completes_window) return {};
        if (auto done = store_.forget_correlation_hits(input_.now); !done) return done;
        return store_.complete_window(*input_.window, input_.now);
    }

    Store& store_;
    const IngestContext& context_;
    const IngestInput& input_;
    RuleScratch& scratch_;
    JsonReader reader_;
    JsonReader shaped_reader_;
    JsonReader earlier_reader_, earlier_shaped_reader_;
    IngestReport report_;
};

}  // namespace

Result<IngestReport> ingest(Store& store, const IngestContext& context, const IngestInput& input,
                            RuleScratch& scratch) {
    return PageIngest{store, context, input, scratch}.run();
}

}  // namespace entrawatch
