// Heartbeat: tells a dead man's switch, again and again, that the watch does its work; or that it does not,
// and why.
//
// Who watches the watcher: a service elsewhere (healthchecks.io and its kin) that raises the alarm when this
// falls silent. A beat attests that databases take writes, that every feed answers and every destination
// takes deliveries, not that a loop turns: otherwise it goes to `<url>/fail` with the reasons. One coroutine,
// started by App. Read next: watch_verdicts.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "daemon/clock.hpp"
#include "daemon/http/client.hpp"
#include "daemon/log.hpp"
#include "daemon/status.hpp"
#include "daemon/task_group.hpp"
#include "daemon/watch_verdicts.hpp"

namespace entrawatch {

// Pure: why the watch of a tenant is not well, a sentence each; empty = well. What is merely not licensed is
// not counted.
[[nodiscard]] std::vector<std::string> watch_problems(const WatchQuestion& question);

// Pure: where a beat goes: the URL itself, or `/fail` behind its path.
[[nodiscard]] std::string beat_url(std::string_view url, bool well);

class Heartbeat {
  public:
    struct Parts {
        HeartbeatSettings settings;
        std::shared_ptr<http::HttpClient> client;
        std::shared_ptr<const Clock> clock;
        std::shared_ptr<Log> log;
        Status& status;
        // The tenants' problems by now.
        std::function<std::vector<std::string>()> problems;
    };
    Heartbeat(const boost::asio::any_io_executor& executor, StopSignal& stop, Parts parts);
    [[nodiscard]] boost::asio::awaitable<void> run();

  private:
    [[nodiscard]] boost::asio::awaitable<void> beat();
    void note(const std::string& problem);

    Parts parts_;
    StopSignal& stop_;
    StoppableWakeup wakeup_;
};

}  // namespace entrawatch
