// percent: percent-encoding of URLs and forms (RFC 3986, 2.1). Used where requests are made and read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace entrawatch {

// Everything but letters, digits and `kept` becomes %XX. URLs keep RFC 3986's unreserved characters, forms
// have no `~` among theirs.
inline constexpr std::string_view kept_in_urls = "-._~";
inline constexpr std::string_view kept_in_forms = "-._";
[[nodiscard]] std::string percent_encoded(std::string_view text, std::string_view kept = kept_in_urls);
// The way back; nullopt where a `%` is not followed by two hexadecimal digits.
[[nodiscard]] std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank = false);

}  // namespace entrawatch
