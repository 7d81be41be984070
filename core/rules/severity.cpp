#include "core/rules/severity.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::array<std::string_view, 5> severity_names{"informational", "low", "medium", "high",
                                                         "critical"};

}  // namespace

std::string_view name_of(Severity severity) {
    return severity_names.at(static_cast<std::size_t>(severity));
}

std::optional<Severity> severity_of(std::string_view name) {
    for (std::size_t i = 0; i < severity_names.size(); ++i) {
        if (equal_ignoring_ascii_case(severity_names.at(i), name)) return static_cast<Severity>(i);
    }
    return std::nullopt;
}

Severity shifted(Severity severity, int steps) {
    constexpr int highest = static_cast<int>(severity_names.size()) - 1;
    const int bounded = std::clamp(steps, -highest, highest);
    return static_cast<Severity>(std::clamp(static_cast<int>(severity) + bounded, 0, highest));
}

}  // namespace entrawatch
