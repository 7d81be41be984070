#include "daemon/directory_poller.hpp"

#include <algorithm>

#include "core/context/posture.hpp"
#include "core/feed/page.hpp"
#include "daemon/tenant_opening.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr Ticks refresh_every = 15min;
constexpr Ticks retry_after = 1min;

std::string joined_gaps(const std::vector<std::string>& gaps) {
    std::string text;
    for (const std::string& gap : gaps)
        text += (text.empty() ? "" : "; ") + gap;
    return text;
}

// The posture records and the reading they come from are one transaction: neither is there without the other.
Result<IngestReport> commit(Store& store, const IngestContext& context, const std::string& body,
                            std::string reading, Instant now, RuleScratch& scratch) {
    const auto page = split_page(body);
    if (!page) return fail(page.error());
    IngestInput input;
    input.feed = &feed_of(FeedId::posture);
    input.page = &*page;
    input.directory = std::move(reading);
    input.now = now;
    return ingest(store, context, input, scratch);
}

}  // namespace

DirectoryPoller::DirectoryPoller(TenantRuntime& tenant)
    : tenant_(tenant), reader_(tenant), wakeup_(tenant.executor, tenant.stop) {
    if (tenant.settings.feeds.at(FeedId::posture).enabled) ledger_.emplace(tenant, feed_of(FeedId::posture));
}

asio::awaitable<void> DirectoryPoller::run() {
    while (!tenant_.stop.stopping()) {
        read_at_ = tenant_.now();
        nudged_ = false;
        co_await read_once();
        co_await wait();
    }
}

void DirectoryPoller::nudge() {
    nudged_ = true;
    wakeup_.ring();
}

asio::awaitable<void> DirectoryPoller::wait() {
    const bool fine = tenant_.status.directory_problem.empty();
    const Ticks longest = fine ? refresh_every : retry_after;
    while (!tenant_.stop.stopping()) {
        const Ticks wanted = nudged_ ? std::min(longest, tenant_.settings.poll_interval) : longest;
        const Ticks left = read_at_ + wanted - tenant_.now();
        // A wall clock that was set back must not leave us asleep for long.
        if (left <= Ticks{0} || left > longest) co_return;
        co_await wakeup_.sleep(left);
    }
}

asio::awaitable<void> DirectoryPoller::read_once() {
    const DirectoryReading before = tenant_.ingest_context->directory->reading();
    DirectoryReading reading = before;
    const std::string problem = co_await reader_.read_roles(reading);
    if (tenant_.stop.stopping()) co_return;
    if (!problem.empty()) {
        co_await say_problem(problem);
        co_return;
    }
    reading.read_at = tenant_.now();
    use(directory_of(reading));
    tenant_.status.directory_problem.clear();
    tenant_.status.directory_read = true;
    co_await reader_.read_state(reading);
    if (tenant_.stop.stopping()) co_return;
    say_gaps(reading.gaps);
    co_await keep(before, std::move(reading));
}

asio::awaitable<void> DirectoryPoller::keep(DirectoryReading before, DirectoryReading reading) {
    const Instant now = tenant_.now();
    std::string body = posture_page({});
    if (ledger_) {
        Posture posture = judge_posture(*directory_of(reading), before, now);
        reading.open = std::move(posture.open);
        body = posture_page(posture.records);
    }
    const auto directory = directory_of(std::move(reading));
    auto job = [context = *tenant_.ingest_context, directory, body, now](Store& store,
                                                                         RuleScratch& scratch) mutable {
        context.directory = directory;
        return commit(store, context, body, to_json(directory->reading()), now, scratch);
    };
    auto report = co_await tenant_.lane.run(job);
    if (!report) {
        // The rules go on with what was known before, so that the next reading is compared with that.
        use(directory_of(std::move(before)));
        co_await say_problem(report.error().text());
        co_return;
    }
    use(directory);
    if (!ledger_) co_return;
    ledger_->report_page(*report);
    tenant_.status.feeds[FeedId::posture].last_answer_at = now;
    co_await ledger_->set_condition(FeedCondition::running, "", std::nullopt);
}

std::shared_ptr<const Directory> DirectoryPoller::directory_of(DirectoryReading reading) const {
    return std::make_shared<const Directory>(tenant_.settings.emergency_accounts, tenant_.shipped_roles,
                                             std::move(reading));
}

void DirectoryPoller::use(std::shared_ptr<const Directory> directory) {
    auto context = std::make_shared<IngestContext>(*tenant_.ingest_context);
    context->directory = std::move(directory);
    tenant_.ingest_context = std::move(context);
}

asio::awaitable<void> DirectoryPoller::say_problem(std::string problem) {
    const bool is_news = tenant_.status.directory_problem != problem;
    tenant_.status.directory_problem = problem;
    if (is_news) {
        tenant_.log->warning("directory not read; facts about roles and MS-PIM are unresolved or old",
                             {{"tenant", tenant_.settings.name}, {"reason", problem}});
    }
    if (ledger_)
        co_await ledger_->set_condition(FeedCondition::parked, std::move(problem),
                                        tenant_.now() + retry_after);
}

void DirectoryPoller::say_gaps(const std::vector<DirectoryGap>& of_reading) {
    std::vector<std::string> gaps;
    for (const DirectoryGap& gap : of_reading)
        gaps.push_back(gap.part + ": " + gap.problem);
    if (tenant_.status.directory_gaps != gaps && !gaps.empty()) {
        tenant_.log->warning("parts of the directory were not read; what they would show is not seen",
                             {{"tenant", tenant_.settings.name}, {"reason", joined_gaps(gaps)}});
    }
    tenant_.status.directory_gaps = std::move(gaps);
}

}  // namespace entrawatch
