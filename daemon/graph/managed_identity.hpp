// managed_identity: how the identity of an Azure machine is asked for: virtual machines (IMDS), App Service
// and Container Apps, and servers that Azure Arc knows.
//
// Which of them we run on is told by the environment, with the names that Azure itself sets. Pure but for
// azure_environment() and arc_secret(). Used by token_request. Read next: identity_answer.hpp.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "config/credential.hpp"
#include "config/secret.hpp"
#include "core/base/error.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch::graph {

struct AzureEnvironment {
    std::string identity_endpoint;  // IDENTITY_ENDPOINT
    std::string identity_header;    // IDENTITY_HEADER: App Service
    std::string imds_endpoint;      // IMDS_ENDPOINT, beside the first: Arc
    std::string pod_identity_host;  // AZURE_POD_IDENTITY_AUTHORITY_HOST: in place of 169.254.169.254
    std::filesystem::path arc_tokens{"/var/opt/azcmagent/tokens"};

    [[nodiscard]] bool is_app_service() const {
        return !identity_endpoint.empty() && !identity_header.empty();
    }
    [[nodiscard]] bool is_arc() const {
        return !is_app_service() && !identity_endpoint.empty() && !imds_endpoint.empty();
    }
};
// Of this process.
[[nodiscard]] AzureEnvironment azure_environment();

// The question for a token of `resource`. Error: the endpoint is no URL, or an id was given where there is
// but one identity (Arc).
[[nodiscard]] Result<http::Request> identity_request(const AzureEnvironment& environment,
                                                     const ManagedIdentity& identity,
                                                     std::string_view resource);

// Arc answers 401 first and names a file that only a trusted account can read; what it holds is sent back.
// Refuses every file but a .key in the agent's own folder: who names /etc/shadow is not the agent.
[[nodiscard]] Result<Secret> arc_secret(const AzureEnvironment& environment,
                                        std::string_view www_authenticate);

}  // namespace entrawatch::graph
