#include "core/context/directory_reading.hpp"

#include <utility>

#include "core/context/reading_json.hpp"
#include "core/feed/json_write.hpp"

namespace entrawatch {
namespace {

std::string_view name_of(Known known) {
    return known == Known::yes ? "yes" : known == Known::no ? "no" : "";
}

Known known_of(std::string_view name) {
    return name == "yes" ? Known::yes : name == "no" ? Known::no : Known::unresolved;
}

std::string json_of(const RoleInfo& role) {
    JsonObjectWriter writer;
    writer.text("template_id", role.template_id);
    writer.text("name", role.name);
    writer.text("tier", role.tier);
    return std::move(writer).take();
}

std::string json_of(const Principal& principal) {
    JsonObjectWriter writer;
    writer.text("id", principal.id);
    writer.text("kind", principal.kind);
    writer.text("name", principal.name);
    writer.text("enabled", name_of(principal.enabled));
    writer.text("synced", name_of(principal.synced));
    writer.text("external", name_of(principal.external));
    return std::move(writer).take();
}

std::string json_of(const Principals& principals) {
    return json_list(principals, [](const auto& entry) { return json_of(entry.second); });
}

std::string json_of(const RoleAssignment& assignment) {
    JsonObjectWriter writer;
    writer.text("principal_id", assignment.principal_id);
    writer.text("role_id", assignment.role_id);
    writer.text("scope", assignment.scope);
    writer.raw("eligible", flag(assignment.eligible));
    writer.raw("temporary", flag(assignment.temporary));
    return std::move(writer).take();
}

std::string json_of_group(const std::pair<const std::string, GroupPeople>& group) {
    JsonObjectWriter writer;
    writer.text("id", group.first);
    writer.raw("members", json_list(group.second.members, json_text));
    writer.raw("owners", json_list(group.second.owners, json_text));
    writer.raw("eligible_members", json_list(group.second.eligible_members, json_text));
    writer.raw("eligible_owners", json_list(group.second.eligible_owners, json_text));
    return std::move(writer).take();
}

std::string json_of(const Privileges& privileges) {
    JsonObjectWriter writer;
    writer.raw("assignments", json_list(privileges.assignments, [](const RoleAssignment& assignment) {
                   return json_of(assignment);
               }));
    writer.raw("eligible_known", flag(privileges.eligible_known));
    writer.raw("group_eligible_known", flag(privileges.group_eligible_known));
    writer.raw("groups", json_list(privileges.groups, json_of_group));
    writer.raw("principals", json_of(privileges.principals));
    return std::move(writer).take();
}

std::string json_of(const SyncState& sync) {
    JsonObjectWriter writer;
    writer.text("organization_id", sync.organization_id);
    writer.text("organization_name", sync.organization_name);
    writer.raw("enabled", flag(sync.enabled));
    if (sync.last_sync) writer.text("last_sync", to_iso(*sync.last_sync));
    return std::move(writer).take();
}

std::string json_of(const Domain& domain) {
    JsonObjectWriter writer;
    writer.text("name", domain.name);
    writer.text("authentication", domain.authentication);
    writer.raw("verified", flag(domain.verified));
    if (domain.federation) {
        JsonObjectWriter federation;
        for (const auto& [name, value] : *domain.federation)
            federation.text(name, value);
        writer.raw("federation", std::move(federation).take());
    }
    return std::move(writer).take();
}

std::string json_of(const OwnApplication::Credential& credential) {
    JsonObjectWriter writer;
    writer.text("key_id", credential.key_id);
    writer.text("name", credential.name);
    writer.text("kind", credential.kind);
    if (credential.end) writer.text("end", to_iso(*credential.end));
    return std::move(writer).take();
}

std::string json_of(const OwnApplication& own) {
    JsonObjectWriter writer;
    writer.text("service_principal_id", own.service_principal_id);
    writer.text("name", own.name);
    writer.raw("enabled", flag(own.enabled));
    writer.raw("credentials", json_list(own.credentials, [](const OwnApplication::Credential& credential) {
                   return json_of(credential);
               }));
    writer.raw("owners", json_list(own.owners, json_text));
    writer.raw("permission_ids", json_list(own.permission_ids, json_text));
    return std::move(writer).take();
}

std::string json_of_fact(const std::pair<const std::string, OpenFact>& fact) {
    JsonObjectWriter writer;
    writer.text("key", fact.first);
    writer.text("since", to_iso(fact.second.since));
    writer.text("record", fact.second.record);
    return std::move(writer).take();
}

std::string json_of_gap(const DirectoryGap& gap) {
    JsonObjectWriter writer;
    writer.text("part", gap.part);
    writer.text("problem", gap.problem);
    return std::move(writer).take();
}

std::string json_of_part(const std::pair<const std::string, Instant>& part) {
    JsonObjectWriter writer;
    writer.text("part", part.first);
    writer.text("read_at", to_iso(part.second));
    return std::move(writer).take();
}

Principals principals_in(std::optional<Json> list) {
    Principals principals;
    each(list, [&](Json row) {
        Principal principal{std::string{text_of(row, "id")},   std::string{text_of(row, "kind")},
                            std::string{text_of(row, "name")}, known_of(text_of(row, "enabled")),
                            known_of(text_of(row, "synced")),  known_of(text_of(row, "external"))};
        if (!principal.id.empty()) principals.emplace(principal.id, principal);
    });
    return principals;
}

Privileges privileges_in(Json object) {
    Privileges privileges;
    each(member(object, "assignments"), [&](Json row) {
        privileges.assignments.push_back(
            {std::string{text_of(row, "principal_id")}, std::string{text_of(row, "role_id")},
             std::string{text_of(row, "scope")}, flag_of(row, "eligible"), flag_of(row, "temporary")});
    });
    privileges.eligible_known = flag_of(object, "eligible_known");
    privileges.group_eligible_known = flag_of(object, "group_eligible_known");
    each(member(object, "groups"), [&](Json row) {
        privileges.groups.emplace(
            text_of(row, "id"),
            GroupPeople{texts_in(row, "members"), texts_in(row, "owners"), texts_in(row, "eligible_members"),
                        texts_in(row, "eligible_owners")});
    });
    privileges.principals = principals_in(member(object, "principals"));
    return privileges;
}

SyncState sync_in(Json object) {
    return {std::string{text_of(object, "organization_id")},
            std::string{text_of(object, "organization_name")}, flag_of(object, "enabled"),
            parse_iso(text_of(object, "last_sync"))};
}

Domain domain_in(Json object) {
    Domain domain{std::string{text_of(object, "name")},
                  std::string{text_of(object, "authentication")},
                  flag_of(object, "verified"),
                  {}};
    const auto federation = member(object, "federation");
    JsonObject members;
    if (federation && federation->get(members) == simdjson::SUCCESS) {
        domain.federation.emplace();
        for (const auto& [name, value] : members)
            domain.federation->emplace(name, text_in(value));
    }
    return domain;
}

OwnApplication own_in(Json object) {
    OwnApplication own;
    own.service_principal_id = text_of(object, "service_principal_id");
    own.name = text_of(object, "name");
    own.enabled = flag_of(object, "enabled");
    each(member(object, "credentials"), [&](Json row) {
        own.credentials.push_back({std::string{text_of(row, "key_id")}, std::string{text_of(row, "name")},
                                   std::string{text_of(row, "kind")}, parse_iso(text_of(row, "end"))});
    });
    own.owners = texts_in(object, "owners");
    own.permission_ids = texts_in(object, "permission_ids");
    return own;
}

}  // namespace

bool flag_of(Json object, std::string_view name) {
    const auto value = member(object, name);
    return value && scalar_text(*value) == "true";
}

std::string_view flag(bool value) {
    return value ? "true" : "false";
}

std::vector<std::string> texts_in(Json object, std::string_view name) {
    std::vector<std::string> texts;
    each(member(object, name), [&](Json text) { texts.emplace_back(text_in(text)); });
    return texts;
}

std::string to_json(const DirectoryReading& reading) {
    JsonObjectWriter writer;
    if (reading.ms_pim_id) writer.text("ms_pim_id", *reading.ms_pim_id);
    writer.raw("roles", json_list(reading.roles, [](const RoleInfo& role) { return json_of(role); }));
    if (reading.privileges) writer.raw("privileges", json_of(*reading.privileges));
    if (reading.emergency) writer.raw("emergency", json_of(*reading.emergency));
    if (reading.sync) writer.raw("sync", json_of(*reading.sync));
    if (reading.domains)
        writer.raw("domains",
                   json_list(*reading.domains, [](const Domain& domain) { return json_of(domain); }));
    if (reading.own) writer.raw("own", json_of(*reading.own));
    if (reading.policies) writer.raw("policies", json_of(*reading.policies));
    if (reading.emergency_groups) writer.raw("emergency_groups", json_of(*reading.emergency_groups));
    if (reading.locations) writer.raw("locations", json_of(*reading.locations));
    writer.raw("parts_read_at", json_list(reading.parts_read_at, json_of_part));
    if (reading.read_at) writer.text("read_at", to_iso(*reading.read_at));
    writer.raw("gaps", json_list(reading.gaps, json_of_gap));
    writer.raw("open", json_list(reading.open, json_of_fact));
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
    each(member(*parsed, "roles"), [&](Json row) {
        RoleInfo role{std::string{text_of(row, "template_id")}, std::string{text_of(row, "name")},
                      std::string{text_of(row, "tier")}};
        if (!role.template_id.empty()) reading.roles.push_back(std::move(role));
    });
    if (const auto part = member(*parsed, "privileges")) reading.privileges = privileges_in(*part);
    if (const auto part = member(*parsed, "emergency")) reading.emergency = principals_in(part);
    if (const auto part = member(*parsed, "sync")) reading.sync = sync_in(*part);
    if (const auto part = member(*parsed, "domains")) {
        reading.domains.emplace();
        each(part, [&](Json row) { reading.domains->push_back(domain_in(row)); });
    }
    if (const auto part = member(*parsed, "own")) reading.own = own_in(*part);
    if (const auto part = member(*parsed, "policies")) reading.policies = policies_in(*part);
    if (const auto part = member(*parsed, "emergency_groups"))
        reading.emergency_groups = account_groups_in(*part);
    if (const auto part = member(*parsed, "locations")) reading.locations = locations_in(*part);
    each(member(*parsed, "parts_read_at"), [&](Json row) {
        if (const auto at = parse_iso(text_of(row, "read_at")))
            reading.parts_read_at.emplace(text_of(row, "part"), *at);
    });
    reading.read_at = parse_iso(text_of(*parsed, "read_at"));
    each(member(*parsed, "gaps"), [&](Json row) {
        reading.gaps.push_back({std::string{text_of(row, "part")}, std::string{text_of(row, "problem")}});
    });
    each(member(*parsed, "open"), [&](Json row) {
        const auto since = parse_iso(text_of(row, "since"));
        if (since)
            reading.open.emplace(text_of(row, "key"), OpenFact{*since, std::string{text_of(row, "record")}});
    });
    return reading;
}

}  // namespace entrawatch
