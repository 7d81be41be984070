// Estate: many simulated tenants, each on a port of its own, one receiver, and one real daemon as a child
// that watches them all.
//
// Everything runs on one loop, which turn() turns. Used by the campaign, its tests and the benchmark of many
// tenants. Read next: checker.hpp, campaign.hpp.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/simulator/demo/child.hpp"
#include "tests/simulator/demo/demo_folder.hpp"
#include "tests/simulator/receiver.hpp"
#include "tests/simulator/simulator_server.hpp"
#include "tests/simulator/story.hpp"

namespace entrawatch::simulator {

// One tenant of the estate.
struct Plot {
    Plot(std::string plot_name, std::uint64_t seed) : name(std::move(plot_name)), dice(seed), tenant(seed) {}
    std::string name;  // as in the settings: [a-z0-9-]{1,32}
    Dice dice;
    Tenant tenant;
    std::unique_ptr<SimulatorServer> server;
    std::vector<Act> acts;  // what happened in it, or will
    bool left_out = false;  // of the settings, from the next write_settings() on
};

struct EstateSettings {
    std::filesystem::path program;  // the daemon
    std::filesystem::path folder;   // emptied; see prepare_folder()
    std::filesystem::path state;    // of the databases; empty = in the folder
    std::string of_each_tenant;     // lines of settings for every tenant, indented by four blanks
};

class Estate {
  public:
    // Error: the folder holds something that is not ours.
    [[nodiscard]] static Result<std::unique_ptr<Estate>> make(EstateSettings settings);
    Estate(const Estate&) = delete;
    Estate& operator=(const Estate&) = delete;

    [[nodiscard]] Result<Plot*> add(std::string name, std::uint64_t seed);
    [[nodiscard]] std::deque<Plot>& plots() { return plots_; }
    [[nodiscard]] const Receiver& receiver() const { return receiver_; }
    [[nodiscard]] Instant now() const { return clock_->now().wall; }
    [[nodiscard]] std::filesystem::path log() const { return folder_.log(); }
    [[nodiscard]] std::filesystem::path state() const { return state_; }
    [[nodiscard]] std::filesystem::path database_of(const Plot& plot) const {
        return state_ / (plot.name + ".db");
    }

    [[nodiscard]] Result<> write_settings() const;
    [[nodiscard]] Result<> start_daemon();
    // It has read its settings and begun: a line of its log has come since it was started.
    [[nodiscard]] bool has_spoken() const;
    void send(int signal);
    void kill_daemon();  // SIGKILL
    // SIGTERM, and how it ended; "still running" after a minute.
    [[nodiscard]] std::string stop_daemon();
    // How it ended by itself, if it did.
    [[nodiscard]] std::optional<std::string> ended() { return daemon_ ? daemon_->ended() : std::nullopt; }
    [[nodiscard]] pid_t pid() const { return daemon_ ? daemon_->pid() : -1; }
    void turn(std::chrono::milliseconds time);

  private:
    Estate(EstateSettings settings, DemoFolder folder, Certificate certificate, std::vector<SigningKey> keys);
    [[nodiscard]] std::string settings_of(const Plot& plot) const;

    EstateSettings settings_;
    DemoFolder folder_;
    std::filesystem::path state_;
    boost::asio::io_context io_{1};
    std::shared_ptr<const SystemClock> clock_ = std::make_shared<SystemClock>();
    Certificate certificate_;
    Receiver receiver_;
    std::unique_ptr<SimulatorServer> receiver_server_;
    std::deque<Plot> plots_;  // never moved: servers hold references
    std::optional<Child> daemon_;
    std::uintmax_t log_before_ = 0;  // bytes, when it was started
};

}  // namespace entrawatch::simulator
