#include "daemon/feed_poller.hpp"

#include <algorithm>
#include <chrono>

#include "core/feed/page.hpp"
#include "daemon/page_principals.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// Consent and licences are given by people: soon at first, because a licence refusal also comes and goes in
// licensed tenants, then hourly.
constexpr Ticks first_probe_after = 5min;
constexpr Ticks later_probe_after = 1h;
constexpr std::chrono::seconds store_retry = 5s;

struct SplitPage {
    std::shared_ptr<Page> page;
    std::set<std::string> unknown;  // principals
};

// The context with what was looked up for one page.
std::shared_ptr<const IngestContext> knowing(std::shared_ptr<const IngestContext> context,
                                             const std::shared_ptr<const LookedUpPrincipals>& looked_up) {
    if (!looked_up || looked_up->empty()) return context;
    auto more = std::make_shared<IngestContext>(*context);
    more->directory = std::make_shared<const Directory>(context->directory->with(looked_up));
    return more;
}

}  // namespace

FeedPoller::FeedPoller(TenantRuntime& tenant, const Feed& feed, PollerRole role)
    : tenant_(tenant),
      feed_(feed),
      role_(role),
      status_(tenant.status.feeds[feed.id]),
      ledger_(tenant, feed),
      wakeup_(tenant.executor, tenant.stop) {}

