#include "core/store/store_impl.hpp"

namespace entrawatch {

namespace {

struct ClosedWindow {
    FeedId feed = FeedId::directory_audits;
    std::string pass;
    Span span;
    Instant opened_at;
    std::string time_property;
};

ClosedWindow close_window(Store::Impl& impl, std::int64_t window, std::string_view state,
                          std::string_view reason, Instant now) {
    Cursor row = impl.db.use(sql::Query::window_close);
    if (!row.bind(state, reason, now, window).step()) {
        throw Failure{{ErrorCode::not_found, "there is no open window " + std::to_string(window), {}}};
    }
    ClosedWindow closed{feed_from(row.integer(0)),
                        row.string(1),
                        {row.instant(2), row.instant(3)},
                        row.instant(4),
                        row.string(5)};
    row.run();
    impl.chain.touched(Chained::feed_window, window);
    return closed;
}

// Joins a span to those that it touches, so that the table stays short and free of overlaps.
void cover(Database& db, FeedId feed, Span span) {
    if (span.empty()) return;
    {
        Cursor touching = db.use(sql::Query::coverage_touching);
        if (touching.bind(static_cast<int>(feed), span.to, span.from).step() && !touching.is_null(0)) {
            span.from = std::min(span.from, touching.instant(0));
            span.to = std::max(span.to, touching.instant(1));
        }
    }
    db.use(sql::Query::coverage_remove).bind(static_cast<int>(feed), span.from, span.to).run();
    db.use(sql::Query::coverage_add).bind(static_cast<int>(feed), span.from, span.to).run();
}

// A week says how late rows come; further days are kept for `coverage`.
constexpr std::int64_t days_to_follow = 7;
constexpr std::int64_t days_kept = 400;

LatenessByPass lateness_from(Database& db, FeedId feed, std::int64_t day) {
    LatenessByPass lateness;
    Cursor row = db.use(sql::Query::lateness_of_days);
    row.bind(static_cast<int>(feed), day);
    while (row.step()) {
        const auto bucket = static_cast<std::size_t>(row.integer(1));
        Lateness& of_pass = lateness[pass_of(row.text(0)).value_or(Pass::hot)];
        if (bucket < lateness_buckets) of_pass.rows.at(bucket) += row.integer(2);
        of_pass.worst = std::max(of_pass.worst, Ticks{row.integer(3)});
    }
    return lateness;
}

WindowRow window_from(const Cursor& row) {
    WindowRow window;
    window.id = row.integer(0);
    window.feed = feed_from(row.integer(1));
    window.plan.pass = pass_of(row.text(2)).value_or(Pass::hot);
    window.plan.span = {row.instant(3), row.instant(4)};
    window.time_property = row.string(5);
    window.opened_at = row.instant(6);
    window.completed_at = row.maybe_instant(7);
    window.state = row.string(8);
    window.reason = row.string(9);
    window.progress = {row.small(10),   row.integer(11), row.integer(12),
                       row.integer(13), row.integer(14), Ticks{row.integer(15)}};
    return window;
}

}  // namespace

Result<std::int64_t> Store::open_window(FeedId feed, const WindowPlan& plan, Instant now) {
    return impl_->write([&] {
        const auto property = impl_->strings.number_of(plan.time_property);
        impl_->db.use(sql::Query::window_open)
            .bind(static_cast<int>(feed), name_of(plan.pass), plan.span.from, plan.span.to, property, now)
            .run();
        return impl_->db.last_row();
    });
}

Result<> Store::add_progress(std::int64_t window, const WindowProgress& progress) {
    return impl_->write([&] {
        impl_->db.use(sql::Query::window_progress)
            .bind(progress.pages, progress.rows, progress.fresh, progress.revised, progress.rejected,
                  progress.worst_lateness, window)
            .run();
        if (impl_->db.changes() == 0) {
            throw Failure{{ErrorCode::not_found, "there is no open window " + std::to_string(window), {}}};
        }
    });
}

Result<> Store::add_lateness(std::int64_t window, const Lateness& lateness, Instant now) {
    return impl_->write([&] {
        for (std::size_t bucket = 0; bucket < lateness_buckets; ++bucket) {
            const std::int64_t rows = lateness.rows.at(bucket);
            if (rows == 0) continue;
            const Ticks worst = std::min(lateness.worst, lateness_bound(bucket));
            impl_->db.use(sql::Query::lateness_add)
                .bind(day_of(now), static_cast<std::int64_t>(bucket), rows, worst, window)
                .run();
        }
        impl_->db.use(sql::Query::lateness_forget).bind(window, day_of(now) - days_kept).run();
    });
}

Result<LatenessByPass> Store::lateness(FeedId feed, Instant since) {
    return impl_->read([&] { return lateness_from(impl_->db, feed, day_of(since)); });
}

Result<> Store::complete_window(std::int64_t window, Instant now) {
    return impl_->write([&] {
        const ClosedWindow closed = close_window(*impl_, window, "complete", "", now);
        impl_->db.use(sql::Query::pass_done)
            .bind(static_cast<int>(closed.feed), closed.pass, closed.opened_at)
            .run();
        // A window over another time property (the deep sweep of risk feeds) says nothing about this one's
        // time line.
        if (closed.time_property == feed_of(closed.feed).window_time)
            cover(impl_->db, closed.feed, closed.span);
    });
}

Result<> Store::abandon_window(std::int64_t window, std::string_view reason, Instant now) {
    return impl_->write([&] { (void)close_window(*impl_, window, "abandoned", reason, now); });
}

Result<> Store::abandon_open_windows(std::string_view reason, Instant now) {
    return impl_->write([&] {
        Cursor row = impl_->db.use(sql::Query::window_abandon_open);
        row.bind(reason, now);
        while (row.step())
            impl_->chain.touched(Chained::feed_window, row.integer(0));
    });
}

Result<SweepState> Store::sweep_state(FeedId feed) {
    return impl_->read([&] {
        SweepState state;
        Cursor passes = impl_->db.use(sql::Query::passes);
        passes.bind(static_cast<int>(feed));
        while (passes.step()) {
            const std::optional<Pass> pass = pass_of(passes.text(0));
            if (pass == Pass::hot) state.last_hot = passes.instant(1);
            if (pass == Pass::warm) state.last_warm = passes.instant(1);
            if (pass == Pass::cold) state.last_cold = passes.instant(1);
            if (pass == Pass::deep) state.last_deep = passes.instant(1);
        }
        Cursor spans = impl_->db.use(sql::Query::coverage_spans);
        spans.bind(static_cast<int>(feed));
        while (spans.step())
            state.complete.push_back({spans.instant(0), spans.instant(1)});
        Cursor newest = impl_->db.use(sql::Query::lateness_newest_day);
        if (newest.bind(static_cast<int>(feed)).step() && !newest.is_null(0))
            state.lateness = lateness_from(impl_->db, feed, newest.integer(0) - days_to_follow + 1);
        Cursor fares = impl_->db.use(sql::Query::feed_state_get);
        if (fares.bind(static_cast<int>(feed)).step() && !fares.is_null(5))
            state.backfill_span = Ticks{fares.integer(5)};
        return state;
    });
}

Result<> Store::set_backfill_span(FeedId feed, Ticks span) {
    return impl_->write(
        [&] { impl_->db.use(sql::Query::backfill_span_set).bind(static_cast<int>(feed), span).run(); });
}

Result<std::vector<WindowRow>> Store::windows(std::optional<FeedId> feed, Span opened, int limit) {
    return impl_->read([&] {
        std::optional<int> number;
        if (feed) number = static_cast<int>(*feed);
        std::vector<WindowRow> found;
        Cursor rows = impl_->db.use(sql::Query::windows_opened);
        rows.bind(opened.from, opened.to, number, limit);
        while (rows.step())
            found.push_back(window_from(rows));
        return found;
    });
}

}  // namespace entrawatch
