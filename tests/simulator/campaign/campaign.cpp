#include "tests/simulator/campaign/campaign.hpp"

#include <algorithm>
#include <cstdio>

#include "tests/simulator/noise.hpp"
#include "tests/simulator/pim_alert_records.hpp"

namespace entrawatch::simulator {
namespace {

using namespace std::chrono_literals;

// Rows of the noise are as late as a tenth of what Microsoft publishes, so that most fall into the live time.
constexpr double noise_lateness = 0.1;

struct Watched {
    Plot* plot;
    CampaignRow row;
    bool settled = false;
};

class Run {
  public:
    Run(const CampaignSettings& settings, Estate& estate, const std::function<void(const std::string&)>& tell)
        : settings_(settings), estate_(estate), tell_(tell) {}

    Result<CampaignReport> run() {
        if (auto ready = prepare(); !ready) return fail(ready.error());
        if (auto lived = live(); !lived) return fail(lived.error());
        if (auto settled = settle(); !settled) return fail(settled.error());
        return conclude();
    }

  private:
    Result<> prepare() {
        const Instant now = estate_.now();
        live_ = {now, now + settings_.live};
        for (const Behaviour* behaviour : settings_.behaviours) {
            for (int i = 0; i < settings_.seeds; ++i) {
                const std::uint64_t seed = settings_.first_seed + static_cast<std::uint64_t>(i);
                auto plot = estate_.add(std::string{behaviour->name} + "-" + std::to_string(seed), seed);
                if (!plot) return fail(plot.error());
                fill(**plot, *behaviour, seed);
                watched_.push_back({*plot, {behaviour, seed, {}, {}}});
            }
        }
        if (auto written = estate_.write_settings(); !written) return written;
        return estate_.start_daemon();
    }

    void fill(Plot& plot, const Behaviour& behaviour, std::uint64_t seed) {
        Noise{seed, 0.001}.fill(plot.tenant, {live_.from - settings_.history, live_.from - Ticks{1min}},
                                settings_.history_per_minute);
        Noise{seed + 1000, noise_lateness}.fill(plot.tenant, live_, settings_.live_per_minute);
        scan_quietly(plot.tenant, live_.from - Ticks{1h});
        Scene scene{plot.tenant, plot.dice, live_};
        behaviour.prepare(scene);
        Ticks when = settings_.live / 6;
        for (const auto act : {emergency_account_signs_in, service_principal_becomes_global_administrator,
                               conditional_access_loses_mfa, secret_added_to_service_principal}) {
            plot.acts.push_back(act(Stage{plot.tenant, plot.dice, live_.from + when, Ticks{2s}}));
            when += settings_.live / 6;
        }
    }

    // A daemon that ended by itself is started again, as systemd does; and it is counted.
    Result<> keep_alive() {
        if (!estate_.ended()) return {};
        tell_("the daemon ended by itself: " + *estate_.ended());
        ++report_.ended_by_itself;
        return estate_.start_daemon();
    }

    Result<> live() {
        Troubles troubles{estate_, settings_.troubles, live_, settings_.first_seed};
        Instant told = live_.from;
        // On a slow machine the kills take longer than the time that they were given.
        while (estate_.now() < live_.to || troubles.has_more_kills()) {
            estate_.turn(20ms);
            if (auto done = troubles.step(); !done) return done;
            if (auto alive = keep_alive(); !alive) return alive;
            if (estate_.now() < told + Ticks{30s}) continue;
            told = estate_.now();
            tell_(std::to_string(std::max<std::int64_t>((live_.to - told) / Ticks{1s}, 0)) + " s to go; " +
                  std::to_string(troubles.count().kills) + " kills, " +
                  std::to_string(troubles.count().locks) + " locks, " +
                  std::to_string(troubles.count().fillings) + " full disks, " +
                  std::to_string(troubles.count().reloads) + " reloads");
        }
        auto ended = troubles.end();
        report_.troubles = troubles.count();
        return ended;
    }

