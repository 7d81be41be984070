// Severity: Sigma's levels, in order.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace entrawatch {

// Ordered: a comparison means what it says.
enum class Severity : std::uint8_t { informational, low, medium, high, critical };

[[nodiscard]] std::string_view name_of(Severity severity);
[[nodiscard]] std::optional<Severity> severity_of(std::string_view name);
// One step up or down per `steps`, capped at both ends.
[[nodiscard]] Severity shifted(Severity severity, int steps);

}  // namespace entrawatch
