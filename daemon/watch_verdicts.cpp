#include "daemon/watch_verdicts.hpp"

#include <algorithm>

#include "core/feed/sweep_plan.hpp"

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

// Longer than the longest of Graph's throttlings and gateway time-outs one after the other.
constexpr Ticks patience = minutes{15};
constexpr Ticks shortest_silence = minutes{30};
constexpr Ticks silence_of_posture = hours{1};  // it is read every 15 minutes
constexpr std::int64_t octets_per_mb = 1'000'000;
constexpr int silent_polls = 10;
constexpr int silent_snapshots = 4;

class Judging {
  public:
    explicit Judging(const WatchQuestion& question) : question_(question) {}

    std::vector<WatchVerdict> judge() {
        for (const auto& [id, feed] : question_.status->feeds)
            if (!feed.reason.starts_with("cloud")) verdicts_.push_back(of_feed(feed_of(id), feed));
        verdicts_.push_back(of_directory());
        verdicts_.push_back(of_disk());
        verdicts_.push_back(of_size());
        for (const auto& [name, destination] : question_.status->destinations)
            verdicts_.push_back(of_destination(name, destination));
        add_canary();
        return std::move(verdicts_);
    }

  private:
    [[nodiscard]] WatchVerdict of_feed(const Feed& feed, const FeedStatus& status) const {
        WatchVerdict verdict;
        verdict.subject = "feed " + std::string{feed.name};
        const Ticks silent = question_.now - status.last_answer_at.value_or(question_.since);
        const bool runs = status.condition == FeedCondition::running;
        if (silent <= (runs ? longest_silence(feed, question_.poll_interval) : patience)) {
            verdict.state = runs && status.last_answer_at ? WatchState::well : WatchState::unknown;
            return verdict;
        }
        verdict.state = WatchState::degraded;
        const bool unlicensed =
            status.condition == FeedCondition::parked && status.reason.starts_with("licence");
        verdict.severity = unlicensed ? Severity::low : Severity::high;
        verdict.says =
            "Graph has not answered it for " + to_words(silent) + "; what happens there is not seen";
        if (!status.reason.empty()) verdict.says += ". " + status.reason;
        if (unlicensed) verdict.says += ". Where the licence is not wanted, disable the feed in the settings";
        return verdict;
    }

    [[nodiscard]] WatchVerdict of_directory() const {
        const TenantStatus& status = *question_.status;
        WatchVerdict verdict;
        verdict.subject = "directory";
        verdict.severity = Severity::medium;
        if (!status.directory_read) return verdict;
        verdict.state = status.directory_gaps.empty() ? WatchState::well : WatchState::degraded;
        verdict.says = "parts of it were not read, and what they would show is not seen";
        for (const std::string& gap : status.directory_gaps)
            verdict.says += ". " + gap;
        return verdict;
    }

    [[nodiscard]] WatchVerdict of_disk() const {
        const TenantStatus& status = *question_.status;
        WatchVerdict verdict{"disk of the store", WatchState::well, Severity::high, {}, {}};
        if (status.disk_room == DiskRoom::enough) return verdict;
        verdict.state = WatchState::degraded;
        verdict.says = "it has " + std::to_string(status.disk_free / octets_per_mb) +
                       " MB left; nothing is deleted " +
                       "that the settings do not say: give it room, or lower `retention` or set `max_size`";
        if (status.disk_room == DiskRoom::full) {
            verdict.severity = Severity::critical;
            verdict.says += ". No further window is read until there is room; what Graph keeps is read then";
        }
        return verdict;
    }

    [[nodiscard]] WatchVerdict of_size() const {
        const std::string& oversize = question_.status->oversize;
        if (oversize.empty()) return {"size of the store", WatchState::well, Severity::medium, {}, {}};
        return {"size of the store", WatchState::degraded, Severity::medium, oversize, {}};
    }

    [[nodiscard]] static WatchVerdict of_destination(const std::string& name,
                                                     const DestinationStatus& status) {
        WatchVerdict verdict;
        verdict.subject = "destination " + name;
        verdict.destination = name;
        if (!status.circuit_open) {
            verdict.state = status.delivered > 0 ? WatchState::well : WatchState::unknown;
            return verdict;
        }
        verdict.state = WatchState::degraded;
        verdict.says = "it takes no deliveries; they wait and are tried again";
        if (!status.last_problem.empty()) verdict.says += ". " + status.last_problem;
        return verdict;
    }

    void add_canary() {
        const TenantStatus& status = *question_.status;
        if (!status.canary_problem.empty()) {
            verdicts_.push_back(
                {"canary",
                 WatchState::degraded,
                 Severity::medium,
                 "none can be sent, so nobody knows whether alerts arrive. " + status.canary_problem,
                 {}});
        } else if (status.canary) {
            verdicts_.push_back({"canary", WatchState::well, Severity::medium, {}, {}});
        }
        if (!status.canary) return;
        for (const CanaryOutcome& outcome : status.canary->outcomes)
            verdicts_.push_back(verdict_of(outcome, status.canary->sent_at));
    }

    const WatchQuestion& question_;
    std::vector<WatchVerdict> verdicts_;
};

}  // namespace

Ticks longest_silence(const Feed& feed, Ticks poll_interval) {
    if (feed.id == FeedId::posture) return silence_of_posture;
    if (is_snapshot(feed)) return hot_interval(feed, poll_interval) * silent_snapshots;
    return std::max(shortest_silence, poll_interval * silent_polls);
}

std::vector<WatchVerdict> watch_verdicts(const WatchQuestion& question) {
    return Judging{question}.judge();
}

}  // namespace entrawatch
