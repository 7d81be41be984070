// metrics: Status in the Prometheus text format (version 0.0.4). Pure. Used by routes.
#pragma once

#include <string>

#include "daemon/status.hpp"

namespace entrawatch {

[[nodiscard]] std::string metrics_text(const Status& status, Instant now);

}  // namespace entrawatch
