#include "daemon/feed_poller.hpp"

#include <algorithm>
#include <chrono>

#include "core/feed/page.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// Consent and licences are given by people: soon at first, because a licence refusal also comes and goes in
// licensed tenants, then hourly.
constexpr Ticks first_probe_after = 5min;
constexpr Ticks later_probe_after = 1h;
constexpr std::chrono::seconds store_retry = 5s;

}  // namespace

FeedPoller::FeedPoller(TenantRuntime& tenant, const Feed& feed, PollerRole role)
    : tenant_(tenant),
      feed_(feed),
      role_(role),
      status_(tenant.status.feeds[feed.id]),
      wakeup_(tenant.executor, tenant.stop) {}

asio::awaitable<void> FeedPoller::run() {
    while (!tenant_.stop.stopping()) {
        if (!may_read()) {
            co_await wakeup_.sleep(1s);
            continue;
        }
        const auto plan = co_await next_plan();
        if (plan) {
            co_await read(*plan);
        } else {
            co_await sleep_until_due();
        }
    }
}

// The sweeps wait until the live poller has had an answer: one refusal is enough.
bool FeedPoller::may_read() const {
    if (!tenant_.status.directory_read && tenant_.status.directory_problem.empty()) return false;
    return role_ == PollerRole::live || status_.condition == FeedCondition::running;
}

SweepSettings FeedPoller::sweep_settings() const {
    SweepSettings settings;
    settings.poll_interval = tenant_.settings.poll_interval;
    settings.backfill = role_ == PollerRole::live ? Ticks{0} : tenant_.settings.backfill;
    return settings;
}

// Each role sees the other's windows as not due.
SweepState FeedPoller::seen_by_role(SweepState state, Instant now) const {
    if (role_ == PollerRole::live) {
        state.last_warm = state.last_cold = state.last_deep = now;
    } else {
        state.last_hot = now;
    }
    return state;
}

asio::awaitable<std::optional<WindowPlan>> FeedPoller::next_plan() {
    if (!split_.empty()) {
        const WindowPlan plan = split_.front();
        split_.pop_front();
        co_return plan;
    }
    auto job = [feed = feed_.id](Store& store, RuleScratch&) { return store.sweep_state(feed); };
    const auto state = co_await tenant_.lane.run(job);
    if (!state) {
        store_failed(state.error());
        due_at_ = tenant_.now() + Ticks{store_retry};
        co_return std::nullopt;
    }
    const Instant now = tenant_.now();
    const SweepState seen = seen_by_role(*state, now);
    auto plan = next_window(feed_, seen, sweep_settings(), now);
    if (!plan) due_at_ = next_due(feed_, seen, sweep_settings(), now);
    co_return plan;
}

asio::awaitable<void> FeedPoller::sleep_until_due() {
    const Ticks left = due_at_ ? *due_at_ - tenant_.now() : Ticks{1s};
    // A wall clock that jumps must not leave us asleep for long.
    co_await wakeup_.sleep(std::clamp<Ticks>(left, 50ms, 1min));
}

asio::awaitable<void> FeedPoller::read(WindowPlan plan) {
    bool opened = co_await open_window(plan);
    if (!opened) co_return;
    WindowWalk walk{plan.span};
    std::string link = first_page_target(feed_, plan.time_property, plan.span);
    while (!tenant_.stop.stopping()) {
        const WalkStep step = co_await ask(plan, walk, link);
        switch (step) {
            case WalkStep::done:
                give_ups_ = 0;
                co_await note_span(true, plan);
                co_return;
            case WalkStep::follow_link:
                break;
            case WalkStep::repeat_link:
                co_await wakeup_.sleep(walk.delay(tenant_.dice()));
                break;
            case WalkStep::begin_again:
                co_await abandon(walk.reason() + "; read again from its start");
                opened = co_await open_window(plan);
                if (!opened) co_return;
                link = first_page_target(feed_, plan.time_property, plan.span);
                break;
            case WalkStep::split: {
                const auto [older, newer] = *halves(plan.span);
                co_await abandon(walk.reason() + "; read again in halves");
                split_.push_front({plan.pass, older, plan.time_property});
                split_.push_front({plan.pass, newer, plan.time_property});
                co_await note_span(false, plan);
                co_return;
            }
            case WalkStep::park:
                co_await park(last_judgement_);
                co_return;
            case WalkStep::give_up:
                co_await give_up(walk);
                co_return;
        }
    }
}

