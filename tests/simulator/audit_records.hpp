// audit_records: directory audit rows as Entra writes them, byte for byte where it is peculiar.
//
// En dashes, trailing blanks, values that are JSON inside strings, app actors without appId: kept, because
// collectors and rules break on exactly these. Used by noise and story.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/simulator/cast.hpp"
#include "tests/simulator/dice.hpp"
#include "tests/simulator/record.hpp"

namespace entrawatch::simulator {

// U+2013 and a blank at the end, as the directory writes it; Microsoft's documents print another text.
inline constexpr std::string_view application_keys_activity =
    "Update application \xE2\x80\x93 Certificates and secrets management ";

struct AuditRow {
    std::string service = "Core Directory";
    std::string category;
    std::string activity;
    std::string operation = "Update";
    std::string correlation_id;
    Instant time;
    std::string reason;
    Document initiated_by;
    std::vector<Document> targets;
    std::vector<std::pair<std::string, std::string>> details;
};

// The document, with an id in the service's own form ("Directory_<correlation>_5CHAR_number", "PIM_…",
// "IPCGraph_…").
[[nodiscard]] Document audit(const AuditRow& row, Dice& dice);

[[nodiscard]] Document by_user(const Person& person, const std::string& ip);
// appId is null in practice; the service principal's object id is what identifies the actor.
[[nodiscard]] Document by_app(const ServicePrincipal& app);
// PIM names itself as a user without name and address.
[[nodiscard]] Document by_pim_platform();

[[nodiscard]] Document user_target(const Person& person, std::vector<Document> properties = {});
[[nodiscard]] Document target(const std::string& type, const std::string& id, const std::string& name,
                              std::vector<Document> properties = {});
// nullopt = JSON null on that side.
[[nodiscard]] Document property(const std::string& name, std::optional<std::string> old_value,
                                std::optional<std::string> new_value);
// "\"text\"": how scalars are written into oldValue and newValue.
[[nodiscard]] std::string json_text(std::string_view text);
// Role.ObjectID, Role.DisplayName, Role.TemplateId, Role.WellKnownObjectName; in oldValue when removed.
[[nodiscard]] std::vector<Document> role_properties(const Role& role, bool removed);

}  // namespace entrawatch::simulator
