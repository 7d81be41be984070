// link: the one check that every address passes before a token is sent to it. Pure; used by GraphClient.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch::graph {

// A request target becomes a URL below `graph_url`. Error when the link leaves the configured Graph host
// (scheme, host and port must be the same) or is over 64 KiB. Pure.
[[nodiscard]] Result<http::Url> checked_link(std::string_view link, const std::string& graph_url);

}  // namespace entrawatch::graph
