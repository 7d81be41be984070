#include "daemon/graph/managed_identity.hpp"

#include <array>
#include <cstdlib>
#include <utility>

#include "config/files.hpp"
#include "core/base/percent.hpp"
#include "core/base/text.hpp"

namespace entrawatch::graph {

namespace {

constexpr std::string_view imds_path = "/metadata/identity/oauth2/token";
constexpr std::size_t max_arc_secret = 4096;

std::string variable(const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): read-only
    return value == nullptr ? "" : value;
}

std::string without_slash(std::string url) {
    if (url.ends_with('/')) url.pop_back();
    return url;
}

// "&client_id=…", or whichever id was given; empty for the system-assigned identity.
std::string id_option(const ManagedIdentity& identity, std::string_view resource_id_name) {
    for (const auto& [name, id] : std::array<std::pair<std::string_view, const std::string*>, 3>{
             {{"client_id", &identity.client_id},
              {"object_id", &identity.object_id},
              {resource_id_name, &identity.resource_id}}}) {
        if (!id->empty()) return "&" + std::string{name} + "=" + percent_encoded(*id);
    }
    return {};
}

Result<http::Request> get_request(const std::string& text, const char* from) {
    auto url = http::Url::parse(text);
    if (!url) return fail(url.error().code, url.error().what, from);
    http::Request request;
    request.url = std::move(*url);
    request.headers.set("Accept", "application/json");
    return request;
}

}  // namespace

AzureEnvironment azure_environment() {
    AzureEnvironment environment;
    environment.identity_endpoint = variable("IDENTITY_ENDPOINT");
    environment.identity_header = variable("IDENTITY_HEADER");
    environment.imds_endpoint = variable("IMDS_ENDPOINT");
    environment.pod_identity_host = variable("AZURE_POD_IDENTITY_AUTHORITY_HOST");
    return environment;
}

Result<http::Request> identity_request(const AzureEnvironment& environment, const ManagedIdentity& identity,
                                       std::string_view resource) {
    const std::string for_resource = "&resource=" + percent_encoded(resource);
    if (environment.is_app_service()) {
        auto request = get_request(environment.identity_endpoint + "?api-version=2019-08-01" + for_resource +
                                       id_option(identity, "mi_res_id"),
                                   "IDENTITY_ENDPOINT");
        if (request) request->headers.set("X-IDENTITY-HEADER", environment.identity_header);
        return request;
    }
    if (environment.is_arc() && !id_option(identity, "msi_res_id").empty()) {
        return fail(ErrorCode::refused,
                    "a server of Azure Arc has one identity: write `managed_identity: {}` without an id");
    }
    const std::string host =
        environment.pod_identity_host.empty() ? "http://169.254.169.254" : environment.pod_identity_host;
    auto request =
        environment.is_arc()
            ? get_request(environment.identity_endpoint + "?api-version=2020-06-01" + for_resource,
                          "IDENTITY_ENDPOINT")
            : get_request(without_slash(host) + std::string{imds_path} + "?api-version=2018-02-01" +
                              for_resource + id_option(identity, "msi_res_id"),
                          "AZURE_POD_IDENTITY_AUTHORITY_HOST");
    if (request) request->headers.set("Metadata", "true");
    return request;
}

Result<Secret> arc_secret(const AzureEnvironment& environment, std::string_view www_authenticate) {
    constexpr std::string_view start = "Basic realm=";
    std::string_view realm = trim(www_authenticate);
    if (!starts_with_ignoring_ascii_case(realm, start))
        return fail(ErrorCode::unavailable, "the agent of Azure Arc asked for nothing that can be answered");
    realm = trim(realm.substr(start.size()));
    if (realm.size() > 1 && realm.front() == '"' && realm.back() == '"')
        realm = realm.substr(1, realm.size() - 2);
    const std::filesystem::path file{realm};
    if (file.lexically_normal() != file || file.parent_path() != environment.arc_tokens ||
        file.extension() != ".key") {
        return fail(ErrorCode::refused, "the agent of Azure Arc named a file outside " +
                                            environment.arc_tokens.string() + "; nothing was sent to it");
    }
    auto text = read_small_file(file, max_arc_secret);
    if (!text) {
        return fail(text.error().code,
                    text.error().what + "; make the service's account a member of the group himds",
                    text.error().where);
    }
    return Secret{std::string{trim(*text)}};
}

}  // namespace entrawatch::graph
