// run: the daemon. Loads, builds, waits for signals; a reload is a new App from new settings after the old
// one has ended in order.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <csignal>
#include <iostream>
#include <optional>
#include <utility>

#include "config/load.hpp"
#include "config/shipped.hpp"
#include "daemon/app.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/service_manager.hpp"
#include "daemon/version.hpp"

namespace entrawatch {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds between_tries{5};

// Everything that comes from files. Absent when something in them cannot be used; the problems say what.
struct Loaded {
    std::optional<Settings> settings;
    std::shared_ptr<const RuleSet> rules;
    std::vector<RoleInfo> roles;
    std::vector<Scenario> scenarios;
    Problems problems;
    [[nodiscard]] bool usable() const { return settings.has_value() && rules && !has_errors(problems); }
};

void add_problem(Problems& problems, const Error& error) {
    problems.push_back({error.where, 0, error.what, false});
}

Loaded load_all(const std::filesystem::path& config, Instant now) {
    Loaded loaded;
    auto settings = load_settings(config);
    loaded.problems = std::move(settings.problems);
    loaded.settings = std::move(settings.settings);
    const auto shipped = find_shipped_data(std::filesystem::read_symlink("/proc/self/exe"));
    if (!shipped) {
        add_problem(loaded.problems, shipped.error());
        return loaded;
    }
    auto roles = read_roles(*shipped / "roles.yml");
    if (roles) {
        loaded.roles = std::move(*roles);
    } else {
        add_problem(loaded.problems, roles.error());
    }
    auto scenarios = read_scenarios(*shipped / "scenarios.yml");
    if (scenarios) {
        loaded.scenarios = std::move(*scenarios);
    } else {
        add_problem(loaded.problems, scenarios.error());
    }
    if (!loaded.settings) return loaded;
    auto rules = load_rules(*shipped, loaded.settings->rules);
    loaded.problems.insert(loaded.problems.end(), rules.problems.begin(), rules.problems.end());
    for (Problem& problem : expiry_problems(rules.filters, now))
        loaded.problems.push_back(std::move(problem));
    loaded.rules = std::make_shared<const RuleSet>(std::move(rules.rules), std::move(rules.filters));
    return loaded;
}

class Run {
  public:
    Run(std::filesystem::path config, std::shared_ptr<Log> log)
        : config_(std::move(config)), log_(std::move(log)), signals_(io_, SIGTERM, SIGINT, SIGHUP) {}

    int run() {
        auto loaded = load_all(config_, SystemClock{}.now().wall);
        for (const auto& problem : loaded.problems)
            std::cerr << problem.text() << "\n";
        if (!loaded.usable()) return exit_configuration;
        asio::co_spawn(io_, main_loop(std::move(loaded)), [this](const std::exception_ptr& error) {
            if (error) std::rethrow_exception(error);
            signals_.cancel();
        });
        asio::co_spawn(io_, wait_for_signals(), [](const std::exception_ptr& error) {
            if (error) std::rethrow_exception(error);
        });
        asio::co_spawn(io_, feed_watchdog(), [](const std::exception_ptr& error) {
            if (error) std::rethrow_exception(error);
        });
        io_.run();
        return exit_code_;
    }

  private:
    asio::awaitable<void> main_loop(Loaded loaded) {
        std::optional<Loaded> next{std::move(loaded)};
        while (next) {
            Loaded current = std::move(*next);
            next.reset();
            co_await run_app(std::move(current));
            if (reload_) {
                next = std::move(reload_);
                reload_.reset();
            }
        }
        ended_ = true;
        if (watchdog_) watchdog_->cancel();
    }

