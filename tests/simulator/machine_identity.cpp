#include "tests/simulator/machine_identity.hpp"

#include <nlohmann/json.hpp>

#include "tests/simulator/query.hpp"

namespace entrawatch::simulator {
namespace {

using Body = nlohmann::ordered_json;

http::Response machine_answer(int status, const Body& body) {
    http::Response response;
    response.status = status;
    response.headers.set("content-type", "application/json; charset=utf-8");
    response.body = body.dump();
    return response;
}

http::Response machine_refusal(const char* error, const char* description) {
    return machine_answer(400, {{"error", error}, {"error_description", description}});
}

bool came_through_a_proxy(const http::Headers& headers) {
    return !headers.get("X-Forwarded-For").empty() || !headers.get("Forwarded").empty() ||
           !headers.get("Via").empty();
}

// Numbers are texts here, as they are there.
Body token_body(const std::string& token, const std::string& resource, const Registration& registration,
                Instant now) {
    const auto seconds = [](auto time) {
        return std::to_string(std::chrono::floor<std::chrono::seconds>(time).count());
    };
    return {{"access_token", token},
            {"client_id", registration.client_id},
            {"expires_in", seconds(registration.token_life)},
            {"expires_on", seconds((now + registration.token_life).time_since_epoch())},
            {"ext_expires_in", seconds(registration.token_life)},
            {"not_before", seconds(now.time_since_epoch())},
            {"resource", resource},
            {"token_type", "Bearer"}};
}

}  // namespace

http::Response answer_of_machine(MachineIdentity& machine, TokenService& tokens, const http::Request& request,
                                 const Registration& registration, Instant now) {
    if (!machine.statuses.empty()) {
        const int status = machine.statuses.front();
        machine.statuses.pop_front();
        return machine_answer(status, {{"error", "busy"}, {"error_description", "Try again later."}});
    }
    if (request.headers.get("Metadata") != "true")
        return machine_refusal("bad_request_102", "Required metadata header not specified");
    if (came_through_a_proxy(request.headers))
        return machine_refusal("invalid_request", "The request came through a proxy");
    const auto query = parse_target(request.url.target);
    if (request.method != "GET" || !query || query->option("api-version").value_or("") != "2018-02-01")
        return machine_refusal("bad_request_101", "The api-version is missing or not supported");
    const std::string resource = query->option("resource").value_or("");
    if (resource + "/.default" != registration.scope)
        return machine_refusal("invalid_resource", "AADSTS50001: The resource was not found in the tenant.");
    const std::string client_id = query->option("client_id").value_or(registration.client_id);
    if (!machine.assigned || client_id != registration.client_id)
        return machine_refusal("invalid_request", "Identity not found");
    return machine_answer(200, token_body(tokens.issue(registration, now), resource, registration, now));
}

}  // namespace entrawatch::simulator
