// check_credentials: what the files and the environment show of each tenant's credential, and whether it is
// good now.
//
// Used by `check`, with and without --offline: no connection is made.
#pragma once

#include <iosfwd>

#include "config/settings.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

// One line for each tenant; false when a credential is not good at `now`.
[[nodiscard]] bool check_credentials(const Settings& settings, Instant now, std::ostream& out);

}  // namespace entrawatch