asio::awaitable<WalkStep> FeedPoller::ask(const WindowPlan& plan, WindowWalk& walk, std::string& link) {
    auto got = co_await tenant_.graph.get(feed_, link, priority_of(plan.pass));
    last_judgement_ = got.judgement;
    if (got.judgement.outcome != graph::Outcome::page) {
        const WalkStep step = walk.after_failure(got.judgement.outcome);
        // Before the first answer people wait for a word; later a single failure is no news.
        if (!status_.last_answer_at && step == WalkStep::repeat_link) {
            co_await set_condition(FeedCondition::failing, got.judgement.message, std::nullopt);
        }
        co_return step;
    }
    status_.last_answer_at = tenant_.now();
    if (status_.condition != FeedCondition::running) {
        parkings_ = 0;
        co_await set_condition(FeedCondition::running, "", std::nullopt);
    }
    co_return co_await commit(walk, std::move(got.body), link);
}

// One page is one transaction; a store that cannot take it now is asked again, and the window does not
// advance meanwhile.
asio::awaitable<WalkStep> FeedPoller::commit(WindowWalk& walk, std::string body, std::string& link) {
    auto split_body = [body = std::move(body)](Store&, RuleScratch&) mutable {
        auto split = split_page(std::move(body));
        return split ? Result<std::shared_ptr<Page>>{std::make_shared<Page>(std::move(*split))}
                     : fail(split.error());
    };
    auto page = co_await tenant_.lane.run(split_body);
    if (!page) {
        last_judgement_.message = page.error().text();
        co_return walk.after_failure(graph::Outcome::transient);
    }
    const bool last = (*page)->next_link.empty();
    while (!tenant_.stop.stopping()) {
        auto take_in = [page = *page, context = tenant_.ingest_context, feed = &feed_, window = window_, last,
                        now = tenant_.now()](Store& store, RuleScratch& scratch) {
            IngestInput input;
            input.feed = feed;
            input.page = page.get();
            input.window = window;
            input.completes_window = last;
            input.now = now;
            return ingest(store, *context, input, scratch);
        };
        auto report = co_await tenant_.lane.run(take_in);
        if (report) {
            report_page(*report);
            if (last) ++status_.windows;
            link = (*page)->next_link;
            co_return walk.after_page(link);
        }
        store_failed(report.error());
        co_await wakeup_.sleep(store_retry);
    }
    co_return WalkStep::repeat_link;
}

void FeedPoller::report_page(const IngestReport& report) {
    tenant_.status.store_works = true;
    auto& totals = status_.totals;
    totals.pages += report.progress.pages;
    totals.rows += report.progress.rows;
    totals.fresh += report.progress.fresh;
    totals.revised += report.progress.revised;
    totals.rejected += report.progress.rejected;
    totals.worst_lateness = std::max(totals.worst_lateness, report.progress.worst_lateness);
    for (const auto& alert : report.opened) {
        ++tenant_.status.alerts_opened;
        tenant_.log->info("alert opened", {{"tenant", tenant_.settings.name},
                                           {"alert", alert.id},
                                           {"severity", std::string{name_of(alert.severity)}},
                                           {"rule", alert.rule_name},
                                           {"summary", alert.summary}});
    }
    for (const auto& rejection : report.rejections) {
        tenant_.log->warning("record rejected and kept", {{"tenant", tenant_.settings.name},
                                                          {"feed", std::string{feed_.name}},
                                                          {"reason", rejection.reason}});
    }
    if (!report.deliveries.empty()) tenant_.ring_workers(report.deliveries);
}

void FeedPoller::store_failed(const Error& error) {
    if (tenant_.status.store_works) {
        tenant_.log->error("store does not take writes; nothing is lost, windows wait",
                           {{"tenant", tenant_.settings.name}, {"reason", error.text()}});
    }
    tenant_.status.store_works = false;
    tenant_.status.store_problem = error.text();
}

asio::awaitable<bool> FeedPoller::open_window(const WindowPlan& plan) {
    auto job = [feed = feed_.id, plan, now = tenant_.now()](Store& store, RuleScratch&) {
        return transact(store, [&](Store& s) { return s.open_window(feed, plan, now); });
    };
    const auto opened = co_await tenant_.lane.run(job);
    if (!opened) {
        store_failed(opened.error());
        co_await wakeup_.sleep(store_retry);
        co_return false;
    }
    window_ = *opened;
    co_return true;
}

