// retry_after: the Retry-After header, in seconds or as an HTTP date, as a time to wait. Pure. Used by answer
// and token.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/time.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch::graph {

// "Sun, 06 Nov 1994 08:49:37 GMT"; nullopt for anything else.
[[nodiscard]] std::optional<Instant> parse_http_date(std::string_view text);
// 0 to 1 h; more is cut to 1 h. A date counts from the answer's own Date, so that a wrong clock here does no
// harm; without one, from `now`.
[[nodiscard]] std::optional<Ticks> retry_after(const http::Headers& headers, Instant now);

}  // namespace entrawatch::graph
