// The role tiers that come with the program: config/roles.yml.
#include <algorithm>
#include <array>
#include <set>

#include "config/files.hpp"
#include "config/shipped.hpp"
#include "config/yaml_tree.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::array<std::string_view, 4> tiers{"critical", "high", "medium", "low"};

std::string text_of(const YamlNode& row, std::string_view key) {
    const YamlNode* value = row.find(key);
    return value != nullptr && value->is_scalar() ? value->text : std::string{};
}

tl::unexpected<Error> wrong(const std::filesystem::path& file, int line, std::string what) {
    return fail(ErrorCode::invalid, std::move(what), file.string() + ":" + std::to_string(line));
}

Result<RoleInfo> role_of(const YamlNode& row, const std::filesystem::path& file) {
    RoleInfo role{to_lower_ascii(text_of(row, "id")), text_of(row, "name"), text_of(row, "tier")};
    if (role.template_id.size() != 36)
        return wrong(file, row.line, "a role needs `id`, its template id (a GUID)");
    if (role.name.empty()) return wrong(file, row.line, "a role needs `name`");
    if (std::find(tiers.begin(), tiers.end(), role.tier) == tiers.end()) {
        return wrong(file, row.line, "a role needs `tier`: critical, high, medium or low");
    }
    return role;
}

}  // namespace

Result<std::vector<RoleInfo>> read_roles(const std::filesystem::path& roles_yml) {
    const auto text = read_small_file(roles_yml, max_yaml_bytes);
    if (!text) return fail(text.error());
    const YamlText yaml = read_yaml_tree(*text, roles_yml.string());
    if (!yaml.problems.empty())
        return wrong(roles_yml, yaml.problems.front().line, yaml.problems.front().message);
    const YamlNode* rows = yaml.root.find("roles");
    if (rows == nullptr || !rows->is_list() || rows->items.empty()) {
        return wrong(roles_yml, 1, "expected a list under `roles:`");
    }
    std::vector<RoleInfo> roles;
    std::set<std::string> seen;
    for (const YamlNode& row : rows->items) {
        auto role = role_of(row, roles_yml);
        if (!role) return fail(role.error());
        if (!seen.insert(role->template_id).second) return wrong(roles_yml, row.line, "the same role twice");
        roles.push_back(std::move(*role));
    }
    return roles;
}

}  // namespace entrawatch
