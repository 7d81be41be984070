// The modifiers of Sigma (`field|contains|all`): their names, and which of them go together.
//
// Used by sigma_values. A new modifier is one row in sigma_modifiers.cpp. Read next: sigma_values.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {

// Bits, so that a set of modifiers is one number.
enum Modifier : std::uint32_t {
    mod_all = 1U << 0,
    mod_cased = 1U << 1,
    mod_neq = 1U << 2,
    mod_contains = 1U << 3,
    mod_startswith = 1U << 4,
    mod_endswith = 1U << 5,
    mod_exists = 1U << 6,
    mod_re = 1U << 7,
    mod_re_i = 1U << 8,
    mod_re_m = 1U << 9,
    mod_re_s = 1U << 10,
    mod_cidr = 1U << 11,
    mod_lt = 1U << 12,
    mod_lte = 1U << 13,
    mod_gt = 1U << 14,
    mod_gte = 1U << 15,
    mod_base64 = 1U << 16,
    mod_base64offset = 1U << 17,
    mod_utf16le = 1U << 18,
    mod_utf16be = 1U << 19,
    mod_utf16 = 1U << 20,
    mod_windash = 1U << 21,
    mod_fieldref = 1U << 22,
    mod_expand = 1U << 23,
    mod_minute = 1U << 24,
    mod_hour = 1U << 25,
    mod_day = 1U << 26,
    mod_week = 1U << 27,
    mod_month = 1U << 28,
    mod_year = 1U << 29,
};
inline constexpr std::uint32_t mod_orders = mod_lt | mod_lte | mod_gt | mod_gte;
inline constexpr std::uint32_t mod_times = mod_minute | mod_hour | mod_day | mod_week | mod_month | mod_year;

struct FieldKey {
    std::string field;  // empty: a keyword, searched in the whole record
    std::uint32_t modifiers = 0;
    bool usable = true;  // false: a problem was reported
    [[nodiscard]] bool has(std::uint32_t any_of) const { return (modifiers & any_of) != 0; }
};

// Splits "field|mod|mod" and reports unknown modifiers, wrong order and combinations that mean nothing.
[[nodiscard]] FieldKey read_field_key(std::string_view key, int line, SigmaReading& reading);
[[nodiscard]] std::vector<std::string_view> modifier_names();

}  // namespace entrawatch
