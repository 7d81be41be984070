// World: a simulated tenant and a receiver in this process, and the real program as a child between them. For
// tests of the whole way.
//
// What counts is judged at the receiver and in the store as another process reads it, never by the daemon's
// own counters. Nothing sleeps: until() turns the event loop until the condition holds or patience ends.
#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/store/store.hpp"
#include "tests/simulator/demo/child.hpp"
#include "tests/simulator/demo/demo_folder.hpp"
#include "tests/simulator/dice.hpp"
#include "tests/simulator/receiver.hpp"
#include "tests/simulator/simulator_server.hpp"
#include "tests/simulator/story.hpp"
#include "tests/simulator/tenant.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::flow {

// (feed, id) -> SHA-256 of the newest octets.
using Contents = std::map<std::pair<FeedId, std::string>, std::string>;

class World {
  public:
    explicit World(std::uint64_t seed);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    [[nodiscard]] simulator::Tenant& tenant() { return tenant_; }
    [[nodiscard]] simulator::Receiver& receiver() { return receiver_; }
    [[nodiscard]] const simulator::DemoFolder& folder() const { return folder_; }
    [[nodiscard]] Instant now() const { return clock_->now().wall; }
    // The tenant's address shows this certificate from now on; open connections are cut.
    void serve_tenant(const simulator::Certificate& certificate);
    [[nodiscard]] const simulator::Certificate& good_certificate() const { return certificate_; }
    // Ordinary life of the last `hours`, all of it visible soon.
    void fill_history(int hours, double per_minute);
    // An act of the story, happening now.
    simulator::Act perform(simulator::Act (*act)(simulator::Stage));

    void start_daemon();
    void kill_daemon();         // SIGKILL
    std::string stop_daemon();  // SIGTERM; how it ended
    void signal_daemon(int signal);
    // Turns the loop; false when patience ended first.
    bool until(const std::function<bool()>& condition,
               std::chrono::seconds patience = std::chrono::seconds{240});
    // Turns the loop for that long: for "nothing more comes".
    void linger(std::chrono::milliseconds time);

    // What the store holds, read as an auditor would; empty while there is no database.
    [[nodiscard]] Contents stored();
    [[nodiscard]] Contents expected() const;
    [[nodiscard]] Store open_store();
    // The first reading of the directory is in the store.
    [[nodiscard]] bool directory_was_kept();
    [[nodiscard]] bool store_exists() const { return std::filesystem::exists(folder_.database()); }
    // Scenario -> ids of the alerts that the receiver was told of, verified POSTs only.
    [[nodiscard]] std::map<std::string, std::set<std::string>> alerts_received() const;
    [[nodiscard]] std::string log() const;
    // The whole program's settings, for tests that change them.
    [[nodiscard]] std::string settings() const;
    void write_settings(const std::string& yaml) const;
    [[nodiscard]] const std::vector<std::string>& secrets() const { return secrets_; }

  private:
    // nullopt: there is none, or it is being created at this moment.
    [[nodiscard]] std::optional<Store> store_if_any() const;

    boost::asio::io_context io_{1};
    std::shared_ptr<const SystemClock> clock_ = std::make_shared<SystemClock>();
    test::TempFolder temporary_;
    simulator::Certificate certificate_ = test::must(simulator::make_loopback_certificate());
    simulator::Dice dice_;
    simulator::Tenant tenant_;
    simulator::Receiver receiver_{{}};
    std::unique_ptr<simulator::SimulatorServer> tenant_server_, receiver_server_;
    simulator::DemoFolder folder_;
    std::optional<simulator::Child> daemon_;
    std::vector<std::string> secrets_;
};

}  // namespace entrawatch::flow
