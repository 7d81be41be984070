// What the store keeps of the last reading of the directory, as JSON text.
#include <utility>

#include "core/context/directory.hpp"
#include "core/feed/json.hpp"
#include "core/feed/json_write.hpp"

namespace entrawatch {
namespace {

std::string json_of(const RoleInfo& role) {
    JsonObjectWriter writer;
    writer.text("template_id", role.template_id);
    writer.text("name", role.name);
    writer.text("tier", role.tier);
    return std::move(writer).take();
}

std::vector<RoleInfo> roles_in(Json reading) {
    std::vector<RoleInfo> roles;
    const std::optional<Json> list = member(reading, "roles");
    JsonArray array;
    if (!list || list->get(array) != simdjson::SUCCESS) return roles;
    for (const Json role : array) {
        RoleInfo info{std::string{text_of(role, "template_id")}, std::string{text_of(role, "name")},
                      std::string{text_of(role, "tier")}};
        if (!info.template_id.empty()) roles.push_back(std::move(info));
    }
    return roles;
}

}  // namespace

std::string to_json(const DirectoryReading& reading) {
    std::string roles = "[";
    for (const RoleInfo& role : reading.roles) {
        if (roles.size() > 1) roles += ',';
        roles += json_of(role);
    }
    roles += ']';
    JsonObjectWriter writer;
    if (reading.ms_pim_id) writer.text("ms_pim_id", *reading.ms_pim_id);
    writer.raw("roles", roles);
    if (reading.read_at) writer.text("read_at", to_iso(*reading.read_at));
    return std::move(writer).take();
}

Result<DirectoryReading> reading_from_json(std::string_view json) {
    JsonReader reader;
    const Result<Json> parsed = reader.parse(json);
    if (!parsed || !parsed->is_object()) {
        return fail(ErrorCode::corrupt,
                    "the stored reading of the directory cannot be read: it will be read again from Graph");
    }
    DirectoryReading reading;
    if (const std::string_view id = text_of(*parsed, "ms_pim_id"); !id.empty()) reading.ms_pim_id = id;
    reading.roles = roles_in(*parsed);
    reading.read_at = parse_iso(text_of(*parsed, "read_at"));
    return reading;
}

}  // namespace entrawatch
