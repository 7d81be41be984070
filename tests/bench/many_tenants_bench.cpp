// One daemon on three hundred small tenants: what each costs, and whether one that floods or fails makes the
// others wait.
#include <sys/resource.h>
#include <algorithm>
#include <csignal>
#include <fstream>
#include <limits>
#include <map>

#include "core/store/store.hpp"
#include "tests/bench/benches.hpp"
#include "tests/simulator/campaign/estate.hpp"
#include "tests/simulator/noise.hpp"
#include "tests/simulator/odd_rows.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::bench {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::must;

constexpr std::size_t many = 300;
constexpr double goal_mb_each = 0.5;
constexpr auto poll_interval = 60s;
constexpr double goal_gap = 2.0 * 60;  // seconds between two looks at the newest rows
constexpr auto patience = 600s;        // until every feed of every tenant was read
constexpr auto watched_time = 300s;    // in which some flood and fail
constexpr int flood = 20'000;

double mb_of(pid_t pid, const std::string& name) {
    std::ifstream status{"/proc/" + std::to_string(pid) + "/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(name + ":")) return std::stod(line.substr(name.size() + 1)) / 1024;
    }
    return 0;
}

struct Files {
    int all = 0, sockets = 0;
};

Files files_of(pid_t pid) {
    Files files;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator{"/proc/" + std::to_string(pid) + "/fd", error}) {
        ++files.all;
        const fs::path target = fs::read_symlink(entry.path(), error);
        files.sockets += target.string().starts_with("socket:") ? 1 : 0;
    }
    return files;
}

class Town {
  public:
    explicit Town(std::size_t tenants)
        : estate_(
              must(simulator::Estate::make({fs::read_symlink("/proc/self/exe").parent_path() / "entrawatch",
                                            temporary_.path() / "town",
                                            {},
                                            "    poll_interval: 60s\n    backfill: 6h\n"}))) {
        const Instant now = estate_->now();
        for (std::size_t i = 0; i < tenants; ++i) {
            simulator::Plot& plot = *must(estate_->add("tenant-" + std::to_string(i), i + 1));
            simulator::Noise{i, 0.01}.fill(
                plot.tenant, {now - std::chrono::hours{6}, now + std::chrono::minutes{30}}, 0.2);
        }
        must(estate_->write_settings());
        must(estate_->start_daemon());
    }

    // Seconds until every feed of every tenant was read once.
    double settle() {
        const Stopwatch watch;
        const auto deadline = std::chrono::steady_clock::now() + patience;
        while (!all_were_read()) {
            if (const auto ended = estate_->ended()) throw std::runtime_error{"the daemon ended: " + *ended};
            if (std::chrono::steady_clock::now() > deadline)
                throw std::runtime_error{"a feed was never read"};
            turn(200ms);
        }
        return watch.took().wall;
    }
    void turn(std::chrono::milliseconds time) {
        estate_->turn(time);
        const Files now = files_of(estate_->pid());
        most_.all = std::max(most_.all, now.all);
        most_.sockets = std::max(most_.sockets, now.sockets);
    }
    void watch(std::chrono::seconds time) {
        const auto deadline = std::chrono::steady_clock::now() + time;
        while (std::chrono::steady_clock::now() < deadline)
            turn(500ms);
    }

    // One is flooded, one never answers, one refuses everything, one is throttled.
    void make_trouble() {
        auto& plots = estate_->plots();
        simulator::Dice dice{1};
        simulator::add_equal_times(plots[0].tenant, estate_->now(), flood, dice);
        simulator::Fault fault;
        fault.delay = 200s;
        fault.kind = simulator::FaultKind::no_answer;
        plots[1].tenant.options().faults = {fault};
        fault = {};
        fault.kind = simulator::FaultKind::server_error;
        plots[2].tenant.options().faults = {fault};
        fault.kind = simulator::FaultKind::throttled;
        plots[3].tenant.options().faults = {fault};
        for (std::size_t i = 1; i <= 3; ++i)
            plots[i].tenant.options().fault_rate = 1;
    }
    // Seconds between the ends of two hot windows of a feed, of the tenants without trouble.
    [[nodiscard]] std::vector<double> gaps(Instant since) const {
        std::vector<double> gaps;
        for (std::size_t i = 4; i < estate_->plots().size(); ++i)
            add_gaps(estate_->plots()[i], since, gaps);
        return gaps;
    }
    [[nodiscard]] simulator::Estate& estate() { return *estate_; }
    [[nodiscard]] const Files& most() const { return most_; }

