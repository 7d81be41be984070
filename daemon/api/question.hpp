// question: a request to /api/v1 as the command line that asks the same. Pure.
//
//   GET  /api/v1/alerts?severity=high       alerts list --severity=high
//   GET  /api/v1/events?actor=eve&from=-2h  query --actor=eve --from=-2h
//   GET  /api/v1/coverage, /api/v1/scenarios
//   POST /api/v1/alerts/ID/ack|resolve      {"reason": "…"}
//
// Parameters are the commands' options, and are read by the same parser: there is one set of names, limits
// and errors. Used by api.hpp. Read next: daemon/options.hpp.
#pragma once

#include "daemon/http/message.hpp"
#include "daemon/options.hpp"

namespace entrawatch::api {

// So many rows unless `limit` is given.
inline constexpr int usual_limit = 100;

[[nodiscard]] bool is_question(const http::Request& request);  // below /api/v1
// not_found: no such path; refused: another method is meant; invalid: the parameters are wrong.
[[nodiscard]] Result<Command> question_of(const http::Request& request);

}  // namespace entrawatch::api