asio::awaitable<void> FeedPoller::run() {
    std::string missing = missing_in(feed_, tenant_.settings.cloud);
    if (!missing.empty()) {
        if (role_ == PollerRole::live) co_await ledger_.park_for_good("cloud: " + std::move(missing));
        co_return;
    }
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
// What is read when the disk is full would be read in vain, and the last room is for alerts and deliveries.
bool FeedPoller::may_read() const {
    if (tenant_.status.disk_room == DiskRoom::full) return false;
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
        ledger_.store_failed(state.error());
        due_at_ = tenant_.now() + Ticks{store_retry};
        co_return std::nullopt;
    }
    const Instant now = tenant_.now();
    const SweepState seen = seen_by_role(*state, now);
    auto plan = next_window(feed_, seen, sweep_settings(), now);
    // Backfill reads what nobody looked at.
    looked_at_.clear();
    if (plan && plan->pass != Pass::backfill) looked_at_ = looked_at(feed_, *state, sweep_settings(), now);
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
    // What cannot be asked by time cannot be asked for by halves.
    WindowWalk walk{is_snapshot(feed_) ? Span{} : plan.span};
    std::string link = first_page_target(feed_, plan.time_property, asked_span(plan));
    while (!tenant_.stop.stopping()) {
        const WalkStep step = co_await ask(plan, walk, link);
        switch (step) {
            case WalkStep::done:
                give_ups_ = 0;
                co_await ledger_.note_span(true, plan);
                co_return;
            case WalkStep::follow_link:
                break;
            case WalkStep::repeat_link:
                co_await wakeup_.sleep(walk.delay(tenant_.dice()));
                break;
            case WalkStep::begin_again:
                co_await ledger_.abandon(walk.reason() + "; read again from its start");
                opened = co_await open_window(plan);
                if (!opened) co_return;
                link = first_page_target(feed_, plan.time_property, asked_span(plan));
                break;
            case WalkStep::split: {
                const auto [older, newer] = *halves(plan.span);
                co_await ledger_.abandon(walk.reason() + "; read again in halves");
                split_.push_front({plan.pass, older, plan.time_property});
                split_.push_front({plan.pass, newer, plan.time_property});
                co_await ledger_.note_span(false, plan);
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

asio::awaitable<bool> FeedPoller::open_window(const WindowPlan& plan) {
    const bool opened = co_await ledger_.open_window(plan);
    if (!opened) co_await wakeup_.sleep(store_retry);
    co_return opened;
}

asio::awaitable<WalkStep> FeedPoller::ask(const WindowPlan& plan, WindowWalk& walk, std::string& link) {
    auto got = co_await tenant_.graph.get(feed_, link, priority_of(plan.pass));
    last_judgement_ = got.judgement;
    if (got.judgement.outcome != graph::Outcome::page) {
        const WalkStep step = walk.after_failure(got.judgement.outcome);
        // Before the first answer people wait for a word; later a single failure is no news.
        if (!status_.last_answer_at && step == WalkStep::repeat_link) {
            co_await ledger_.set_condition(FeedCondition::failing, got.judgement.message, std::nullopt);
        }
        co_return step;
    }
    status_.last_answer_at = tenant_.now();
    if (status_.condition != FeedCondition::running) {
        parkings_ = 0;
        co_await ledger_.set_condition(FeedCondition::running, "", std::nullopt);
    }
    co_return co_await commit(walk, std::move(got.body), link);
}

// One page is one transaction; a store that cannot take it now is asked again, and the window does not
// advance meanwhile.
asio::awaitable<WalkStep> FeedPoller::commit(WindowWalk& walk, std::string body, std::string& link) {
    auto split_body = [body = std::move(body), feed = &feed_, context = tenant_.ingest_context](
                          Store&, RuleScratch&) mutable -> Result<SplitPage> {
        auto split = split_page(std::move(body));
        if (!split) return fail(split.error());
        auto unknown = unknown_principals(*context->directory, *feed, *split);
        return SplitPage{std::make_shared<Page>(std::move(*split)), std::move(unknown)};
    };
    auto opened = co_await tenant_.lane.run(split_body);
    if (!opened) {
        last_judgement_.message = opened.error().text();
        co_return walk.after_failure(graph::Outcome::transient);
    }
    const std::shared_ptr<Page> page = opened->page;
    std::shared_ptr<const LookedUpPrincipals> looked_up;
    if (!opened->unknown.empty() && tenant_.look_up)
        looked_up = co_await tenant_.look_up(std::move(opened->unknown));
    const bool last = page->next_link.empty();
    while (!tenant_.stop.stopping()) {
        auto take_in = [page, context = knowing(tenant_.ingest_context, looked_up), feed = &feed_,
                        window = ledger_.window(), last, looked_at = looked_at_,
                        now = tenant_.now()](Store& store, RuleScratch& scratch) {
            IngestInput input;
            input.feed = feed;
            input.page = page.get();
            input.window = window;
            input.completes_window = last;
            input.looked_at = looked_at;
            input.now = now;
            return ingest(store, *context, input, scratch);
        };
        auto report = co_await tenant_.lane.run(take_in);
        if (report) {
            ledger_.report_page(*report);
            if (report->directory_changed && role_ == PollerRole::live) tenant_.directory_changed();
            if (last) ++status_.windows;
            link = page->next_link;
            co_return walk.after_page(link);
        }
        ledger_.store_failed(report.error());
        co_await wakeup_.sleep(store_retry);
    }
    co_return WalkStep::repeat_link;
}

asio::awaitable<void> FeedPoller::park(const graph::Judgement& judgement) {
    co_await ledger_.abandon(judgement.message);
    const Ticks wait = ++parkings_ == 1 ? first_probe_after : later_probe_after;
    co_await ledger_.set_condition(FeedCondition::parked, judgement.reason + ": " + judgement.message,
                                   tenant_.now() + wait);
    const Instant until = tenant_.now() + wait;
    while (!tenant_.stop.stopping() && tenant_.now() < until)
        co_await wakeup_.sleep(1min);
    tenant_.graph.tokens()
        .discard();  // roles are frozen when a token is issued: a new grant needs a new token
}

asio::awaitable<void> FeedPoller::give_up(const WindowWalk& walk) {
    // A text made under a condition inside the co_await expression would be freed twice (GCC 12).
    std::string reason = walk.reason();
    if (!last_judgement_.message.empty()) reason += ": " + last_judgement_.message;
    co_await ledger_.abandon(reason);
    ++give_ups_;
    co_await ledger_.set_condition(FeedCondition::failing, last_judgement_.message, std::nullopt);
    const int doublings = std::min(give_ups_ - 1, 5);
    // Our own query refused is no matter of minutes: something changed at Graph, and people must look.
    const auto wait = last_judgement_.outcome == graph::Outcome::bad_request
                          ? std::chrono::seconds{15min}
                          : std::chrono::seconds{10LL << doublings};
    co_await wakeup_.sleep(wait);
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
