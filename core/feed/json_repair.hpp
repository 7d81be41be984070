// Repair of JSON text that is readable but that the parser refuses: broken UTF-8, lone surrogate escapes,
// whole numbers of more than 64 bits. Only a copy is repaired; the octets received stay the evidence. Used by
// json.cpp alone.
#pragma once

#include <simdjson.h>
#include <string>
#include <string_view>

namespace entrawatch {

// Whether repair_json may help after this error.
[[nodiscard]] bool is_repairable(simdjson::error_code error);

// Broken UTF-8 and lone surrogates become U+FFFD; whole numbers of 19 digits and more become floating-point
// ones. Text that is no JSON stays no JSON.
[[nodiscard]] std::string repair_json(std::string_view text);

}  // namespace entrawatch
