#include "config/clouds.hpp"

#include <algorithm>
#include <array>

namespace entrawatch {
namespace {

// Source: Microsoft Learn, "Microsoft Graph national cloud deployments". DoD signs in at the host of US Gov
// and asks a Graph of its own.
constexpr std::array<CloudHosts, 5> clouds{{
    {Cloud::global, "https://login.microsoftonline.com", "https://graph.microsoft.com",
     "https://entra.microsoft.com", "https://monitor.azure.com"},
    {Cloud::us_gov, "https://login.microsoftonline.us", "https://graph.microsoft.us",
     "https://entra.microsoft.us", "https://monitor.azure.us"},
    {Cloud::us_dod, "https://login.microsoftonline.us", "https://dod-graph.microsoft.us",
     "https://entra.microsoft.us", "https://monitor.azure.us"},
    {Cloud::china, "https://login.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn", "",
     "https://monitor.azure.cn"},
    {Cloud::custom, "", "", "", "https://monitor.azure.com"},
}};

}  // namespace

std::optional<CloudHosts> find_cloud(std::string_view name) {
    const auto* found = std::find_if(clouds.begin(), clouds.end(),
                                     [&](const CloudHosts& one) { return name_of(one.cloud) == name; });
    if (found == clouds.end()) return std::nullopt;
    return *found;
}

std::string_view monitor_url_of(Cloud cloud) {
    return std::find_if(clouds.begin(), clouds.end(),
                        [&](const CloudHosts& one) { return one.cloud == cloud; })
        ->monitor_url;
}

}  // namespace entrawatch
