#include "core/rules/sigma_modifiers.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

struct Row {
    std::string_view name;
    Modifier modifier;
};
constexpr std::array rows{
    Row{"all", mod_all},
    Row{"cased", mod_cased},
    Row{"neq", mod_neq},
    Row{"contains", mod_contains},
    Row{"startswith", mod_startswith},
    Row{"endswith", mod_endswith},
    Row{"exists", mod_exists},
    Row{"re", mod_re},
    Row{"i", mod_re_i},
    Row{"m", mod_re_m},
    Row{"s", mod_re_s},
    Row{"cidr", mod_cidr},
    Row{"lt", mod_lt},
    Row{"lte", mod_lte},
    Row{"gt", mod_gt},
    Row{"gte", mod_gte},
    Row{"base64", mod_base64},
    Row{"base64offset", mod_base64offset},
    Row{"utf16le", mod_utf16le},
    Row{"wide", mod_utf16le},
    Row{"utf16be", mod_utf16be},
    Row{"utf16", mod_utf16},
    Row{"windash", mod_windash},
    Row{"fieldref", mod_fieldref},
    Row{"expand", mod_expand},
    Row{"minute", mod_minute},
    Row{"hour", mod_hour},
    Row{"day", mod_day},
    Row{"week", mod_week},
    Row{"month", mod_month},
    Row{"year", mod_year},
};

constexpr std::uint32_t regex_flags = mod_re_i | mod_re_m | mod_re_s;
constexpr std::uint32_t places = mod_contains | mod_startswith | mod_endswith;
constexpr std::uint32_t wides = mod_utf16le | mod_utf16be | mod_utf16;
constexpr std::uint32_t base64s = mod_base64 | mod_base64offset;
constexpr std::uint32_t for_texts = places | mod_cased | wides | base64s | mod_windash;

// Modifiers of `left` never stand beside modifiers of `right`; within one group, only one of them may.
struct Conflict {
    std::uint32_t left;
    std::uint32_t right;
};
constexpr std::array conflicts{
    Conflict{places, places},
    Conflict{mod_orders, mod_orders},
    Conflict{wides, wides},
    Conflict{base64s, base64s},
    Conflict{mod_times, mod_times},
    Conflict{mod_exists, ~std::uint32_t{mod_exists}},
    Conflict{mod_re, for_texts | mod_orders | mod_times | mod_cidr | mod_fieldref},
    Conflict{mod_cidr, for_texts | mod_orders | mod_times | mod_fieldref},
    Conflict{mod_orders | mod_times, for_texts | mod_fieldref},
    Conflict{mod_fieldref, wides | base64s | mod_windash | mod_expand},
    Conflict{mod_orders | mod_times, mod_expand},
};

std::string name_of(std::uint32_t modifier) {
    for (const Row& row : rows) {
        if (row.modifier == modifier) return std::string{row.name};
    }
    return {};
}

// The lowest bit of `set`.
std::uint32_t first_of(std::uint32_t set) {
    return set & (~set + 1);
}

void check_combinations(const FieldKey& key, int line, SigmaReading& reading, bool& usable) {
    for (const Conflict& conflict : conflicts) {
        const std::uint32_t left = key.modifiers & conflict.left;
        const std::uint32_t right = key.modifiers & conflict.right & ~first_of(left);
        if (left == 0 || right == 0) continue;
        reading.error(line, "modifiers `" + name_of(first_of(left)) + "` and `" + name_of(first_of(right)) +
                                "` do not go together");
        usable = false;
        return;
    }
    if (key.has(wides) && !key.has(base64s)) {
        reading.error(line,
                      "`" + name_of(first_of(key.modifiers & wides)) +
                          "` makes bytes that no JSON text holds; follow it with base64 or base64offset");
        usable = false;
    }
    if (key.field.empty() &&
        key.has(~std::uint32_t{mod_all | mod_contains | mod_cased | mod_re | regex_flags | mod_windash |
                               mod_expand | wides | base64s | mod_cidr})) {
        reading.error(line, "this modifier needs a field; keywords are searched in the whole record");
        usable = false;
    }
}

// Flags follow `re`; the encoding of the characters comes before the one of the bytes.
bool out_of_order(std::uint32_t modifier, std::uint32_t before, int line, SigmaReading& reading) {
    if ((modifier & regex_flags) != 0 && (before & mod_re) == 0) {
        reading.error(line, "`" + name_of(modifier) + "` is a flag of `re` and must follow it");
        return true;
    }
    if ((modifier & wides) != 0 && (before & base64s) != 0) {
        reading.error(line, "`" + name_of(modifier) + "` must stand before base64, which encodes its bytes");
        return true;
    }
    return false;
}

const Row* find_row(std::string_view name) {
    for (const Row& row : rows) {
        if (equal_ignoring_ascii_case(row.name, name)) return &row;
    }
    return nullptr;
}

}  // namespace

std::vector<std::string_view> modifier_names() {
    std::vector<std::string_view> names(rows.size());
    std::transform(rows.begin(), rows.end(), names.begin(), [](const Row& row) { return row.name; });
    return names;
}

FieldKey read_field_key(std::string_view key, int line, SigmaReading& reading) {
    FieldKey result;
    auto bar = key.find('|');
    result.field = std::string{trim(key.substr(0, bar))};
    while (bar != std::string_view::npos) {
        key.remove_prefix(bar + 1);
        bar = key.find('|');
        const std::string_view name = trim(key.substr(0, bar));
        const Row* row = find_row(name);
        if (row == nullptr) {
            reading.error(
                line, "unknown modifier `" + cut_utf8(name, 60) + "`" + did_you_mean(name, modifier_names()));
            result.usable = false;
            continue;
        }
        if (out_of_order(row->modifier, result.modifiers, line, reading)) result.usable = false;
        result.modifiers |= row->modifier;
    }
    if (result.usable) check_combinations(result, line, reading, result.usable);
    return result;
}

}  // namespace entrawatch
