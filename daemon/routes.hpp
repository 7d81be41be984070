// routes: what the daemon answers on `listen`. Pure: a request and what is known become a response.
//
// /api/v1 is answered elsewhere: see api/api.hpp.
//
// /healthz  200 while every store takes writes, 503 with the reason otherwise
// /readyz   200 once every feed has had its first answer or is known to be parked and the directory was read
// or refused; 503 with reasons as JSON /metrics  Prometheus text, names entrawatch_…
#pragma once

#include "daemon/http/message.hpp"
#include "daemon/status.hpp"

namespace entrawatch {

[[nodiscard]] http::Response route(const http::Request& request, const Status& status, Instant now);

}  // namespace entrawatch
