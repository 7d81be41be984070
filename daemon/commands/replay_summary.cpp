#include "daemon/commands/replay_summary.hpp"

#include <algorithm>

#include "alerts/alert.hpp"
#include "alerts/mute.hpp"
#include "alerts/payload/native.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t length_of_date = 10;

bool nobody_hears_of(const AlertRow& alert, const ReplayQuestion& question) {
    if (question.destinations.empty()) return false;
    return std::ranges::all_of(question.destinations, [&](const std::string& destination) {
        return muting(question.mutes, alert, "alert.opened", destination, question.now) != nullptr;
    });
}

std::string actor_of(const AlertRow& alert) {
    const OrderedJson data = parse_object(alert.data);
    for (const char* member_name : {"name", "id", "kind"}) {
        std::string text = text_at(data, {"actor", member_name});
        if (!text.empty()) return text;
    }
    return "unknown";
}

void add(const AlertRow& alert, const ReplayQuestion& question, RuleReplay& sum) {
    if (sum.alerts + sum.suppressed == 0) {
        sum.rule = alert.rule_name;
        sum.scenario = alert.scenario;
        sum.first = alert.first_event_at;
        sum.last = alert.last_event_at;
    }
    sum.first = std::min(sum.first, alert.first_event_at);
    sum.last = std::max(sum.last, alert.last_event_at);
    sum.severity = std::max(sum.severity, alert.severity);
    if (!alert.suppressed_by.empty()) {
        ++sum.suppressed;
        ++sum.filters[filter_named_in(alert)];
        return;
    }
    ++sum.alerts;
    sum.events += alert.count;
    ++sum.per_day[to_iso(alert.first_event_at).substr(0, length_of_date)];
    ++sum.actors[actor_of(alert)];
    if (nobody_hears_of(alert, question)) ++sum.muted;
}

}  // namespace

std::vector<RuleReplay> summarize_replay(const ReplayQuestion& question) {
    std::map<std::string, RuleReplay> sums;
    for (const AlertRow& alert : question.alerts)
        add(alert, question, sums[alert.rule_name]);
    std::vector<RuleReplay> list;
    list.reserve(sums.size());
    for (auto& [name, sum] : sums)
        list.push_back(std::move(sum));
    std::ranges::stable_sort(list, std::greater{}, &RuleReplay::alerts);
    return list;
}

std::string most_frequent(const std::map<std::string, std::int64_t>& counts, std::size_t most) {
    std::vector<std::pair<std::string, std::int64_t>> sorted{counts.begin(), counts.end()};
    std::ranges::stable_sort(sorted, std::greater{}, &std::pair<std::string, std::int64_t>::second);
    std::string words;
    for (std::size_t i = 0; i < std::min(most, sorted.size()); ++i)
        words += (i > 0 ? ", " : "") + sorted[i].first + " (" + std::to_string(sorted[i].second) + ")";
    if (sorted.size() > most) words += " and " + std::to_string(sorted.size() - most) + " more";
    return words;
}

}  // namespace entrawatch
