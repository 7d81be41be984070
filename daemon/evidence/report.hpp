// report: an evidence pack as a page for people, self-contained: no script, nothing from elsewhere; and its
// mapping to published controls.
//
// Every text goes through html(). Used by evidence_export. Read next: charts.hpp, pack_figures.hpp.
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "config/controls.hpp"
#include "daemon/evidence/pack_figures.hpp"

namespace entrawatch {

struct ReportInput {
    std::string tenant, tenant_id;
    Span span;
    Instant made_at;
    std::string made_by;
    std::string key;    // id of the key that signs the manifest; empty: it is not signed
    std::string style;  // CSS
    const PackFigures& figures;
    const std::vector<Control>& controls;
};

void write_report(std::ostream& out, const ReportInput& input);
// controls.md
void write_controls(std::ostream& out, const ReportInput& input);

// What the pack holds about a control, in one line of numbers.
[[nodiscard]] std::string control_figures(const Control& control, const PackFigures& figures);

}  // namespace entrawatch