    asio::awaitable<void> run_app(Loaded loaded) {
        AppParts parts{
            std::move(*loaded.settings),     loaded.rules, loaded.roles, std::move(loaded.scenarios),
            std::make_shared<SystemClock>(), log_,         reloaded_};
        const bool after_reload = std::exchange(reloaded_, true);
        auto built = App::build(io_, std::move(parts));
        if (!built && after_reload && built.error().code == ErrorCode::unavailable) {
            log_->error("cannot go on after the reload; it is tried again",
                        {{"reason", built.error().text()}});
            co_await try_again();
            co_return;
        }
        if (!built) {
            log_->error("cannot start", {{"reason", built.error().text()}});
            const bool unusable =
                built.error().code == ErrorCode::refused || built.error().code == ErrorCode::corrupt;
            exit_code_ = unusable ? exit_configuration : exit_problems;
            co_return;
        }
        app_ = built->get();
        auto ended = co_await app_->run([this] { say_started(); });
        app_ = nullptr;
        if (!ended) {
            log_->error("ended by a fault of our own; please report it", {{"reason", ended.error().text()}});
            exit_code_ = exit_problems;
            reload_.reset();
            co_return;
        }
        if (!reload_) log_->info("stopped");
    }

    // A store that another process locks, or a full disk, is over after a while. At the start the service
    // manager or a person tries again; a daemon that ran before the reload goes on by itself.
    asio::awaitable<void> try_again() {
        pause_.expires_after(between_tries);
        boost::system::error_code ignored;
        co_await pause_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        if (stopping_ || reload_) co_return;
        Loaded loaded = load_all(config_, SystemClock{}.now().wall);
        if (loaded.usable()) {
            reload_ = std::move(loaded);
        } else {
            log_->error("the settings cannot be used any more; `entrawatch check` says why");
            exit_code_ = exit_configuration;
        }
    }

    void say_started() {
        const std::string listen =
            app_->listen_port() < 0 ? "off" : "port " + std::to_string(app_->listen_port());
        log_->info("started", {{"version", std::string{program_version}},
                               {"config", config_.string()},
                               {"tenants", std::to_string(app_->status().tenants.size())},
                               {"listen", listen}});
        service_.ready();
    }

    asio::awaitable<void> wait_for_signals() {
        while (!ended_) {
            boost::system::error_code error;
            const int signal = co_await signals_.async_wait(asio::redirect_error(asio::use_awaitable, error));
            if (error) co_return;
            if (signal == SIGHUP) {
                reload();
            } else {
                log_->info("stopping", {{"signal", signal == SIGTERM ? "SIGTERM" : "SIGINT"}});
                service_.stopping();
                stopping_ = true;
                pause_.cancel();
                stop_app();
            }
        }
    }

    void stop_app() {
        if (app_ != nullptr) app_->stop();
    }

    // A configuration that cannot be used changes nothing.
    void reload() {
        service_.reloading();
        auto loaded = load_all(config_, SystemClock{}.now().wall);
        for (const auto& problem : loaded.problems)
            log_->warning("reload", {{"problem", problem.text()}});
        if (!loaded.usable()) {
            log_->error("reload refused; the settings in force stay in force");
            service_.ready();
            return;
        }
        log_->info("reloading");
        reload_ = std::move(loaded);
        stop_app();
    }

    asio::awaitable<void> feed_watchdog() {
        const auto interval = service_.watchdog_interval();
        if (!interval) co_return;
        watchdog_.emplace(io_);
        while (!ended_) {
            service_.alive();  // the loop turns; a store that takes no writes is said on /healthz and is not
                               // mended by a kill
            watchdog_->expires_after(*interval);
            boost::system::error_code ignored;
            co_await watchdog_->async_wait(asio::redirect_error(asio::use_awaitable, ignored));
        }
    }

    std::filesystem::path config_;
    std::shared_ptr<Log> log_;
    asio::io_context io_{1};
    asio::signal_set signals_;
    ServiceManager service_ = ServiceManager::from_environment();
    std::optional<asio::steady_timer> watchdog_;
    asio::steady_timer pause_{io_};
    App* app_ = nullptr;
    std::optional<Loaded> reload_;
    bool reloaded_ = false;  // the next App is not the first
    bool stopping_ = false;
    bool ended_ = false;
    int exit_code_ = exit_ok;
};

}  // namespace

int run_daemon(const RunOptions& options) {
    return Run{options.config, Log::to_stderr()}.run();
}

}  // namespace entrawatch
