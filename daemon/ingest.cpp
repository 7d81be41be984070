#include "daemon/ingest.hpp"

#include <algorithm>
#include <utility>

#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/feed/placing.hpp"
#include "daemon/conclude.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t max_named_rejections = 100;

// Who holds what, or whom Conditional Access keeps out, may be different now.
bool changes_directory(const Event& event) {
    return event.outcome == Outcome::success && !event.echo &&
           (event.role || event.category == "RoleManagement" || event.category == "GroupManagement" ||
            event.service == "Conditional Access");
}

// One page on its way into the store. Lives for one transaction.
class PageIngest {
  public:
    PageIngest(Store& store, const IngestContext& context, const IngestInput& input, RuleScratch& scratch)
        : store_(store),
          context_(context),
          input_(input),
          scratch_(scratch),
          conclusions_(store, context, input, scratch, report_) {}

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
        auto placed = placer_.place(input_.page->body, raw, input_.feed, input_.any_shape);
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
        return conclusions_.conclude(*event, placed->json, *put);
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
        if (event.feed == FeedId::directory_audits && changes_directory(event))
            report_.directory_changed = true;
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
    RecordPlacer placer_;
    IngestReport report_;
    Conclusions conclusions_;
};

}  // namespace

Result<IngestReport> ingest(Store& store, const IngestContext& context, const IngestInput& input,
                            RuleScratch& scratch) {
    return PageIngest{store, context, input, scratch}.run();
}

}  // namespace entrawatch
