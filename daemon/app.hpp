// App: builds the daemon from Settings, runs it, takes it down. Start and stop are lists that can be read.
//
// One I/O thread (the caller's) runs everything that waits; lanes share a pool of as many threads as cores.
// run() ends after stop(), or when a child fails (a bug). On reload a new App is built from the new settings
// after this one has ended. Used by commands/run and by the flow tests.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "config/settings.hpp"
#include "config/shipped.hpp"
#include "core/context/directory.hpp"
#include "core/rules/rule_set.hpp"
#include "daemon/clock.hpp"
#include "daemon/log.hpp"
#include "daemon/status.hpp"

namespace entrawatch {

struct AppParts {
    Settings settings;
    std::shared_ptr<const RuleSet> rules;
    std::vector<RoleInfo> roles;
    std::vector<Scenario> scenarios;
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<Log> log;
    bool reloaded = false;  // not the first of this process
};

class App {
  public:
    // How long in-flight exchanges may take to end after stop(). systemd's TimeoutStopSec must exceed it: a
    // test compares.
    static constexpr std::chrono::seconds grace{20};

    // Opens stores, binds the listener, reads CA files: what cannot work is an Error now.
    [[nodiscard]] static Result<std::unique_ptr<App>> build(boost::asio::io_context& io, AppParts parts);
    ~App();

    // Until stop(), or until a child fails; then everything is taken down. The failure, or nothing.
    [[nodiscard]] boost::asio::awaitable<Result<>> run(std::function<void()> started);
    void stop();
    [[nodiscard]] const Status& status() const;
    // Where /healthz and the others are served; -1 when off.
    [[nodiscard]] int listen_port() const;

  private:
    struct Impl;
    explicit App(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace entrawatch
