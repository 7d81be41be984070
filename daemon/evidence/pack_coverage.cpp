// The ledger's word about the span of an evidence pack.
#include <algorithm>

#include "daemon/evidence/tenant_pack.hpp"

namespace entrawatch {
namespace {

std::vector<Column> coverage_columns() {
    return {{"tenant", ""}, {"feed", ""},    {"kind", ""},  {"from", ""},
            {"to", ""},     {"seconds", ""}, {"state", ""}, {"recoverable_until", ""}};
}

// What is complete and what is a hole, in order; what no hot window need have reached yet is neither.
std::vector<CoverageRow> rows_of(const FeedCoverage& coverage, Instant reached) {
    std::vector<CoverageRow> rows;
    for (const Span& span : coverage.complete)
        rows.push_back({coverage.feed, "complete", span});
    for (const Gap& gap : coverage.gaps) {
        const Span hole{gap.span.from, std::min(gap.span.to, reached)};
        const Span later{std::max(gap.span.from, reached), gap.span.to};
        if (!hole.empty()) rows.push_back({coverage.feed, "hole", hole, gap.recoverable_until});
        if (!later.empty()) rows.push_back({coverage.feed, "not yet", later});
    }
    std::sort(rows.begin(), rows.end(),
              [](const CoverageRow& a, const CoverageRow& b) { return a.span.from < b.span.from; });
    return rows;
}

Result<std::vector<CoverageRow>> read_feed(const PackSource& source, const Feed& feed, FeedState& state) {
    auto known = source.store.feed_state(feed.id);
    if (!known) return fail(known.error());
    const auto sweep = source.store.sweep_state(feed.id);
    if (!sweep) return fail(sweep.error());
    state = std::move(*known);
    const Instant reached = expected_span(feed, source.tenant, source.now).to;
    return rows_of(judge_coverage(feed, source.span, state, *sweep, {}), reached);
}

}  // namespace

Result<> pack_coverage(const PackSource& source, PackWriter& pack, PackFigures& figures) {
    source.tell("coverage.csv");
    return pack.write("coverage.csv", [&](std::ostream& out) -> Result<> {
        ListWriter list{out, coverage_columns(), pack_csv};
        for (const Feed& feed : polled_feeds()) {
            if (!source.tenant.feeds.at(feed.id).enabled) {
                figures.not_watched.push_back(feed.id);
                list.row({source.tenant.name,
                          feed.name,
                          "switched off",
                          to_iso(source.span.from),
                          to_iso(source.span.to),
                          {},
                          "switched off",
                          {}});
                continue;
            }
            FeedState state;
            const auto rows = read_feed(source, feed, state);
            if (!rows) return fail(rows.error());
            for (const CoverageRow& row : *rows) {
                list.row(
                    {source.tenant.name, feed.name, row.kind, to_iso(row.span.from), to_iso(row.span.to),
                     std::chrono::duration_cast<std::chrono::seconds>(row.span.length()).count(),
                     state.reason.empty() ? state.state : state.state + ": " + state.reason,
                     row.recoverable_until ? OrderedJson(to_iso(*row.recoverable_until)) : OrderedJson{}});
                if (row.kind == "hole") ++figures.holes;
                figures.coverage.push_back(row);
            }
        }
        list.finish();
        figures.rows["coverage.csv"] = static_cast<std::int64_t>(list.rows());
        return {};
    });
}

}  // namespace entrawatch