    // In turn, because looking at a store takes time in which no tenant answers.
    Result<> settle() {
        for (Watched& one : watched_)
            calm(one.plot->tenant);
        const Instant end = std::max(estate_.now(), live_.to) + settings_.patience;
        std::size_t next = 0;
        std::size_t settled = 0;
        while (settled < watched_.size() && estate_.now() < end) {
            estate_.turn(200ms);
            if (auto alive = keep_alive(); !alive) return alive;
            Watched& one = watched_[next++ % watched_.size()];
            if (one.settled || !judge(estate_, *one.plot, one.row.behaviour->forgets).complete()) continue;
            one.settled = true;
            one.row.settled_after = estate_.now() - live_.to;
            if (++settled % 10 == 0)
                tell_(std::to_string(settled) + " of " + std::to_string(watched_.size()) +
                      " tenants have everything");
        }
        return {};
    }

    Result<CampaignReport> conclude() {
        report_.ended = estate_.stop_daemon();
        for (Watched& one : watched_) {
            one.row.score = judge(estate_, *one.plot, one.row.behaviour->forgets);
            one.row.score.broken = broken_chain(estate_, *one.plot);
            report_.rows.push_back(one.row);
        }
        return std::move(report_);
    }

    const CampaignSettings& settings_;
    Estate& estate_;
    const std::function<void(const std::string&)>& tell_;
    Span live_;
    std::vector<Watched> watched_;
    CampaignReport report_;
};

std::string table_line(const CampaignRow& row) {
    const Score& score = row.score;
    char line[240];
    std::snprintf(line, sizeof line,
                  "%4d  %-17.17s %4llu  %6d/%-6d %5d %5d %5d  %5d/%-5d  %2d/%-2d %5d  %6d %5d %6lld  %s\n",
                  row.behaviour->number, std::string{row.behaviour->name}.c_str(),
                  static_cast<unsigned long long>(row.seed), score.events_stored, score.events_expected,
                  score.missing, score.outdated, score.unheard_of, score.revisions_stored,
                  score.revisions_expected, score.alerts_expected - score.alerts_missing,
                  score.alerts_expected, score.alerts_twice, score.windows, score.windows_wrong,
                  static_cast<long long>(row.settled_after / Ticks{1s}),
                  score.clean() ? "clean" : "NOT CLEAN");
    return line;
}

}  // namespace

bool CampaignReport::clean() const {
    return ended == "exit 0" && ended_by_itself == 0 &&
           std::all_of(rows.begin(), rows.end(), [](const CampaignRow& row) { return row.score.clean(); });
}

std::string table_of(const CampaignReport& report) {
    std::string text =
        "  no  behaviour         seed  stored/expected  lost   old alien  revisions    alerts twice  windows "
        "wrong  "
        "settled\n";
    for (const CampaignRow& row : report.rows) {
        text += table_line(row);
        if (!row.score.broken.empty())
            text += "        the evidence chain is broken: " + row.score.broken + "\n";
        if (!row.score.clean() && !row.score.first_fault.empty())
            text += "        " + row.score.first_fault + "\n";
    }
    text += "troubles: " + std::to_string(report.troubles.kills) + " kills, " +
            std::to_string(report.troubles.locks) + " locks, " + std::to_string(report.troubles.fillings) +
            " full disks, " + std::to_string(report.troubles.reloads) +
            " reloads; the daemon ended by itself " + std::to_string(report.ended_by_itself) +
            " times, and when asked to: " + report.ended + "\n";
    return text;
}

Result<CampaignReport> run_campaign(const CampaignSettings& settings,
                                    const std::function<void(const std::string&)>& tell) {
    auto estate = Estate::make(settings.estate);
    if (!estate) return fail(estate.error());
    return Run{settings, **estate, tell}.run();
}

}  // namespace entrawatch::simulator
