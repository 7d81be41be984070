#include "daemon/commands/sight.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace entrawatch {
namespace {

bool contains(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

std::vector<std::string> missing_grants(const Feed& feed, const std::vector<std::string>& roles) {
    std::vector<std::string> missing;
    if (roles.empty()) return missing;
    std::string_view rest = feed.permission;
    while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        if (!word.empty() && !contains(roles, word)) missing.emplace_back(word);
        rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    }
    return missing;
}

std::vector<ScenarioSight> sight_of(const std::vector<Rule>& rules, const std::vector<FeedProbe>& probes) {
    std::map<std::string, ScenarioSight> sights;
    for (const Rule& rule : rules) {
        if (rule.scenario.empty()) continue;
        ScenarioSight& sight = sights[rule.scenario];
        sight.scenario = rule.scenario;
        std::size_t dark = 0;
        for (const FeedId feed : rule.feeds) {
            const bool answers = std::any_of(probes.begin(), probes.end(), [feed](const FeedProbe& probe) {
                return probe.feed == feed && probe.answers;
            });
            if (answers) continue;
            ++dark;
            const std::string_view name = feed_of(feed).name;
            if (!contains(sight.dark_feeds, name)) sight.dark_feeds.emplace_back(name);
        }
        auto& group = dark == 0 ? sight.seeing : dark == rule.feeds.size() ? sight.blind : sight.half_blind;
        group.push_back(rule.name);
    }
    std::vector<ScenarioSight> list;
    list.reserve(sights.size());
    for (auto& [scenario, sight] : sights)
        list.push_back(std::move(sight));
    return list;
}

}  // namespace entrawatch
