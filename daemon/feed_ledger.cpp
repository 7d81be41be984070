#include "daemon/feed_ledger.hpp"

#include <algorithm>

namespace entrawatch {

namespace asio = boost::asio;

namespace {

void say_alert(TenantRuntime& tenant, std::string_view what, const AlertRow& alert) {
    ++tenant.status.alerts_opened;
    tenant.log->info(what, {{"tenant", tenant.settings.name},
                            {"alert", alert.id},
                            {"severity", std::string{name_of(alert.severity)}},
                            {"rule", alert.rule_name},
                            {"summary", alert.summary}});
}

}  // namespace

void report_told(TenantRuntime& tenant, const IngestReport& report) {
    for (const auto& alert : report.opened)
        say_alert(tenant, "alert opened", alert);
    for (const auto& alert : report.raised)
        say_alert(tenant, "alert raised", alert);
    for (const auto& [filter, findings] : report.suppressed)
        tenant.status.suppressed[filter] += findings;
    if (!report.deliveries.empty()) tenant.ring_workers(report.deliveries);
}

FeedLedger::FeedLedger(TenantRuntime& tenant, const Feed& feed)
    : tenant_(tenant), feed_(feed), status_(tenant.status.feeds[feed.id]) {}

void FeedLedger::report_page(const IngestReport& report) {
    tenant_.status.store_works = true;
    auto& totals = status_.totals;
    totals.pages += report.progress.pages;
    totals.rows += report.progress.rows;
    totals.fresh += report.progress.fresh;
    totals.revised += report.progress.revised;
    totals.rejected += report.progress.rejected;
    totals.worst_lateness = std::max(totals.worst_lateness, report.progress.worst_lateness);
    status_.lateness[pass_] += report.lateness;
    status_.left_out += report.left_out;
    for (const auto& rejection : report.rejections) {
        tenant_.log->warning("record rejected and kept", {{"tenant", tenant_.settings.name},
                                                          {"feed", std::string{feed_.name}},
                                                          {"reason", rejection.reason}});
    }
    report_told(tenant_, report);
}

void FeedLedger::store_failed(const Error& error) {
    if (tenant_.status.store_works) {
        tenant_.log->error("store does not take writes; nothing is lost, windows wait",
                           {{"tenant", tenant_.settings.name}, {"reason", error.text()}});
    }
    tenant_.status.store_works = false;
    tenant_.status.store_problem = error.text();
}

asio::awaitable<bool> FeedLedger::open_window(const WindowPlan& plan) {
    auto job = [feed = feed_.id, plan, now = tenant_.now()](Store& store, RuleScratch&) {
        return transact(store, [&](Store& s) { return s.open_window(feed, plan, now); });
    };
    const auto opened = co_await tenant_.lane.run(job);
    if (!opened) {
        store_failed(opened.error());
        co_return false;
    }
    window_ = *opened;
    pass_ = plan.pass;
    co_return true;
}

asio::awaitable<void> FeedLedger::abandon(std::string reason) {
    auto job = [window = window_, reason, now = tenant_.now()](Store& store, RuleScratch&) {
        return transact(store, [&](Store& s) { return s.abandon_window(window, reason, now); });
    };
    const auto done = co_await tenant_.lane.run(job);
    if (!done) store_failed(done.error());
    say_abandoned(reason);
}

void FeedLedger::say_abandoned(const std::string& reason) {
    tenant_.log->warning(
        "window abandoned",
        {{"tenant", tenant_.settings.name}, {"feed", std::string{feed_.name}}, {"reason", reason}});
}

// Backfill asks for as much at once as Graph answers in time.
asio::awaitable<void> FeedLedger::note_span(bool succeeded, const WindowPlan& plan) {
    if (plan.pass != Pass::backfill) co_return;
    const Ticks span = succeeded ? wider(plan.span.length()) : narrower(plan.span.length());
    auto job = [feed = feed_.id, span](Store& store, RuleScratch&) {
        return transact(store, [&](Store& s) { return s.set_backfill_span(feed, span); });
    };
    const auto done = co_await tenant_.lane.run(job);
    if (!done) store_failed(done.error());
    if (succeeded) say_backfilled(plan.span);
}

void FeedLedger::say_backfilled(Span span) {
    tenant_.log->info("backfill window complete",
                      {{"tenant", tenant_.settings.name},
                       {"feed", std::string{feed_.name}},
                       {"from", to_iso(span.from)},
                       {"to", to_iso(span.to)},
                       {"new_since_start", std::to_string(status_.totals.fresh)}});
}

asio::awaitable<void> FeedLedger::set_condition(FeedCondition condition, std::string reason,
                                                std::optional<Instant> next_probe_at) {
    if (condition != status_.condition || reason != status_.reason) say_condition(condition, reason);
    co_await keep_condition(condition, std::move(reason), next_probe_at);
}

asio::awaitable<void> FeedLedger::park_for_good(std::string reason) {
    tenant_.log->info(
        "feed is not read",
        {{"tenant", tenant_.settings.name}, {"feed", std::string{feed_.name}}, {"reason", reason}});
    co_await keep_condition(FeedCondition::parked, std::move(reason), std::nullopt);
}

asio::awaitable<void> FeedLedger::keep_condition(FeedCondition condition, std::string reason,
                                                 std::optional<Instant> next_probe_at) {
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

void FeedLedger::say_condition(FeedCondition condition, const std::string& reason) {
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

}  // namespace entrawatch
