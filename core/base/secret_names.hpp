// Names under which a value is a secret, wherever it is shown or sent.
#pragma once

#include <cstddef>
#include <string_view>

namespace entrawatch {

inline constexpr std::string_view redacted = "[redacted]";
// "true", "false" and short words are settings, not secrets.
inline constexpr std::size_t shortest_secret = 6;

// Whether the folded name holds "password" or "secret". Settings about passwords that are known to hold none
// (TrustedCAsForPasswordlessAuth, PasswordValidityPeriodDays) are no secrets.
[[nodiscard]] bool names_a_secret(std::string_view name);

}  // namespace entrawatch
