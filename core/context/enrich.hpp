// enrich: writes into an Event what the Directory says of its actor, targets and role, before the rules see
// it.
#pragma once

#include "core/context/directory.hpp"
#include "core/event/event.hpp"

namespace entrawatch {

void enrich(Event& event, const Directory& directory);

}  // namespace entrawatch
