#include "daemon/graph/token_answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/digest.hpp"
#include "core/base/percent.hpp"
#include "core/base/text.hpp"
#include "core/feed/json.hpp"

namespace entrawatch::graph {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t max_token = std::size_t{64} * 1024;
constexpr std::size_t max_quoted_line = 300;
constexpr std::int64_t longest_life_seconds = std::int64_t{48} * 3600;
constexpr std::int64_t latest_unix_time = 253'402'300'799;  // the end of the year 9999
constexpr std::size_t max_roles = 200;
constexpr const char* secret_parameter = "&client_secret=";
constexpr const char* assertion_parameters =
    "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
    "&client_assertion=";

struct Words {
    std::int64_t code;
    bool transient;
    std::string_view meaning;  // and what to do
};

constexpr std::array<Words, 24> known_codes = {{
    {7000215, false,
     "the client secret is wrong; put the secret's value, not its id, into the secret file (a new secret "
     "needs half a minute)"},
    {7000222, false, "the client secret has expired; create a new one and put it into the secret file"},
    {700027, false,
     "the certificate is not registered with the application, or has expired there; upload the one in "
     "certificate_file to the app registration (a new one needs half a minute)"},
    {700024, false,
     "the assertion is outside its time range; set this machine's clock, or see why the federated token file "
     "is "
     "not renewed"},
    {700021, false, "the assertion speaks for another application; check client_id"},
    {700023, false, "the assertion is for another endpoint; check tenant_id, cloud and login_url"},
    {50013, false,
     "the assertion's signature does not verify; name the certificate and key, or the token file, that "
     "belong to "
     "this application"},
    {50027, false, "the assertion is malformed, or was used before; check federated_token_file"},
    {700222, false,
     "a token that Entra issued itself is not taken as a federated token; name the file of the workload's "
     "own "
     "token"},
    {700016, false, "the application is not in this tenant; check client_id and tenant_id"},
    {7000112, false, "the application is disabled in the tenant; enable it for sign-in"},
    {7000218, false, "neither a secret nor an assertion was sent; please report this"},
    {90002, false, "the tenant does not exist in this cloud; check tenant_id and cloud"},
    {90038, false, "the tenant lives in another national cloud; check the setting cloud"},
    {70011, false, "the scope is not accepted; check graph_url"},
    {700022, false, "the scope names several resources; check graph_url"},
    {1002012, false, "the scope is not of the form /.default; check graph_url"},
    {530032, false,
     "a security policy of the tenant blocks the sign-in; exclude this application's location or identity"},
    {53003, false, "Conditional Access blocks the sign-in; exclude this application from the policy"},
    {90006, true, "the sign-in service has a passing fault"},
    {90024, true, "the sign-in service has a passing fault"},
    {90033, true, "the sign-in service has a passing fault"},
    {90090, true, "the sign-in service has a passing fault"},
    {90055, true, "the tenant is throttled by the sign-in service"},
}};

bool is_passing_status(int status) {
    return status == 408 || status == 429 || status >= 500;
}

// A number or a number in quotes: both are on the wire.
std::optional<std::int64_t> seconds_of(Json json, std::string_view name) {
    const auto value = member(json, name);
    if (!value) return std::nullopt;
    const std::string text = scalar_text(*value);
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return seconds;
}

std::int64_t error_code_of(Json json) {
    const auto codes = member(json, "error_codes");
    if (!codes || !codes->is_array()) return 0;
    for (const Json code : JsonArray{*codes}) {
        if (code.is_int64()) return std::int64_t{code};
        break;
    }
    return 0;
}

// AADSTS7002xx are the federated credential's mismatches.
bool is_federation_code(std::int64_t code) {
    return code == 70021 || (code >= 700200 && code <= 700299);
}

Result<TokenAnswer> refusal(int status, Json json) {
    const std::int64_t code = error_code_of(json);
    const std::string number = code > 0 ? "AADSTS" + std::to_string(code)
                                        : "error " + for_terminal(cut_utf8(text_of(json, "error"), 64));
    const auto* known = std::ranges::find(known_codes, code, &Words::code);
    if (known != known_codes.end()) {
        const ErrorCode kind = known->transient ? ErrorCode::unavailable : ErrorCode::refused;
        return fail(kind, "no token: " + std::string{known->meaning} + " (" + number + ")");
    }
    const std::string_view first_line =
        text_of(json, "error_description")
            .substr(0, text_of(json, "error_description").find_first_of("\r\n"));
    std::string what = "no token (" + number + ")";
    if (is_federation_code(code))
        what = "no token: the federated credential does not match; compare issuer, subject and audience (" +
               number + ")";
    if (!first_line.empty()) what += ": " + for_terminal(cut_utf8(first_line, max_quoted_line));
    return fail(is_passing_status(status) ? ErrorCode::unavailable : ErrorCode::refused, std::move(what));
}

// Some hosts write a number, some a number as text, some a date.
std::optional<std::int64_t> seconds_until(Json json, Instant now) {
    const auto value = member(json, "expires_on");
    if (!value) return std::nullopt;
    std::optional<Instant> end;
    if (const auto since_1970 = seconds_of(json, "expires_on");
        since_1970 && *since_1970 > 0 && *since_1970 < latest_unix_time) {
        end = Instant{std::chrono::seconds{*since_1970}};
    } else {
        const std::string_view text = text_in(*value);
        end = parse_export_time(text.substr(0, text.find(" +00:00")));
        if (!end) end = parse_iso(text);
    }
    if (!end) return std::nullopt;
    return std::chrono::floor<std::chrono::seconds>(*end - now).count();
}

}  // namespace

