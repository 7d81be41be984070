// The real program as a child, on a simulated tenant with little to do: what it holds when it has caught up.
#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <thread>

#include "tests/bench/benches.hpp"
#include "tests/simulator/demo/child.hpp"
#include "tests/simulator/demo/demo_folder.hpp"
#include "tests/simulator/noise.hpp"
#include "tests/simulator/simulator_server.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::bench {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::must;

constexpr double goal_mb = 40;
constexpr auto patience = 60s;  // until every feed was read
constexpr auto idle_time = 6s;  // one poll interval and more

// A line of /proc/<pid>/status in MB; 0 when it is not there.
double status_mb(pid_t pid, const std::string& name) {
    std::ifstream status{"/proc/" + std::to_string(pid) + "/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name + ":")) return std::stod(line.substr(name.size() + 1)) / 1024;
    }
    return 0;
}

class IdleDaemon {
  public:
    IdleDaemon() {
        simulator::Noise noise{3, 0.001};
        const Instant now = clock_->now().wall;
        noise.fill(tenant_, {now - std::chrono::hours{1}, now - Ticks{10s}}, 20);
        const auto certificate = must(simulator::make_loopback_certificate());
        server_ = must(simulator::SimulatorServer::start(
            io_.get_executor(), clock_,
            [this](const http::Request& request, Instant at) { return tenant_.answer(request, at); },
            certificate));
        tenant_.options().base_url = server_->url();
        const auto folder = must(simulator::prepare_folder(temporary_.path() / "idle"));
        must(simulator::write_settings(folder, {server_->url(), "", "", tenant_.options().client_id,
                                                tenant_.options().client_secret, certificate.authority_pem}));
        const fs::path program = fs::read_symlink("/proc/self/exe").parent_path() / "entrawatch";
        daemon_.emplace(must(
            simulator::Child::start(program, {"run", "--config", folder.settings().string()}, folder.log())));
    }

    // Until every feed was read once, and then some.
    void settle() {
        const auto deadline = std::chrono::steady_clock::now() + patience;
        while (!every_feed_was_read()) {
            if (std::chrono::steady_clock::now() > deadline)
                throw std::runtime_error{"a feed was never read"};
            if (const auto ended = daemon_->ended()) throw std::runtime_error{"the daemon ended: " + *ended};
            io_.run_for(100ms);
        }
        io_.run_for(idle_time);
    }
    [[nodiscard]] double resident_mb() const { return status_mb(daemon_->pid(), "VmRSS"); }
    [[nodiscard]] double own_mb() const { return status_mb(daemon_->pid(), "RssAnon"); }
    [[nodiscard]] double peak_mb() const { return status_mb(daemon_->pid(), "VmHWM"); }

    [[nodiscard]] bool ends_well() {
        daemon_->ask_to_stop();
        const auto deadline = std::chrono::steady_clock::now() + patience;
        while (!daemon_->ended() && std::chrono::steady_clock::now() < deadline)
            io_.run_for(50ms);
        return daemon_->ended() == "exit 0";
    }

  private:
    [[nodiscard]] bool every_feed_was_read() const {
        const auto feeds = polled_feeds();
        return std::all_of(feeds.begin(), feeds.end(),
                           [this](const Feed& feed) { return tenant_.pages_served(feed.id) > 0; });
    }

    boost::asio::io_context io_{1};
    std::shared_ptr<const SystemClock> clock_ = std::make_shared<SystemClock>();
    test::TempFolder temporary_;
    simulator::Tenant tenant_{3};
    std::unique_ptr<simulator::SimulatorServer> server_;
    std::optional<simulator::Child> daemon_;
};

}  // namespace

void measure_memory(Figures& figures) {
    figures.section("Memory: the daemon on one tenant, idle");
    IdleDaemon daemon;
    daemon.settle();
    figures.at_most("resident", daemon.resident_mb(), goal_mb, "MB");
    figures.tell("of which its own (not files mapped)", daemon.own_mb(), "MB");
    figures.tell("peak since its start", daemon.peak_mb(), "MB");
    figures.check("ends well", daemon.ends_well() ? 1 : 0, 1);
}

}  // namespace entrawatch::bench
