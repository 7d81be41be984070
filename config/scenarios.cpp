// The catalogue of scenarios that comes with the program: config/scenarios.yml.
#include <set>

#include "config/files.hpp"
#include "config/shipped.hpp"
#include "config/yaml_tree.hpp"

namespace entrawatch {
namespace {

tl::unexpected<Error> wrong_scenario(const std::filesystem::path& file, int line, std::string what) {
    return fail(ErrorCode::invalid, std::move(what), file.string() + ":" + std::to_string(line));
}

std::string member_text(const YamlNode& row, std::string_view key) {
    const YamlNode* value = row.find(key);
    return value != nullptr && value->is_scalar() ? value->text : std::string{};
}

}  // namespace

Result<std::vector<Scenario>> read_scenarios(const std::filesystem::path& scenarios_yml) {
    const auto text = read_small_file(scenarios_yml, max_yaml_bytes);
    if (!text) return fail(text.error());
    const YamlText yaml = read_yaml_tree(*text, scenarios_yml.string());
    if (!yaml.problems.empty())
        return wrong_scenario(scenarios_yml, yaml.problems.front().line, yaml.problems.front().message);
    const YamlNode* rows = yaml.root.find("scenarios");
    if (rows == nullptr || !rows->is_list() || rows->items.empty())
        return wrong_scenario(scenarios_yml, 1, "expected a list under `scenarios:`");
    std::vector<Scenario> scenarios;
    std::set<std::string> seen;
    for (const YamlNode& row : rows->items) {
        Scenario scenario{member_text(row, "id"),
                          member_text(row, "part"),
                          member_text(row, "title"),
                          member_text(row, "unseen"),
                          member_text(row, "unseen_in_part"),
                          member_text(row, "by_daemon") == "true"};
        if (scenario.id.empty() || scenario.part.empty() || scenario.title.empty())
            return wrong_scenario(scenarios_yml, row.line, "a scenario needs `id`, `part` and `title`");
        if (!seen.insert(scenario.id).second)
            return wrong_scenario(scenarios_yml, row.line, "the scenario " + scenario.id + " stands twice");
        scenarios.push_back(std::move(scenario));
    }
    return scenarios;
}

}  // namespace entrawatch
