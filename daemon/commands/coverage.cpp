#include <limits>
#include <ostream>

#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/feed_coverage.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

std::vector<Column> columns() {
    return {{"tenant", "TENANT"},
            {"feed", "FEED"},
            {"state", "STATE"},
            {"verdict", "VERDICT"},
            {"last_hot", "LAST HOT"},
            {"found", "FOUND BY"},
            {"worst_lateness", "LATEST ROW"},
            {"detail", ""}};
}

std::string verdict_of(const FeedCoverage& coverage) {
    if (coverage.asked.empty()) return "not in this cloud";
    if (coverage.gaps.empty()) return "complete";
    return counted(std::ssize(coverage.gaps), "hole", "holes");
}

// "hot 120, warm 3": in which pass the events were found.
std::string found_of(const FeedCoverage& coverage) {
    std::string text;
    for (const auto& [pass, figures] : coverage.passes) {
        if (figures.fresh == 0) continue;
        text += (text.empty() ? "" : ", ") + std::string{name_of(pass)} + " " + std::to_string(figures.fresh);
    }
    return text;
}

std::string lateness_of(const FeedCoverage& coverage) {
    Ticks worst{0};
    for (const auto& [pass, figures] : coverage.passes)
        worst = std::max(worst, figures.worst_lateness);
    return worst == Ticks{0} ? std::string{} : to_words(worst);
}

// "1204 rows were seen as they came: half within 45 s, …; first seen by hot 1201, warm 3".
std::string lateness_words(const FeedCoverage& coverage) {
    Lateness all;
    std::string by;
    for (const auto& [pass, rows] : coverage.lateness) {
        all += rows;
        by += (by.empty() ? "" : ", ") + std::string{name_of(pass)} + " " + std::to_string(rows.total());
    }
    if (all.total() == 0) return {};
    return "came late: half of " + counted(all.total(), "row", "rows") + " within " +
           to_words(all.within(0.5)) + ", 99 % within " + to_words(all.within(0.99)) + ", the last after " +
           to_words(all.worst) + "; first seen by " + by;
}

std::string reach_words(const FeedCoverage& coverage) {
    if (coverage.reach.hot == coverage.usual_reach.hot) return {};
    return "hot windows reach back " + to_words(coverage.reach.hot) + " instead of " +
           to_words(coverage.usual_reach.hot) + ", as late as rows come";
}

std::string span_words(Span span) {
    return to_iso_millis(span.from) + " to " + to_iso_millis(span.to) + " (" + to_words(span.length()) + ")";
}

std::string gap_words(const Gap& gap, Instant now) {
    const std::string span = "missing " + span_words(gap.span);
    if (!gap.recoverable_until) return span + ": the next reading shows how things stand then";
    if (*gap.recoverable_until <= now) return span + ": its beginning is no longer in Graph";
    return span + ": Graph still has all of it for " + to_words(*gap.recoverable_until - now);
}

void write(ListWriter& list, const std::string& tenant, const FeedCoverage& coverage, Instant now) {
    list.row({tenant, feed_of(coverage.feed).name, coverage.state.state, verdict_of(coverage),
              coverage.last_hot ? OrderedJson(to_iso_millis(*coverage.last_hot)) : OrderedJson{},
              found_of(coverage), lateness_of(coverage), to_json(coverage)});
    if (!coverage.state.reason.empty()) list.note(coverage.state.state + ": " + coverage.state.reason);
    for (const std::string& words : {lateness_words(coverage), reach_words(coverage)}) {
        if (!words.empty()) list.note(words);
    }
    for (const Span& span : coverage.complete)
        list.note("complete " + span_words(span));
    for (const Gap& gap : coverage.gaps)
        list.note(gap_words(gap, now));
    if (coverage.open_windows > 0)
        list.note(counted(coverage.open_windows, "window", "windows") + " open: not read to the end");
    if (!coverage.abandoned.empty()) {
        const WindowRow& last = coverage.abandoned.front();
        list.note(counted(std::ssize(coverage.abandoned), "window", "windows") + " abandoned, among them " +
                  span_words(last.plan.span) + ": " + last.reason);
    }
}

Result<FeedCoverage> read_coverage(Store& store, const TenantSettings& tenant, const Feed& feed, Span asked,
                                   Instant now) {
    const auto state = store.feed_state(feed.id);
    if (!state) return fail(state.error());
    const auto sweep = store.sweep_state(feed.id);
    if (!sweep) return fail(sweep.error());
    const auto windows =
        store.windows(feed.id, {asked.from, now + std::chrono::hours{24}}, std::numeric_limits<int>::max());
    if (!windows) return fail(windows.error());
    const auto lateness = store.lateness(feed.id, asked.from);
    if (!lateness) return fail(lateness.error());
    FeedCoverage coverage = judge_coverage(feed, asked, *state, *sweep, *windows);
    coverage.lateness = *lateness;
    const SweepSettings settings{tenant.poll_interval, tenant.backfill};
    coverage.reach = reach_of(feed, *sweep, settings);
    coverage.usual_reach = reach_of(feed, {}, settings);
    return coverage;
}

// false when the tenant has holes.
Result<bool> cover(const TenantSettings& tenant, const TypedSpan& asked, ListWriter& list,
                   const Invocation& invocation) {
    const Instant now = invocation.now();
    auto store = open_existing_store(tenant, true, now, invocation.stop);
    if (!store) return fail(store.error());
    bool complete = true;
    for (const Feed& feed : polled_feeds()) {
        if (!tenant.feeds.at(feed.id).enabled) continue;
        if (const std::string missing = missing_in(feed, tenant.cloud); !missing.empty()) {
            FeedCoverage nothing;
            nothing.feed = feed.id;
            nothing.state = {"parked", missing, {}, {}, {}};
            write(list, tenant.name, nothing, now);
            continue;
        }
        const Span expected = expected_span(feed, tenant, now);
        const Span span{asked.from.value_or(expected.from), asked.to.value_or(expected.to)};
        const auto coverage = read_coverage(*store, tenant, feed, span, now);
        if (!coverage) return fail(coverage.error());
        write(list, tenant.name, *coverage, now);
        if (tenant.feeds.at(feed.id).scenario_only)
            list.note("of this feed only records that a rule tells of are kept (sign_ins.scope: scenario)");
        complete = complete && coverage->gaps.empty();
    }
    return complete;
}

}  // namespace

int answer_coverage(const Settings& settings, const CoverageOptions& options, const Invocation& invocation) {
    const auto tenants = chosen_tenants(settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto asked = typed_span(options.from, options.to, invocation.now());
    if (!asked) return complain(invocation, asked.error(), exit_usage);

    ListWriter list{invocation.out, columns(), invocation.style(options.format)};
    int code = exit_ok;
    for (const TenantSettings* tenant : *tenants) {
        const auto complete = cover(*tenant, *asked, list, invocation);
        if (!complete) {
            code = complain(invocation, complete.error(), exit_problems);
        } else if (!*complete) {
            code = exit_problems;
        }
    }
    list.finish();
    return code;
}

int run_coverage(const CoverageOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    return settings ? answer_coverage(*settings, options, invocation) : exit_configuration;
}

}  // namespace entrawatch
