#include "daemon/commands/scenario_list.hpp"

#include <algorithm>
#include <set>

namespace entrawatch {
namespace {

class Lining {
  public:
    explicit Lining(const ScenarioQuestion& question) : question_(question) {}

    ScenarioLine line_of(const Scenario& scenario) {
        ScenarioLine line;
        line.scenario = &scenario;
        if (scenario.by_daemon) {
            line.state = ScenarioState::covered;
            line.rules.emplace_back("the daemon itself");
            return line;
        }
        const std::string& told_as = scenario.same_as.empty() ? scenario.id : scenario.same_as;
        for (const Rule& rule : question_.rules) {
            if (rule.scenario == told_as && rule.alerts) add(rule, line);
        }
        judge(line);
        if (!scenario.unseen_in_part.empty()) line.reasons.push_back(scenario.unseen_in_part);
        return line;
    }

  private:
    void add(const Rule& rule, ScenarioLine& line) {
        line.rules.push_back(rule.name);
        std::size_t dark = 0;
        for (const FeedId id : rule.feeds) {
            const auto feed = std::ranges::find(question_.feeds, id, &FeedSight::feed);
            const bool known = feed != question_.feeds.end();
            if (known) add_unseen(*feed, *line.scenario);
            if (known && feed->state == FeedSight::State::seen) continue;
            const std::string why = std::string{feed_of(id).name} + ": " +
                                    (known ? feed->why : std::string{"it is disabled in the settings"});
            if (known && feed->state == FeedSight::State::late) {
                late_.insert(why);
            } else {
                dark_.insert(why);
                ++dark;
            }
        }
        if (dark > 0 && dark == rule.feeds.size()) ++blind_rules_;
    }

    void add_unseen(const FeedSight& feed, const Scenario& scenario) {
        for (const auto& [id, why] : feed.unseen) {
            if (id == scenario.id) dark_.insert(std::string{feed_of(feed.feed).name} + ": " + why);
        }
    }

    void judge(ScenarioLine& line) {
        if (line.rules.empty()) {
            const bool by_design = !line.scenario->unseen.empty();
            line.reasons = {by_design ? line.scenario->unseen : "no rule in force tells of it"};
        } else if (line.scenario->id.starts_with("EA-") && !question_.has_emergency_accounts) {
            line.state = ScenarioState::blind;
            line.reasons = {"the settings name no emergency_accounts"};
        } else if (!dark_.empty()) {
            const bool whole = blind_rules_ == line.rules.size();
            line.state = whole ? ScenarioState::blind : ScenarioState::blind_in_part;
            line.reasons.assign(dark_.begin(), dark_.end());
        } else {
            line.state = late_.empty() ? ScenarioState::covered : ScenarioState::late;
            line.reasons.assign(late_.begin(), late_.end());
        }
    }

    const ScenarioQuestion& question_;
    std::set<std::string> dark_, late_;
    std::size_t blind_rules_ = 0;
};

}  // namespace

std::string_view name_of(ScenarioState state) {
    switch (state) {
        case ScenarioState::covered:
            return "covered";
        case ScenarioState::late:
            return "late";
        case ScenarioState::blind_in_part:
            return "blind in part";
        case ScenarioState::blind:
            return "blind";
        case ScenarioState::not_watched:
            break;
    }
    return "not watched";
}

std::vector<ScenarioLine> scenario_lines(const ScenarioQuestion& question) {
    std::vector<ScenarioLine> lines;
    lines.reserve(question.catalogue.size());
    for (const Scenario& scenario : question.catalogue)
        lines.push_back(Lining{question}.line_of(scenario));
    return lines;
}

}  // namespace entrawatch
