// answer: what Graph's answer means for the window that asked. Pure; one named outcome for every status and
// body shape.
//
// Source of the table: Graph error shapes as observed (README.md of this folder). Used by graph_client and
// feed_poller.
#pragma once

#include <optional>
#include <string>

#include "core/base/time.hpp"
#include "core/feed/feed.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch::graph {

enum class Outcome {
    page,            // 200 with something that may be a page
    new_token,       // 401, 403 insufficient_claims: fetch a token, repeat the same link once
    throttled,       // 429, 503 with Retry-After: the whole budget group waits
    transient,       // no answer, 5xx, a body that is no page
    too_slow,        // 504 or our own time-out: halve the window
    restart_window,  // 400 about a skip token: begin the window again, never resume, never take it for the
                     // end
    parked,          // 403, 400 AadPremiumLicenseRequired: this feed only, re-probed later
    bad_request,     // 400 about our own query: a bug or a changed API; say it, do not spin
};
[[nodiscard]] std::string_view name_of(Outcome outcome);

struct Judgement {
    Outcome outcome = Outcome::transient;
    std::string code;     // Graph's error code
    std::string message;  // for people: what happened and what to do
    std::string reason;   // parked: "licence" | "permission" | "refused"
    std::optional<Ticks> retry_after;
    std::string request_id;  // request-id and client-request-id, for support
};

[[nodiscard]] Judgement judge(const http::Response& response, const Feed& feed, Instant now);

}  // namespace entrawatch::graph
