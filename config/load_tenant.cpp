// One entry of `tenants:`.
#include <set>

#include "config/clouds.hpp"
#include "config/load_parts.hpp"
#include "config/value_forms.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

std::string without_trailing_slash(std::string url) {
    if (!url.empty() && url.back() == '/') url.pop_back();
    return url;
}

void read_cloud(const Section& section, TenantSettings& tenant, LoadContext& context) {
    const auto cloud = find_cloud(section.text("cloud"));
    if (!cloud) return;
    tenant.cloud = cloud->cloud;
    tenant.login_url = std::string{cloud->login_url};
    tenant.graph_url = std::string{cloud->graph_url};
    tenant.portal_url = std::string{cloud->portal_url};
    for (const std::string_view key : {"login_url", "graph_url"}) {
        const bool custom = cloud->cloud == Cloud::custom;
        if (section.has(key) && !custom) {
            context.error(section.line_of(key),
                          "`" + std::string{key} + "` is taken with `cloud: custom` only");
        } else if (!section.has(key) && custom) {
            context.error(section.line_of("cloud"), "`cloud: custom` needs `" + std::string{key} + "`");
        }
    }
    if (cloud->cloud != Cloud::custom) return;
    tenant.login_url = without_trailing_slash(section.text("login_url"));
    tenant.graph_url = without_trailing_slash(section.text("graph_url"));
}

void read_emergency_accounts(const Section& section, TenantSettings& tenant, LoadContext& context) {
    std::set<std::string> seen;
    for (const Section& entry : section.sections("emergency_accounts")) {
        EmergencyAccount account{to_lower_ascii(entry.text("object_id")), entry.text("name")};
        if (!account.object_id.empty() && !seen.insert(account.object_id).second) {
            context.error(entry.line_of("object_id"), "`object_id` of the same emergency account twice");
        }
        tenant.emergency_accounts.push_back(std::move(account));
    }
}

void read_times(const Section& section, TenantSettings& tenant, LoadContext& context) {
    tenant.poll_interval = section.duration("poll_interval");
    tenant.backfill = section.duration("backfill");
    tenant.retention = section.duration("retention");
    if (section.has("max_size")) tenant.max_size = parse_size(section.text("max_size"));
    if (tenant.backfill > tenant.retention) {
        context.error(section.line_of("backfill"),
                      "`backfill` is longer than `retention`: older events would be read only to be dropped");
    }
}

}  // namespace

TenantSettings read_tenant(const Section& section, const std::filesystem::path& state_directory,
                           LoadContext& context) {
    TenantSettings tenant;
    tenant.name = section.text("name");
    tenant.tenant_id = to_lower_ascii(section.text("tenant_id"));
    tenant.client_id = to_lower_ascii(section.text("client_id"));
    read_cloud(section, tenant, context);
    tenant.ca_file = ca_file_at(section, context);
    if (section.has("credential")) tenant.credential = read_credential(section, context);
    read_emergency_accounts(section, tenant, context);
    tenant.feeds = read_feeds(section.section("feeds"), context);
    read_times(section, tenant, context);
    tenant.database = state_directory / (tenant.name + ".db");
    return tenant;
}

}  // namespace entrawatch
