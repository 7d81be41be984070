#include "daemon/graph/identity_answer.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace entrawatch::graph {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t max_quoted_description = 300;
constexpr std::array<Ticks, 5> backoff = {2s, 6s, 14s, 30s, 60s};

bool may_pass(int status) {
    return status == 404 || status == 410 || status == 429 || status >= 500;
}

// IMDS and Arc say `error_description`, App Service `message`.
std::string_view description_of(Json json) {
    const std::string_view description = text_of(json, "error_description");
    return description.empty() ? text_of(json, "message") : description;
}

std::string words_for(Json json) {
    const std::string_view error = text_of(json, "error");
    const std::string_view description = description_of(json);
    const auto says = [&](std::string_view part) { return description.find(part) != std::string_view::npos; };
    if (says("dentity not found") || says("dentity found"))
        return "no managed identity, or none with that id, is assigned to this machine; assign it in the "
               "Azure "
               "portal (Identity), or mend the id below `managed_identity`";
    if (error == "invalid_resource")
        return "the machine's cloud does not know the resource; check cloud, or graph_url";
    if (error == "bad_request_102") return "the service wants another header; please report this";
    return "the machine's identity service refuses";
}

Result<TokenAnswer> refused_answer(int status, Json json) {
    std::string what = "no token: " + words_for(json) + " (" + std::to_string(status);
    if (const std::string_view error = text_of(json, "error"); !error.empty())
        what += ", " + for_terminal(cut_utf8(error, 64));
    what += ")";
    std::string_view line = description_of(json);
    line = line.substr(0, line.find_first_of("\r\n"));
    if (!line.empty()) what += ": " + for_terminal(cut_utf8(line, max_quoted_description));
    return fail(ErrorCode::refused, std::move(what));
}

}  // namespace

Result<TokenAnswer> parse_identity_answer(int status, std::string_view body, Instant now) {
    if (may_pass(status)) {
        return fail(ErrorCode::unavailable,
                    "no token: the machine's identity service is busy or being updated (" +
                        std::to_string(status) + "); it is asked again");
    }
    JsonReader reader;
    const auto json = reader.parse(body);
    if (!json || !json->is_object()) {
        return fail(
            status == 200 ? ErrorCode::unavailable : ErrorCode::refused,
            "the machine's identity service answered " + std::to_string(status) +
                " without JSON; is it one? See IDENTITY_ENDPOINT and AZURE_POD_IDENTITY_AUTHORITY_HOST");
    }
    return status == 200 ? accepted_token(*json, now) : refused_answer(status, *json);
}

Ticks identity_backoff(int failures) {
    const auto last = static_cast<int>(backoff.size());
    return backoff.at(static_cast<std::size_t>(std::clamp(failures, 1, last) - 1));
}

}  // namespace entrawatch::graph
