// entrawatch-campaign: `make campaign` runs this. Exit 0: nothing was lost, told twice or wrongly called
// complete.
#include <CLI/CLI.hpp>
#include <cstdlib>
#include <iostream>

#include "tests/simulator/campaign/campaign.hpp"

namespace {

using namespace entrawatch;
using namespace entrawatch::simulator;

struct Options {
    std::string program, folder = "build/campaign", state;
    std::vector<std::string> names;
    int minutes = 5, patience = 15;
    bool list = false;
};

void list_behaviours() {
    for (const Behaviour& behaviour : behaviours())
        std::cout << behaviour.number << "\t" << behaviour.name << "\t" << behaviour.text << "\n";
}

bool choose(const std::vector<std::string>& names, std::vector<const Behaviour*>& chosen) {
    for (const std::string& name : names) {
        chosen.push_back(find_behaviour(name));
        if (chosen.back() != nullptr) continue;
        std::cerr << "entrawatch-campaign: there is no behaviour `" << name << "`; --list shows all\n";
        return false;
    }
    if (!names.empty()) return true;
    for (const Behaviour& behaviour : behaviours())
        chosen.push_back(&behaviour);
    return true;
}

}  // namespace

int main(int argc, char** argv) try {
    namespace fs = std::filesystem;
    Options options;
    CampaignSettings settings;
    options.program = (fs::read_symlink("/proc/self/exe").parent_path() / "entrawatch").string();
    CLI::App app{
        "Lets one daemon watch a simulated tenant for every odd behaviour of Graph, and says what it lost.",
        "entrawatch-campaign"};
    app.add_option("--program", options.program, "the daemon")
        ->capture_default_str()
        ->check(CLI::ExistingFile);
    app.add_option("--folder", options.folder, "to work in; emptied first")->capture_default_str();
    app.add_option("--state", options.state, "folder of the databases, empty (default: in --folder)");
    app.add_option("--behaviours", options.names, "only these (default: all)")->delimiter(',');
    app.add_option("--seeds", settings.seeds, "tenants for each behaviour")->capture_default_str();
    app.add_option("--first-seed", settings.first_seed, "")->capture_default_str();
    app.add_option("--minutes", options.minutes, "in which rows appear and troubles happen")
        ->capture_default_str();
    app.add_option("--patience", options.patience, "minutes to wait after them, until everything is stored")
        ->capture_default_str();
    app.add_option("--per-minute", settings.live_per_minute, "rows of each tenant")->capture_default_str();
    app.add_option("--kills", settings.troubles.kills, "SIGKILLs of the daemon")->capture_default_str();
    app.add_flag("--locks", settings.troubles.locks, "another process locks databases, up to eight seconds");
    app.add_flag("--full-disk", settings.troubles.full_disk,
                 "the disk of --state fills up now and then; it must be one of its own, of at most 1 GiB");
    app.add_flag("--reloads", settings.troubles.reloads, "tenants leave the settings and come back");
    app.add_flag("--list", options.list, "the behaviours, and nothing else");
    CLI11_PARSE(app, argc, argv);
    if (options.list) {
        list_behaviours();
        return EXIT_SUCCESS;
    }
    if (!choose(options.names, settings.behaviours)) return EXIT_FAILURE;
    settings.live = std::chrono::minutes{options.minutes};
    settings.patience = std::chrono::minutes{options.patience};
    settings.estate = {fs::absolute(options.program), options.folder, options.state,
                       "    poll_interval: 10s\n    backfill: 1d\n"};
    const auto report =
        run_campaign(settings, [](const std::string& line) { std::cerr << line << "\n"
                                                                       << std::flush; });
    if (!report) {
        std::cerr << "entrawatch-campaign: " << report.error().text() << '\n';
        return EXIT_FAILURE;
    }
    std::cout << table_of(*report);
    return report->clean() ? EXIT_SUCCESS : EXIT_FAILURE;
} catch (const std::exception& error) {
    std::cerr << "entrawatch-campaign: " << error.what() << '\n';
    return EXIT_FAILURE;
}
