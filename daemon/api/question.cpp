#include "daemon/api/question.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "core/base/percent.hpp"
#include "core/base/text.hpp"

namespace entrawatch::api {
namespace {

using Words = std::vector<std::string>;

constexpr std::string_view root = "/api/v1/";
constexpr std::size_t most_parameters = 64;

struct Path {
    std::string_view name;
    std::array<std::string_view, 2> command;  // and its subcommand
    bool limited = false;                     // has --limit
};
constexpr std::array paths{Path{"alerts", {"alerts", "list"}, true}, Path{"events", {"query", ""}, true},
                           Path{"coverage", {"coverage", ""}}, Path{"scenarios", {"scenarios", ""}}};

std::string_view path_of(const http::Request& request) {
    const std::string_view target = request.url.target;
    return target.substr(0, target.find('?'));
}

// Options that a request cannot have: the settings are the daemon's, the answer is JSON, saved questions are
// for people.
bool is_ours(std::string_view name) {
    constexpr std::array ours{"config", "format", "help", "question", "explain"};
    return std::ranges::find(ours, name) != ours.end();
}

bool is_option_name(std::string_view name) {
    return !name.empty() && name.size() <= 32 &&
           std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; }) &&
           name.front() != '-';
}

Result<> add_parameter(std::string_view pair, Words& words) {
    const std::size_t equals = pair.find('=');
    const auto name = percent_decoded(pair.substr(0, equals), true);
    const auto value = equals == std::string_view::npos ? std::string{"true"}
                                                        : percent_decoded(pair.substr(equals + 1), true);
    if (!name || !value)
        return fail(ErrorCode::invalid, "a % in the query is not followed by two hexadecimal digits");
    if (value->find('\0') != std::string::npos)
        return fail(ErrorCode::invalid, "a parameter holds a zero octet", for_terminal(cut_utf8(*name, 40)));
    if (!is_option_name(*name) || is_ours(*name))
        return fail(ErrorCode::invalid, "there is no such parameter", for_terminal(cut_utf8(*name, 40)));
    words.push_back("--" + *name + "=" + *value);
    return {};
}

Result<Words> parameters_of(const http::Request& request) {
    Words words;
    std::string_view target = request.url.target;
    const std::size_t mark = target.find('?');
    if (mark == std::string_view::npos) return words;
    target.remove_prefix(mark + 1);
    while (!target.empty()) {
        const std::size_t end = target.find('&');
        const std::string_view pair = target.substr(0, end);
        target.remove_prefix(end == std::string_view::npos ? target.size() : end + 1);
        if (pair.empty()) continue;
        if (words.size() == most_parameters)
            return fail(ErrorCode::invalid, "the query has more than 64 parameters");
        if (auto added = add_parameter(pair, words); !added) return fail(added.error());
    }
    return words;
}

Result<Command> listing(const Path& path, const http::Request& request) {
    if (request.method != "GET" && request.method != "HEAD") return fail(ErrorCode::refused, "GET");
    const auto parameters = parameters_of(request);
    if (!parameters) return fail(parameters.error());
    // The parser asks for the settings file; the daemon has it.
    Words words;
    for (const std::string_view word : path.command) {
        if (!word.empty()) words.emplace_back(word);
    }
    words.insert(words.end(), {"--config=-", "--format=json"});
    words.insert(words.end(), parameters->begin(), parameters->end());
    const bool has_limit = std::ranges::any_of(
        *parameters, [](const std::string& word) { return word.starts_with("--limit="); });
    if (path.limited && !has_limit) words.push_back("--limit=" + std::to_string(usual_limit));
    return parse_options(words);
}

// {"reason": "…"}; told apart from a form, which any page in a browser can send.
Result<std::string> reason_in(const http::Request& request) {
    const std::string_view type = request.headers.get("content-type");
    if (!equal_ignoring_ascii_case(trim(type.substr(0, type.find(';'))), "application/json"))
        return fail(ErrorCode::invalid, "the content type must be application/json");
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    if (!body.is_object() || body.size() != 1 || !body.contains("reason") || !body["reason"].is_string())
        return fail(ErrorCode::invalid, "the body must be {\"reason\": \"...\"}");
    return body["reason"].get<std::string>();
}

Result<Command> handling(std::string_view id, std::string_view verb, const http::Request& request) {
    if (request.method != "POST") return fail(ErrorCode::refused, "POST");
    auto reason = reason_in(request);
    if (!reason) return fail(reason.error());
    const auto parameters = parameters_of(request);
    if (!parameters) return fail(parameters.error());
    Words words{"alerts", std::string{verb}, "--config=-", "--reason=" + *reason};
    words.insert(words.end(), parameters->begin(), parameters->end());
    words.insert(words.end(), {"--", std::string{id}});
    return parse_options(words);
}

}  // namespace

bool is_question(const http::Request& request) {
    return path_of(request).starts_with(root);
}

Result<Command> question_of(const http::Request& request) {
    const std::string_view rest = path_of(request).substr(root.size());
    const auto known = std::ranges::find(paths, rest, &Path::name);
    if (known != paths.end()) return listing(*known, request);
    const std::size_t first = rest.find('/');
    const std::size_t last = rest.rfind('/');
    if (rest.substr(0, first) == "alerts" && last != std::string_view::npos && last > first + 1) {
        const std::string_view verb = rest.substr(last + 1);
        const std::string_view id = rest.substr(first + 1, last - first - 1);
        if ((verb == "ack" || verb == "resolve") && id.find('/') == std::string_view::npos)
            return handling(id, verb, request);
    }
    return fail(
        ErrorCode::not_found,
        "nothing here; there are /api/v1/alerts, /api/v1/events, /api/v1/coverage, /api/v1/scenarios, and "
        "POST /api/v1/alerts/ID/ack or /resolve");
}

}  // namespace entrawatch::api
