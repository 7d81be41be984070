#include "daemon/heartbeat.hpp"

#include <utility>

#include "core/base/text.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t longest_report = 8'000;  // bytes; receivers keep about ten thousand
constexpr http::ExchangeLimits limits{std::chrono::seconds{20}, std::size_t{64} * 1024};
constexpr Ticks first_beat_after = 45s;  // the feeds' first answers

}  // namespace

std::vector<std::string> watch_problems(const WatchQuestion& question) {
    std::vector<std::string> problems;
    const std::string& tenant = question.status->name;
    if (!question.status->store_works)
        problems.push_back(tenant + ": the store takes no writes: " + question.status->store_problem);
    for (const WatchVerdict& verdict : watch_verdicts(question)) {
        if (verdict.state == WatchState::degraded && verdict.severity > Severity::low)
            problems.push_back(tenant + ": " + verdict.subject + ": " + verdict.says);
    }
    return problems;
}

std::string beat_url(std::string_view url, bool well) {
    if (well) return std::string{url};
    const std::size_t query = url.find('?');
    std::string_view path = url.substr(0, query);
    if (path.ends_with('/')) path.remove_suffix(1);
    return std::string{path} + "/fail" +
           std::string{query == std::string_view::npos ? std::string_view{} : url.substr(query)};
}

Heartbeat::Heartbeat(const asio::any_io_executor& executor, StopSignal& stop, Parts parts)
    : parts_(std::move(parts)), stop_(stop), wakeup_(executor, stop) {}

asio::awaitable<void> Heartbeat::run() {
    co_await wakeup_.sleep(std::min(first_beat_after, parts_.settings.interval));
    while (!stop_.stopping()) {
        co_await beat();
        co_await wakeup_.sleep(parts_.settings.interval);
    }
}

asio::awaitable<void> Heartbeat::beat() {
    const std::vector<std::string> problems = parts_.problems();
    const std::string target = beat_url(parts_.settings.url.reveal(), problems.empty());
    auto url = http::Url::parse(target);
    if (!url) {
        note(url.error().text());
        co_return;
    }
    http::Request request{"POST", std::move(*url), {}, {}};
    request.headers.set("Content-Type", "text/plain; charset=utf-8");
    request.body = problems.empty() ? "the watch does its work\n" : joined(problems, "\n") + "\n";
    request.body = cut_utf8(request.body, longest_report);
    const auto answer = co_await parts_.client->exchange(std::move(request), limits);
    std::string problem;
    if (!answer) {
        problem = answer.error().error.text();
    } else if (answer->status < 200 || answer->status > 299) {
        problem = "HTTP " + std::to_string(answer->status);
    }
    if (problem.empty()) parts_.status.heartbeat_at = parts_.clock->now().wall;
    note(problem);
}

void Heartbeat::note(const std::string& problem) {
    if (problem == parts_.status.heartbeat_problem) return;
    parts_.status.heartbeat_problem = problem;
    if (problem.empty()) {
        parts_.log->info("heartbeat is heard again", {});
    } else {
        parts_.log->warning("heartbeat is not heard; the dead man's switch will raise the alarm",
                            {{"reason", problem}});
    }
}

}  // namespace entrawatch
