// The role tiers that come with the program: config/roles.yml.
#include <algorithm>
#include <array>
#include <set>

#include "config/shipped.hpp"
#include "config/shipped_list.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::array<std::string_view, 4> tiers{"critical", "high", "medium", "low"};

Result<RoleInfo> role_of(const YamlNode& row, const std::filesystem::path& file) {
    RoleInfo role{to_lower_ascii(row_text(row, "id")), row_text(row, "name"), row_text(row, "tier")};
    if (role.template_id.size() != 36)
        return wrong_row(file, row.line, "a role needs `id`, its template id (a GUID)");
    if (role.name.empty()) return wrong_row(file, row.line, "a role needs `name`");
    if (std::find(tiers.begin(), tiers.end(), role.tier) == tiers.end()) {
        return wrong_row(file, row.line, "a role needs `tier`: critical, high, medium or low");
    }
    return role;
}

}  // namespace

Result<std::vector<RoleInfo>> read_roles(const std::filesystem::path& roles_yml) {
    const auto rows = read_shipped_list(roles_yml, "roles");
    if (!rows) return fail(rows.error());
    std::vector<RoleInfo> roles;
    std::set<std::string> seen;
    for (const YamlNode& row : *rows) {
        auto role = role_of(row, roles_yml);
        if (!role) return fail(role.error());
        if (!seen.insert(role->template_id).second)
            return wrong_row(roles_yml, row.line, "the same role twice");
        roles.push_back(std::move(*role));
    }
    return roles;
}

}  // namespace entrawatch
