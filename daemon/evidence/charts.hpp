// charts: the figures of a report as inline SVG. Pure; nothing in them comes from elsewhere.
//
// Used by report. Read next: pack_figures.hpp.
#pragma once

#include <string>

#include "daemon/evidence/pack_figures.hpp"

namespace entrawatch {

// Events by day (or by several days, when there are many), stacked by feed, with a legend. Empty without
// events.
[[nodiscard]] std::string events_chart(const PackFigures& figures, Span span);
// Alerts by severity.
[[nodiscard]] std::string alerts_chart(const PackFigures& figures);
// What was read completely and what was not, feed by feed.
[[nodiscard]] std::string coverage_chart(const PackFigures& figures, Span span);

}  // namespace entrawatch
