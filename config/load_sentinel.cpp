// What a destination of type sentinel has beyond its URL.
#include <algorithm>
#include <array>

#include "config/clouds.hpp"
#include "config/load_parts.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// It becomes a part of a path.
bool is_path_segment(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return is_ascii_alphanumeric(c) || c == '-' || c == '_'; });
}

std::string segment_at(const Section& section, const char* key, std::string_view beginning,
                       LoadContext& context) {
    const std::string name = "`" + std::string{key} + "`";
    std::string text = section.text(key);
    if (!section.has(key)) {
        context.error(section.line(), "a destination of type sentinel needs " + name);
    } else if (!text.starts_with(beginning) || !is_path_segment(text)) {
        context.error(section.line_of(key), name + " must begin with `" + std::string{beginning} +
                                                "` and hold letters, digits, - and _ only");
    }
    return text;
}

// The tenants whose alerts go there.
std::vector<const TenantSettings*> tenants_of(const Section& section,
                                              const std::vector<TenantSettings>& all) {
    const auto names = section.texts("tenants");
    std::vector<const TenantSettings*> out;
    for (const TenantSettings& tenant : all) {
        if (names.empty() || std::find(names.begin(), names.end(), tenant.name) != names.end())
            out.push_back(&tenant);
    }
    return out;
}

// As the one tenant's, unless the settings name another application.
void read_application(const Section& section, const std::vector<TenantSettings>& all,
                      IngestionSettings& ingestion, LoadContext& context) {
    Application& application = ingestion.application;
    application.name = section.text("name");
    const auto tenants = tenants_of(section, all);
    if (tenants.empty()) return;  // told elsewhere
    application.login_url = tenants.front()->login_url;
    ingestion.resource = monitor_url_of(tenants.front()->cloud);
    if (section.has("tenant_id") != section.has("client_id")) {
        context.error(section.line(), "`tenant_id` and `client_id` are given together or not at all");
    } else if (section.has("client_id")) {
        application.tenant_id = to_lower_ascii(section.text("tenant_id"));
        application.client_id = to_lower_ascii(section.text("client_id"));
    } else if (tenants.size() > 1) {
        context.error(section.line(),
                      "a destination of type sentinel for several tenants needs `tenant_id` and `client_id` "
                      "of the application that writes there");
    } else {
        application.tenant_id = tenants.front()->tenant_id;
        application.client_id = tenants.front()->client_id;
    }
}

}  // namespace

IngestionSettings read_ingestion(const Section& section, const std::vector<TenantSettings>& tenants,
                                 LoadContext& context) {
    IngestionSettings ingestion;
    ingestion.dcr_id = segment_at(section, "dcr_id", "dcr-", context);
    ingestion.stream = segment_at(section, "stream", "Custom-", context);
    read_application(section, tenants, ingestion, context);
    if (section.has("credential")) {
        ingestion.application.credential = read_credential(section, context);
    } else {
        context.error(section.line(), "a destination of type sentinel needs `credential`");
    }
    return ingestion;
}

}  // namespace entrawatch
