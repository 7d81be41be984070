// daemon_client: one question to the running daemon's HTTP interface, on a local event loop. Used by `status`
// and `alerts test`.
#pragma once

#include <string>

#include "config/settings.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch {

// GET of `target` ("/readyz") at the settings' `listen`. Errors: listen is off; nobody answers.
[[nodiscard]] Result<http::Response> ask_daemon(const Settings& settings, const std::string& target);

}  // namespace entrawatch
