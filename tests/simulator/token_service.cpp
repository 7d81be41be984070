#include "tests/simulator/token_service.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "tests/simulator/query.hpp"

namespace entrawatch::simulator {
namespace {

struct TokenError {
    int code;
    int status;
    std::string_view error;
    std::string_view text;
};

constexpr std::string_view assertion_type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

constexpr std::array token_errors = {
    TokenError{50013, 401, "invalid_client", "Assertion failed signature validation."},
    TokenError{50027, 401, "invalid_request", "JWT token is invalid or malformed."},
    TokenError{70003, 400, "unsupported_grant_type", "The app requested an unsupported grant type."},
    TokenError{70011, 400, "invalid_scope",
               "The provided value for the input parameter 'scope' is not valid."},
    TokenError{90002, 400, "invalid_request",
               "Tenant not found. Check to make sure you have the correct tenant ID."},
    TokenError{90033, 503, "temporarily_unavailable", "A transient error has occurred. Please try again."},
    TokenError{90055, 429, "temporarily_unavailable",
               "The tenant was throttled because of too many requests."},
    TokenError{700021, 401, "invalid_client",
               "Client assertion application identifier doesn't match 'client_id' parameter."},
    TokenError{700023, 401, "invalid_client", "Client assertion audience claim does not match Realm issuer."},
    TokenError{700024, 401, "invalid_client", "Client assertion is not within its valid time range."},
    TokenError{700027, 401, "invalid_client",
               "The certificate with identifier used to sign the client assertion is not registered on "
               "application."},
    TokenError{700211, 401, "invalid_client",
               "No matching federated identity record found for presented assertion issuer."},
    TokenError{700212, 401, "invalid_client",
               "No matching federated identity record found for presented assertion audience."},
    TokenError{700213, 401, "invalid_client",
               "No matching federated identity record found for presented assertion subject."},
    TokenError{700016, 400, "unauthorized_client", "Application was not found in the directory."},
    TokenError{7000112, 401, "unauthorized_client", "Application is disabled."},
    TokenError{7000215, 401, "invalid_client",
               "Invalid client secret provided. Ensure the secret being sent is the client secret value, not "
               "the client "
               "secret ID."},
    TokenError{
        7000218, 401, "invalid_client",
        "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."},
    TokenError{7000222, 401, "invalid_client", "The provided client secret keys are expired."},
};

TokenError error_of(int code) {
    const auto* const found = std::find_if(token_errors.begin(), token_errors.end(),
                                           [&](const TokenError& error) { return error.code == code; });
    if (found != token_errors.end()) return *found;
    return {code, 400, "invalid_request", "The request was refused."};
}

}  // namespace

// 0 = the request is in order; else the AADSTS number.
int TokenService::judge_request(const http::Request& request, const Registration& registration, Instant now) {
    const std::string_view tenant = std::string_view{request.url.target}.substr(1);
    if (!equal_ignoring_ascii_case(tenant.substr(0, tenant.find('/')), registration.tenant_id)) return 90002;
    if (registration.refuse_with != 0) return registration.refuse_with;
    const Query form = parse_form(request.body);
    if (form.option("grant_type").value_or("") != "client_credentials") return 70003;
    if (form.option("client_id").value_or("") != registration.client_id) return 700016;
    if (form.option("scope").value_or("") != registration.scope) return 70011;
    if (const auto secret = form.option("client_secret"))
        return *secret == registration.client_secret ? 0 : 7000215;
    const auto assertion = form.option("client_assertion");
    if (!assertion || form.option("client_assertion_type").value_or("") != assertion_type) return 7000218;
    return assertions_.judge(
        *assertion,
        {registration.endpoint, registration.client_id, registration.certificates, registration.federated},
        now);
}

std::string TokenService::issue(const Registration& registration, Instant now) {
    const auto seconds = [](Instant t) {
        return std::chrono::duration_cast<std::chrono::seconds>(t.time_since_epoch()).count();
    };
    const nlohmann::json header = {{"typ", "JWT"}, {"alg", "RS256"}, {"kid", dice_.hex(27)}};
    const nlohmann::json claims = {{"aud", registration.scope.substr(0, registration.scope.rfind('/'))},
                                   {"iss", "https://sts.windows.net/" + registration.tenant_id + "/"},
                                   {"iat", seconds(now)},
                                   {"exp", seconds(now + registration.token_life)},
                                   {"appid", registration.client_id},
                                   {"tid", registration.tenant_id},
                                   {"roles", registration.granted}};
    std::string token = to_base64_url(header.dump()) + "." + to_base64_url(claims.dump()) + "." +
                        to_base64_url(dice_.hex(64));
    std::erase_if(issued_, [&](const auto& entry) { return entry.second.expires_at <= now; });
    issued_.emplace(token, Issued{registration.granted, now + registration.token_life});
    ++issued_count_;
    return token;
}

http::Response TokenService::refusal(int code, Instant now) {
    const TokenError error = error_of(code);
    const std::string trace = dice_.guid();
    const std::string correlation = dice_.guid();
    std::string timestamp = to_iso(std::chrono::floor<std::chrono::seconds>(now));
    std::replace(timestamp.begin(), timestamp.end(), 'T', ' ');
    const nlohmann::ordered_json body = {
        {"error", error.error},
        {"error_description", "AADSTS" + std::to_string(code) + ": " + std::string{error.text} +
                                  " Trace ID: " + trace + " Correlation ID: " + correlation +
                                  " Timestamp: " + timestamp},
        {"error_codes", nlohmann::ordered_json::array({code})},
        {"timestamp", timestamp},
        {"trace_id", trace},
        {"correlation_id", correlation},
        {"error_uri", "https://login.microsoftonline.com/error?code=" + std::to_string(code)}};
    http::Response response;
    response.status = error.status;
    response.headers.set("content-type", "application/json; charset=utf-8");
    if (response.status == 429) response.headers.set("retry-after", "60");
    response.body = body.dump();
    return response;
}

http::Response TokenService::answer(const http::Request& request, const Registration& registration,
                                    Instant now) {
    http::Response response;
    if (request.method != "POST") {
        response.status = 405;
        response.headers.set("allow", "POST");
        return response;
    }
    const int code = judge_request(request, registration, now);
    if (code != 0) return refusal(code, now);
    const auto life = std::chrono::duration_cast<std::chrono::seconds>(registration.token_life).count();
    const nlohmann::ordered_json body = {{"token_type", "Bearer"},
                                         {"expires_in", life},
                                         {"ext_expires_in", life},
                                         {"access_token", issue(registration, now)}};
    response.status = 200;
    response.headers.set("content-type", "application/json; charset=utf-8");
    response.headers.set("cache-control", "no-store, no-cache");
    response.body = body.dump();
    return response;
}

const std::set<std::string>* TokenService::roles_of(std::string_view bearer, Instant now) const {
    const auto found = issued_.find(bearer);
    if (found == issued_.end() || found->second.expires_at <= now) return nullptr;
    return &found->second.roles;
}

}  // namespace entrawatch::simulator
