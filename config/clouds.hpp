// clouds: where each Microsoft cloud signs in, answers Graph and shows its portal. Tokens of one are worth
// nothing in another.
#pragma once

#include <optional>
#include <string_view>

#include "config/settings.hpp"

namespace entrawatch {

struct CloudHosts {
    Cloud cloud;
    std::string_view login_url;
    std::string_view graph_url;
    std::string_view portal_url;   // empty = not known
    std::string_view monitor_url;  // what tokens for Azure Monitor are asked for; it is never called
};

// nullopt when no cloud has the name; `custom` has no hosts of its own.
[[nodiscard]] std::optional<CloudHosts> find_cloud(std::string_view name);
[[nodiscard]] std::string_view monitor_url_of(Cloud cloud);

}  // namespace entrawatch
