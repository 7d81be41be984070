// links: where in the Entra portal an alert's target, or else its actor, can be looked at.
#pragma once

#include <string>
#include <string_view>

#include "core/event/event.hpp"

namespace entrawatch {

// `portal`: "https://entra.microsoft.com", or the cloud's own; empty = no link. Only objects whose page is
// known and whose id is a GUID get one (ids are put into a URL): a user or group that is the target, else the
// actor. Empty when there is none.
[[nodiscard]] std::string entra_link(std::string_view portal, const Event& event);

}  // namespace entrawatch