asio::awaitable<void> FeedPoller::abandon(std::string reason) {
    auto job = [window = window_, reason, now = tenant_.now()](Store& store, RuleScratch&) {
        return transact(store, [&](Store& s) { return s.abandon_window(window, reason, now); });
    };
    const auto done = co_await tenant_.lane.run(job);
    if (!done) store_failed(done.error());
    say_abandoned(reason);
}

void FeedPoller::say_abandoned(const std::string& reason) {
    tenant_.log->warning(
        "window abandoned",
        {{"tenant", tenant_.settings.name}, {"feed", std::string{feed_.name}}, {"reason", reason}});
}

// Backfill asks for as much at once as Graph answers in time.
asio::awaitable<void> FeedPoller::note_span(bool succeeded, const WindowPlan& plan) {
    if (plan.pass != Pass::backfill) co_return;
    const Ticks span = succeeded ? wider(plan.span.length()) : narrower(plan.span.length());
    auto job = [feed = feed_.id, span](Store& store, RuleScratch&) {
        return transact(store, [&](Store& s) { return s.set_backfill_span(feed, span); });
    };
    const auto done = co_await tenant_.lane.run(job);
    if (!done) store_failed(done.error());
    if (succeeded) say_backfilled(plan.span);
}

void FeedPoller::say_backfilled(Span span) {
    tenant_.log->info("backfill window complete",
                      {{"tenant", tenant_.settings.name},
                       {"feed", std::string{feed_.name}},
                       {"from", to_iso(span.from)},
                       {"to", to_iso(span.to)},
                       {"new_since_start", std::to_string(status_.totals.fresh)}});
}

asio::awaitable<void> FeedPoller::park(const graph::Judgement& judgement) {
    co_await abandon(judgement.message);
    const Ticks wait = ++parkings_ == 1 ? first_probe_after : later_probe_after;
    co_await set_condition(FeedCondition::parked, judgement.reason + ": " + judgement.message,
                           tenant_.now() + wait);
    const Instant until = tenant_.now() + wait;
    while (!tenant_.stop.stopping() && tenant_.now() < until)
        co_await wakeup_.sleep(1min);
    tenant_.graph.tokens()
        .discard();  // roles are frozen when a token is issued: a new grant needs a new token
}

asio::awaitable<void> FeedPoller::give_up(const WindowWalk& walk) {
    co_await abandon(walk.reason() + (last_judgement_.message.empty() ? "" : ": " + last_judgement_.message));
    ++give_ups_;
    co_await set_condition(FeedCondition::failing, last_judgement_.message, std::nullopt);
    const int doublings = std::min(give_ups_ - 1, 5);
    // Our own query refused is no matter of minutes: something changed at Graph, and people must look.
    const auto wait = last_judgement_.outcome == graph::Outcome::bad_request
                          ? std::chrono::seconds{15min}
                          : std::chrono::seconds{10LL << doublings};
    co_await wakeup_.sleep(wait);
}

asio::awaitable<void> FeedPoller::set_condition(FeedCondition condition, std::string reason,
                                                std::optional<Instant> next_probe_at) {
    if (condition != status_.condition || reason != status_.reason) say_condition(condition, reason);
    status_.condition = condition;
    status_.reason = reason;
    status_.next_probe_at = next_probe_at;
    FeedState state{std::string{name_of(condition)}, reason, tenant_.now(), next_probe_at,
                    status_.last_answer_at};
    auto job = [feed = feed_.id, state](Store& store, RuleScratch&) {
        return transact(store, [&](Store& s) { return s.set_feed_state(feed, state); });
    };
    const auto done = co_await tenant_.lane.run(job);
    if (!done) store_failed(done.error());
}

void FeedPoller::say_condition(FeedCondition condition, const std::string& reason) {
    if (condition == FeedCondition::running) {
        tenant_.log->info("feed answers",
                          {{"tenant", tenant_.settings.name}, {"feed", std::string{feed_.name}}});
        return;
    }
    tenant_.log->warning("feed does not answer", {{"tenant", tenant_.settings.name},
                                                  {"feed", std::string{feed_.name}},
                                                  {"state", std::string{name_of(condition)}},
                                                  {"reason", reason}});
}

// Waiting for the same budget: what tonight is about goes first.
int FeedPoller::priority_of(Pass pass) const {
    switch (pass) {
        case Pass::hot:
            return 0;
        case Pass::warm:
            return 1;
        case Pass::cold:
        case Pass::deep:
            return 2;
        case Pass::backfill:
            return 3;
    }
    return 3;
}

}  // namespace entrawatch