  private:
    [[nodiscard]] bool all_were_read() const {
        return std::all_of(estate_->plots().begin(), estate_->plots().end(), [](const simulator::Plot& plot) {
            const auto feeds = polled_feeds();
            return std::all_of(feeds.begin(), feeds.end(),
                               [&](const Feed& feed) { return plot.tenant.pages_served(feed.id) > 0; });
        });
    }
    void add_gaps(const simulator::Plot& plot, Instant since, std::vector<double>& gaps) const {
        auto store = must(Store::open(
            {.file = estate_->database_of(plot), .tenant = plot.name, .read_only = true, .create = false},
            estate_->now()));
        for (const FeedId feed :
             {FeedId::directory_audits, FeedId::sign_ins_interactive, FeedId::risk_detections}) {
            std::vector<Instant> ends;
            for (const WindowRow& window :
                 must(store.windows(feed, {since, estate_->now()}, std::numeric_limits<int>::max()))) {
                if (window.plan.pass == Pass::hot && window.completed_at)
                    ends.push_back(*window.completed_at);
            }
            std::sort(ends.begin(), ends.end());
            for (std::size_t i = 1; i < ends.size(); ++i)
                gaps.push_back(std::chrono::duration<double>(ends[i] - ends[i - 1]).count());
        }
    }

    test::TempFolder temporary_;
    std::unique_ptr<simulator::Estate> estate_;
    Files most_;
};

// Requests of the second in which most came, over the average: 60 when all come at once, 1 when they are
// spread evenly.
double burst_of(const std::vector<Instant>& opened) {
    std::map<std::int64_t, int> by_second;
    for (const Instant at : opened)
        ++by_second[at.time_since_epoch() / Ticks{1s}];
    int most = 0;
    for (const auto& [second, count] : by_second)
        most = std::max(most, count);
    const double seconds =
        by_second.empty() ? 1 : static_cast<double>(by_second.rbegin()->first - by_second.begin()->first + 1);
    return opened.empty() ? 0 : most / (static_cast<double>(opened.size()) / seconds);
}

std::vector<Instant> windows_opened(simulator::Estate& estate, Instant since) {
    std::vector<Instant> opened;
    for (const simulator::Plot& plot : estate.plots()) {
        auto store = must(Store::open(
            {.file = estate.database_of(plot), .tenant = plot.name, .read_only = true, .create = false},
            estate.now()));
        for (const WindowRow& window :
             must(store.windows(std::nullopt, {since, estate.now()}, std::numeric_limits<int>::max())))
            opened.push_back(window.opened_at);
    }
    return opened;
}

double own_mb_of_one() {
    Town town{1};
    town.settle();
    town.watch(70s);
    return mb_of(town.estate().pid(), "RssAnon");
}

}  // namespace

void measure_many_tenants(Figures& figures) {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);

    figures.section("Three hundred small tenants in one daemon");
    const double one = own_mb_of_one();
    figures.tell("its own memory with one tenant", one, "MB");
    Town town{many};
    figures.tell("every feed of every tenant read after", town.settle(), "s");
    town.watch(poll_interval + poll_interval);
    const pid_t pid = town.estate().pid();
    const double idle = mb_of(pid, "RssAnon");
    figures.tell("its own memory", idle, "MB");
    figures.at_most("memory of each further tenant", (idle - one) / (many - 1), goal_mb_each, "MB");
    figures.tell("most files open at once", town.most().all, "");
    figures.tell("of which sockets", town.most().sockets, "");

    const Instant since = town.estate().now();
    town.watch(watched_time);
    const auto quiet = town.gaps(since);
    figures.at_most("gap between hot windows, 99 of 100", quantile(quiet, 0.99), goal_gap, "s");
    figures.at_most("the longest", quantile(quiet, 1), goal_gap, "s");
    figures.tell("windows opened in the busiest second, to the average",
                 burst_of(windows_opened(town.estate(), since)), "x");

    const Instant trouble = town.estate().now();
    town.make_trouble();
    town.watch(watched_time);
    const auto beside = town.gaps(trouble);
    figures.at_most("the longest beside a flood and three failing tenants", quantile(beside, 1), goal_gap,
                    "s");
    figures.tell("its own memory then", mb_of(pid, "RssAnon"), "MB");
    figures.check("ends well", town.estate().stop_daemon() == "exit 0" ? 1 : 0, 1);
}

}  // namespace entrawatch::bench
