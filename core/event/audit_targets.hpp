// The targets of a directory audit: reading them, their modified properties, the role they name, and which of
// them the act is about. Private to normalize_audit.cpp; kinds and modified properties also of provisioning.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/event/event.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {

// "Service Principal" is "serviceprincipal", "App" is "application", "N/A" and nothing are "other".
[[nodiscard]] std::string target_kind(std::string_view type);
// Appends the entries of a `modifiedProperties`. Error too_large beyond max_changes.
[[nodiscard]] Result<> read_changes(const std::optional<Json>& properties, Event& event);

// Appends targets and changes in the order of the record. Error too_large beyond max_targets or max_changes.
[[nodiscard]] Result<> read_targets(const std::optional<Json>& targets, Event& event);

// The role that the record names: Role.TemplateId as it is now, on a removal as it was; in PIM rows
// `from_details`, else what the role among the targets says. The name is kept also where no template id is
// known.
void set_role(std::string_view from_details, Event& event);

// PIM rows list the role first and the principal third, and other services may too: the principal is moved to
// the front. The order of the others stays; grants of permissions, where the first is the resource, are left
// alone.
void put_primary_target_first(Event& event);

// What the modified properties name by id: the group joined or left, the client that was granted a
// permission.
void add_changed_entities(Event& event);

}  // namespace entrawatch
