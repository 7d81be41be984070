// url: whether a URL in the settings may be used. Only what the settings need; daemon/http parses for
// sending.
#pragma once

#include <string_view>

#include "core/base/error.hpp"

namespace entrawatch {

// https to any host, http to a loopback address only; no user information, fragment, blank or control
// character. Errors never quote the text: a webhook URL is a secret.
[[nodiscard]] Result<> check_url(std::string_view text);
// check_url, and nothing behind host and port (one trailing slash is allowed).
[[nodiscard]] Result<> check_origin(std::string_view text);
// Where syslog is taken: tls://host:port, or tcp://host:port of a loopback address.
[[nodiscard]] Result<> check_peer(std::string_view text);

}  // namespace entrawatch
