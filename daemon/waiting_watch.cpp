#include "daemon/waiting_watch.hpp"

#include "config/settings.hpp"
#include "core/rules/waiting.hpp"
#include "daemon/conclude.hpp"

namespace entrawatch {
namespace {

constexpr int most_at_once = 100;  // other work of the lane waits meanwhile
constexpr int all = 1'000'000;
constexpr Ticks after_a_fault = std::chrono::hours{1};

class WaitingWatch {
  public:
    WaitingWatch(Store& store, const IngestContext& context, const WaitingQuestion& question,
                 RuleScratch& scratch)
        : store_(store),
          context_(context),
          question_(question),
          conclusions_(store, context, input_, scratch, report_) {
        input_.now = question.now;
    }

    Result<IngestReport> run() {
        if (!question_.all_came) {
            const auto first = store_.waiting_due(question_.now, 1);
            if (!first) return fail(first.error());
            if (first->empty()) return report_;  // nearly always
        }
        auto transaction = store_.begin();
        if (!transaction) return fail(transaction.error());
        if (auto done = look_at_due(); !done) return fail(done.error());
        if (auto done = transaction->commit(); !done) return fail(done.error());
        return std::move(report_);
    }

  private:
    Result<> look_at_due() {
        if (question_.all_came) {
            if (auto done = store_.look_now(question_.now); !done) return done;
        }
        const auto due = store_.waiting_due(question_.now, question_.all_came ? all : most_at_once);
        if (!due) return fail(due.error());
        for (const WaitingRow& waiting : *due) {
            if (auto done = look_at(waiting); !done) return done;
        }
        return {};
    }

    Result<> look_at(const WaitingRow& waiting) {
        const Rule* rule = context_.rules->find(waiting.rule_id);
        if (rule == nullptr) return store_.remove_waiting(waiting);  // no longer in force
        const auto unread = unread_feed(*rule, waiting);
        if (!unread) return fail(unread.error());
        if (!unread->empty() && question_.now < waiting.overdue_at)
            return store_.look_later(waiting, next_look(question_.now));
        auto done = conclusions_.decide_waiting(waiting, *unread);
        if (done || done.error().code == ErrorCode::unavailable) return done;
        // One record that cannot be read must not keep the others waiting.
        report_.rejections.push_back({0, done.error().text()});
        return store_.look_later(waiting, question_.now + after_a_fault);
    }

    // The first feed that has not been read as far as the finding needs it; empty when all have.
    Result<std::string_view> unread_feed(const Rule& rule, const WaitingRow& waiting) {
        const AwaitedReading awaited = awaited_reading(rule, waiting.feed, waiting.event_time);
        for (const FeedId id : awaited.feeds) {
            if (!question_.feeds.contains(id)) continue;
            const auto state = sweep_state(id);
            if (!state) return fail(state.error());
            if (question_.all_came && !(*state)->last_hot) continue;  // never polled
            if (!is_read(awaited, feed_of(id), **state, question_.sweep, waiting.due_at, question_.now))
                return feed_of(id).name;
        }
        return std::string_view{};
    }

    Result<const SweepState*> sweep_state(FeedId feed) {
        auto known = states_.find(feed);
        if (known == states_.end()) {
            auto state = store_.sweep_state(feed);
            if (!state) return fail(state.error());
            known = states_.emplace(feed, std::move(*state)).first;
        }
        return &known->second;
    }

    Store& store_;
    const IngestContext& context_;
    const WaitingQuestion& question_;
    IngestInput input_;
    IngestReport report_;
    Conclusions conclusions_;
    std::map<FeedId, SweepState> states_;
};

}  // namespace

WaitingQuestion waiting_question(const TenantSettings& tenant, Instant now) {
    WaitingQuestion question;
    question.sweep = {tenant.poll_interval, tenant.backfill};
    for (const auto& [feed, settings] : tenant.feeds) {
        if (settings.enabled && missing_in(feed_of(feed), tenant.cloud).empty()) question.feeds.insert(feed);
    }
    question.now = now;
    return question;
}

Result<IngestReport> conclude_waiting(Store& store, const IngestContext& context,
                                      const WaitingQuestion& question, RuleScratch& scratch) {
    return WaitingWatch{store, context, question, scratch}.run();
}

}  // namespace entrawatch