Result<TokenAnswer> accepted_token(Json json, std::optional<Instant> now) {
    const std::string_view token = text_of(json, "access_token");
    const bool printable = std::ranges::all_of(token, [](char c) { return c > 0x20 && c < 0x7F; });
    if (token.empty() || token.size() > max_token || !printable) {
        return fail(ErrorCode::unavailable, "the token endpoint's answer holds no usable access_token");
    }
    const std::string_view type = text_of(json, "token_type");
    if (!type.empty() && !equal_ignoring_ascii_case(type, "Bearer")) {
        return fail(ErrorCode::unavailable, "the token endpoint's answer is no bearer token");
    }
    auto life = seconds_of(json, "expires_in");
    if (!life && now) life = seconds_until(json, *now);
    if (!life || *life < 1)
        return fail(ErrorCode::unavailable,
                    "the token endpoint's answer does not say how long the token lives");
    TokenAnswer answer{Secret{std::string{token}},
                       std::chrono::seconds{std::min(*life, longest_life_seconds)}, std::nullopt};
    if (const auto refresh = seconds_of(json, "refresh_in"); refresh && *refresh > 0 && *refresh < *life) {
        answer.refresh_in = std::chrono::seconds{std::min(*refresh, longest_life_seconds)};
    }
    return answer;
}

std::string token_request_body(std::string_view client_id, std::string_view resource, const Proof& proof) {
    return "grant_type=client_credentials&client_id=" + percent_encoded(client_id, kept_in_forms) +
           "&scope=" + percent_encoded(std::string{resource} + "/.default", kept_in_forms) +
           (proof.is_assertion ? assertion_parameters : secret_parameter) +
           percent_encoded(proof.value.reveal(), kept_in_forms);
}

Result<TokenAnswer> parse_token_answer(int status, std::string_view body) {
    JsonReader reader;
    const auto json = reader.parse(body);
    if (!json || !json->is_object()) {
        return fail(ErrorCode::unavailable, "the token endpoint answered " + std::to_string(status) +
                                                " without JSON; check login_url, or a proxy in between");
    }
    if (status == 200) return accepted_token(*json, std::nullopt);
    return refusal(status, *json);
}

std::int64_t refusal_code(std::string_view body) {
    JsonReader reader;
    const auto json = reader.parse(body);
    return json && json->is_object() ? error_code_of(*json) : 0;
}

Ticks renewal_age(const TokenAnswer& answer) {
    const Ticks usual = std::min<Ticks>(answer.life * 8 / 10, answer.life - Ticks{5min});
    return std::max(std::min(usual, answer.refresh_in.value_or(usual)), answer.life / 2);
}

std::vector<std::string> roles_in(std::string_view token) {
    const std::size_t first = token.find('.');
    if (first == std::string_view::npos) return {};
    const std::size_t second = token.find('.', first + 1);
    const auto payload =
        from_base64(token.substr(first + 1, second == std::string_view::npos ? second : second - first - 1));
    if (!payload) return {};
    JsonReader reader;
    const auto json = reader.parse(*payload);
    if (!json) return {};
    const auto roles = member(*json, "roles");
    if (!roles || !roles->is_array()) return {};
    std::vector<std::string> names;
    for (const Json role : JsonArray{*roles}) {
        if (names.size() == max_roles) break;
        if (role.is_string()) names.emplace_back(std::string_view{role});
    }
    return names;
}

}  // namespace entrawatch::graph
