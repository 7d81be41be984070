#include "daemon/graph/answer.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/feed/json.hpp"
#include "daemon/graph/retry_after.hpp"

namespace entrawatch::graph {

namespace {

constexpr std::size_t max_error_body = std::size_t{64} * 1024;
constexpr std::size_t max_quoted = 300;
// Within it windows find what is new all the same: they overlap, and ask past their end (sweep_plan).
constexpr Ticks max_clock_difference = std::chrono::minutes{10};

// What the error body says, whichever of the shapes it has; all empty when it has none.
struct Fault {
    std::string code;
    std::string message;
    std::string request_id;
};

std::string quotable(std::string_view text) {
    return cut_utf8(for_terminal(text), max_quoted);
}

Fault read_fault(std::string_view body) {
    Fault fault;
    if (body.size() > max_error_body) return fault;
    JsonReader reader;
    const auto json = reader.parse(body);
    if (!json) return fault;
    const auto error = member(*json, "error");
    const Json source = error && error->is_object() ? *error : *json;
    fault.code = quotable(text_of(source, "code"));
    if (fault.code.empty()) fault.code = quotable(text_of(source, "errorCode"));
    fault.message = quotable(text_of(source, "message"));
    for (const char* name : {"innerError", "innererror"}) {
        const auto inner = member(source, name);
        if (inner && fault.request_id.empty()) fault.request_id = quotable(text_of(*inner, "request-id"));
    }
    return fault;
}

bool mentions(const Fault& fault, std::string_view words) {
    return to_lower_ascii(fault.message).find(words) != std::string::npos;
}

bool is_lost_page_token(const Fault& fault) {
    return fault.code == "Directory_ExpiredPageToken" ||
           fault.code == "DirectoryPageTokenNotFoundException" || mentions(fault, "skip token") ||
           mentions(fault, "skiptoken") || mentions(fault, "token not found");
}

bool is_licence_refusal(const Fault& fault) {
    return fault.code == "Authentication_RequestFromNonPremiumTenantOrB2CTenant" ||
           fault.code == "AadPremiumLicenseRequired" || mentions(fault, "not licensed") ||
           mentions(fault, "premium license");
}

bool is_permission_refusal(const Fault& fault) {
    return fault.code == "Authentication_MSGraphPermissionMissing" ||
           fault.code == "Authorization_RequestDenied" || mentions(fault, "insufficient privileges");
}

std::string quoted(const Fault& fault) {
    return fault.message.empty() ? std::string{} : ": \"" + fault.message + "\"";
}

// Enough to tell a page from a proxy's greeting or half an answer; the store lane parses it in full.
bool may_be_page(std::string_view body) {
    const std::string_view text = trim(body);
    return text.size() >= 2 && text.front() == '{' && text.back() == '}' &&
           !trim(text.substr(1, 64)).starts_with("\"error\"");
}

void judge_success(Judgement& judgement, const http::Response& response) {
    if (response.status == 200 && may_be_page(response.body)) {
        judgement.outcome = Outcome::page;
    } else if (response.status == 206) {
        judgement.message = "Graph answered only in part (206): " + quotable(response.headers.get("Warning"));
    } else {
        judgement.message = "the answer is no page (a proxy's page, or cut short?)";
    }
}

void park(Judgement& judgement, const Feed& feed, const Fault& fault) {
    judgement.outcome = Outcome::parked;
    if (is_licence_refusal(fault)) {
        judgement.reason = "licence";
        judgement.message = "the tenant has no licence for this feed (needs: " + std::string{feed.licence} +
                            "); also seen when Directory.Read.All is missing" + quoted(fault);
    } else if (is_permission_refusal(fault)) {
        judgement.reason = "permission";
        judgement.message =
            "grant the application, with admin consent: " + std::string{feed.permission} + quoted(fault);
    } else {
        judgement.reason = "refused";
        judgement.message =
            "Graph refuses this feed (403); needed are " + std::string{feed.permission} + quoted(fault);
    }
}

void judge_bad_request(Judgement& judgement, const Feed& feed, const Fault& fault) {
    if (is_lost_page_token(fault)) {
        judgement.outcome = Outcome::restart_window;
        judgement.message = "Graph has forgotten the page token; the window begins again" + quoted(fault);
    } else if (fault.code == "AadPremiumLicenseRequired") {
        park(judgement, feed, fault);
    } else {
        judgement.outcome = Outcome::bad_request;
        judgement.message = "Graph does not accept our query; please report this" + quoted(fault);
    }
}

void judge_refusal(Judgement& judgement, const http::Response& response, const Feed& feed,
                   const Fault& fault) {
    const std::string challenge = to_lower_ascii(response.headers.get("WWW-Authenticate"));
    if (challenge.find("insufficient_claims") != std::string::npos) {
        judgement.outcome = Outcome::new_token;
        judgement.message = "Graph asks for a token with newer claims (403)";
    } else {
        park(judgement, feed, fault);
    }
}

void judge_server_fault(Judgement& judgement, int status, const Fault& fault) {
    const bool too_busy = status == 503 && judgement.retry_after;
    judgement.outcome = status == 504 ? Outcome::too_slow
                        : too_busy    ? Outcome::throttled
                                      : Outcome::transient;
    judgement.message = "Graph fails with " + std::to_string(status) + quoted(fault);
}

// A clock that is ahead would call spans complete that are not over, and one that is behind would read of
// yesterday and call it tonight. Rather nothing is read, and it is said; the gap is backfilled.
void judge_clock(Judgement& judgement, const http::Response& response, Instant now) {
    const auto there = parse_http_date(trim(response.headers.get("Date")));
    if (!there) return;
    const Ticks difference = now < *there ? *there - now : now - *there;
    if (difference <= max_clock_difference) return;
    judgement.outcome = Outcome::transient;
    judgement.code = "WrongClock";
    judgement.message = "this machine's clock is " + to_words(difference) +
                        (now < *there ? " behind" : " ahead of") +
                        " Graph's; nothing is read until it is right again (timedatectl)";
}

void judge_other(Judgement& judgement, const http::Response& response, const Feed& feed, const Fault& fault) {
    const int status = response.status;
    const std::string number = std::to_string(status);
    if (status == 400) return judge_bad_request(judgement, feed, fault);
    if (status == 403) return judge_refusal(judgement, response, feed, fault);
    if (status >= 500) return judge_server_fault(judgement, status, fault);
    if (status == 401) {
        judgement.outcome = Outcome::new_token;
        judgement.message = "Graph does not accept the token (401)" + quoted(fault);
    } else if (status == 429) {
        judgement.outcome = Outcome::throttled;
        judgement.message = "Graph asks us to slow down (429)" + quoted(fault);
    } else if (status == 410) {
        judgement.outcome = Outcome::restart_window;
        judgement.message = "Graph asks us to begin again (410)" + quoted(fault);
    } else if (status == 408 || status < 400) {
        judgement.message = "an answer that is none of Graph's (" + number + "): is a proxy in between?";
    } else {
        judgement.outcome = Outcome::bad_request;
        judgement.message =
            "Graph does not know our query (" + number + "); check graph_url, or report this" + quoted(fault);
    }
}

std::string ids_of(const http::Response& response, const Fault& fault) {
    const std::string_view request = response.headers.get("request-id");
    const std::string_view client = response.headers.get("client-request-id");
    std::string ids = request.empty() ? fault.request_id : quotable(request);
    if (!client.empty()) ids += (ids.empty() ? "" : " ") + ("client-request-id " + quotable(client));
    return ids;
}

}  // namespace

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::page:
            return "page";
        case Outcome::new_token:
            return "new_token";
        case Outcome::throttled:
            return "throttled";
        case Outcome::transient:
            return "transient";
        case Outcome::too_slow:
            return "too_slow";
        case Outcome::restart_window:
            return "restart_window";
        case Outcome::parked:
            return "parked";
        case Outcome::bad_request:
            return "bad_request";
    }
    return "transient";
}

Judgement judge(const http::Response& response, const Feed& feed, Instant now) {
    Judgement judgement;
    if (response.status >= 200 && response.status < 300) {
        judge_success(judgement, response);
        if (judgement.outcome == Outcome::page) judge_clock(judgement, response, now);
        judgement.request_id = ids_of(response, {});
        return judgement;
    }
    const Fault fault = read_fault(response.body);
    judgement.code = fault.code;
    judgement.request_id = ids_of(response, fault);
    judgement.retry_after = retry_after(response.headers, now);
    judge_other(judgement, response, feed, fault);
    return judgement;
}

}  // namespace entrawatch::graph
