// identity_answer: what the answers of an Azure machine's identity service mean. Pure. Used by token_request.
#pragma once

#include <string_view>

#include "core/base/time.hpp"
#include "daemon/graph/token_answer.hpp"

namespace entrawatch::graph {

// Error with what to do; what may pass (404, 410, 429, 5xx: the service is busy or being updated) is
// `unavailable`, everything else `refused`. `now`: some hosts say only at which time a token ends.
[[nodiscard]] Result<TokenAnswer> parse_identity_answer(int status, std::string_view body, Instant now);

// How long to wait after so many failures in a row: the first repeat is at once, then 2, 6, 14, 30 and 60 s.
[[nodiscard]] Ticks identity_backoff(int failures);

}  // namespace entrawatch::graph
