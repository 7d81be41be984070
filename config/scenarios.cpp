// The catalogue of scenarios that comes with the program: config/scenarios.yml.
#include <set>

#include "config/shipped.hpp"
#include "config/shipped_list.hpp"

namespace entrawatch {
Result<std::vector<Scenario>> read_scenarios(const std::filesystem::path& scenarios_yml) {
    const auto rows = read_shipped_list(scenarios_yml, "scenarios");
    if (!rows) return fail(rows.error());
    std::vector<Scenario> scenarios;
    std::set<std::string> seen;
    for (const YamlNode& row : *rows) {
        Scenario scenario{
            row_text(row, "id"),     row_text(row, "part"),           row_text(row, "title"),
            row_text(row, "unseen"), row_text(row, "unseen_in_part"), row_text(row, "by_daemon") == "true",
            row_text(row, "same_as")};
        if (scenario.id.empty() || scenario.part.empty() || scenario.title.empty())
            return wrong_row(scenarios_yml, row.line, "a scenario needs `id`, `part` and `title`");
        if (!seen.insert(scenario.id).second)
            return wrong_row(scenarios_yml, row.line, "the scenario " + scenario.id + " stands twice");
        scenarios.push_back(std::move(scenario));
    }
    return scenarios;
}

}  // namespace entrawatch
