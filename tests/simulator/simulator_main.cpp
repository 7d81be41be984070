// entrawatch-simulator: the simulated tenant alone, with noise, for trying rules and settings on it. Runs
// until Ctrl-C.
#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include "config/files.hpp"
#include "core/base/rsa.hpp"
#include "tests/simulator/demo/demo_folder.hpp"
#include "tests/simulator/demo/printer.hpp"
#include "tests/simulator/demo/script.hpp"
#include "tests/simulator/noise.hpp"
#include "tests/simulator/pim_alert_records.hpp"
#include "tests/simulator/simulator_server.hpp"

namespace {

using namespace entrawatch;
using namespace entrawatch::simulator;

constexpr std::size_t largest_certificate = 64UL * 1024;

struct Options {
    std::string folder = "build/simulator";
    int port = 0;
    std::uint64_t seed = 1;
    double per_minute = 20;
    double lateness = 0.1;
    int story_minutes = 5;
    std::string app_certificate;
};

// Lets the tenant live: noise every second, the next act of the story every few minutes.
class Life {
  public:
    Life(boost::asio::io_context& io, Tenant& tenant, const Clock& clock, const Options& options)
        : timer_(io),
          tenant_(tenant),
          clock_(clock),
          options_(options),
          dice_(options.seed + 1),
          noise_(options.seed, options.lateness) {
        until_ = clock.now().wall;
        next_act_ = until_ + std::chrono::minutes{options.story_minutes};
        noise_.fill(tenant_, {until_ - std::chrono::hours{24}, until_}, options.per_minute / 10);
        scan_quietly(tenant_, until_);
    }
    void go_on() {
        timer_.expires_after(std::chrono::seconds{1});
        timer_.async_wait([this](const boost::system::error_code& error) {
            if (error) return;
            advance(clock_.now().wall);
            go_on();
        });
    }

  private:
    void advance(Instant now) {
        noise_.fill(tenant_, {until_, now}, options_.per_minute);
        until_ = now;
        if (options_.story_minutes <= 0 || now < next_act_) return;
        next_act_ = now + std::chrono::minutes{options_.story_minutes};
        const ScriptLine& line = script()[act_++ % script().size()];
        std::cout << act_text(line.play(Stage{tenant_, dice_, now, std::chrono::seconds{2}}), now)
                  << std::flush;
    }

    boost::asio::steady_timer timer_;
    Tenant& tenant_;
    const Clock& clock_;
    Options options_;
    Dice dice_;
    Noise noise_;
    Instant until_{};
    Instant next_act_{};
    std::size_t act_ = 0;
};

void print_places(const DemoFolder& folder, const std::string& url) {
    std::cout << "Simulated tenant at " << url << " (login and Graph)\n"
              << "  CA file    " << folder.ca_file().string() << "\n"
              << "  settings   " << folder.settings().string() << "\n"
              << "  ledger     " << url << "/_simulator/ledger (what a collector must have by now)\n"
              << "Start the daemon on it with:\n  entrawatch run --config " << folder.settings().string()
              << "\n"
              << "Stop with Ctrl-C. Times are UTC.\n"
              << std::flush;
}

int run(const Options& options) {
    const auto refused = [](const Error& error) {
        std::cerr << "entrawatch-simulator: " << error.text() << '\n';
        return EXIT_FAILURE;
    };
    const auto folder = prepare_folder(options.folder);
    if (!folder) return refused(folder.error());
    const auto certificate = make_loopback_certificate();
    if (!certificate) return refused(certificate.error());
    boost::asio::io_context io{1};
    const auto clock = std::make_shared<SystemClock>();
    Tenant tenant{options.seed};
    tenant.options().gzip = true;
    if (!options.app_certificate.empty()) {
        auto pem = read_small_file(options.app_certificate, largest_certificate);
        if (!pem) return refused(pem.error());
        if (const auto good = entrawatch::Certificate::parse(*pem); !good)
            return refused(Error{good.error().code, good.error().what, options.app_certificate});
        tenant.options().certificates.push_back(std::move(*pem));
    }
    const auto server = SimulatorServer::start(
        io.get_executor(), clock,
        [&](const http::Request& request, Instant now) { return tenant.answer(request, now); }, *certificate,
        options.port);
    if (!server) return refused(server.error());
    tenant.options().base_url = (*server)->url();
    const auto written =
        write_settings(*folder, {(*server)->url(), "", "", tenant.options().client_id,
                                 tenant.options().client_secret, certificate->authority_pem});
    if (!written) return refused(written.error());
    Life life{io, tenant, *clock, options};
    life.go_on();
    print_places(*folder, (*server)->url());
    boost::asio::signal_set signals{io, SIGINT, SIGTERM};
    signals.async_wait([&](const boost::system::error_code&, int) { io.stop(); });
    io.run();
    return EXIT_SUCCESS;
}

}  // namespace

int main(int argc, char** argv) try {
    Options options;
    CLI::App app{"Runs a simulated Microsoft Entra tenant on the loopback address.", "entrawatch-simulator"};
    app.add_option("--folder", options.folder, "for the CA and a ready settings file; emptied first")
        ->capture_default_str();
    app.add_option("--port", options.port, "0 = any")->check(CLI::Range(0, 65535))->capture_default_str();
    app.add_option("--seed", options.seed, "the same seed gives the same tenant")->capture_default_str();
    app.add_option("--per-minute", options.per_minute, "ordinary events a minute")
        ->check(CLI::Range(0.1, 6000.0))
        ->capture_default_str();
    app.add_option("--lateness", options.lateness,
                   "1 = rows come as late as Microsoft publishes, 0.1 = a tenth of it")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    app.add_option("--story-minutes", options.story_minutes,
                   "an act of the demo's story every so many minutes; 0 = none")
        ->capture_default_str();
    app.add_option(
        "--app-certificate", options.app_certificate,
        "PEM file, registered with the application: then `certificate_file` and `key_file` are taken too");
    CLI11_PARSE(app, argc, argv);
    return run(options);
} catch (const std::exception& error) {
    std::cerr << "entrawatch-simulator: " << error.what() << '\n';
    return EXIT_FAILURE;
}
