#include "core/rules/sigma_wording.hpp"

#include <algorithm>
#include <array>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

struct Wording {
    std::uint32_t modifiers;  // any of them
    std::string_view words;
};

// The first that applies.
constexpr std::array relation_words{
    Wording{mod_re, "matches the expression"}, Wording{mod_cidr, "lies in the network"},
    Wording{mod_lt, "is less than"},           Wording{mod_lte, "is at most"},
    Wording{mod_gt, "is more than"},           Wording{mod_gte, "is at least"},
    Wording{mod_contains, "contains"},         Wording{mod_startswith, "begins with"},
    Wording{mod_endswith, "ends with"},
};
constexpr std::array parts_of_a_time{
    Wording{mod_minute, "minute"}, Wording{mod_hour, "hour"},   Wording{mod_day, "day"},
    Wording{mod_week, "week"},     Wording{mod_month, "month"}, Wording{mod_year, "year"},
};
constexpr std::array manners{
    Wording{mod_cased, "exactly"},
    Wording{mod_base64 | mod_base64offset, "in base64"},
    Wording{mod_windash, "with any dash"},
    Wording{mod_expand, "from the settings"},
};

template <class Wordings>
std::string_view words_of(const Wordings& all, const FieldKey& key, std::string_view otherwise) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Wording& one) { return key.has(one.modifiers); });
    return found == all.end() ? otherwise : found->words;
}

std::string value_in_words(const FieldKey& key, const YAML::Node& value) {
    if (scalar_type(value) == ScalarType::null) return "nothing";
    const std::string text = cut_utf8(value.Scalar(), max_worded_value_bytes);
    return key.has(mod_fieldref) ? "what `" + text + "` holds" : "'" + text + "'";
}

}  // namespace

std::string demand_in_words(const FieldKey& key, const std::vector<YAML::Node>& values) {
    if (key.has(mod_exists) && !values.empty())
        return equal_ignoring_ascii_case(values[0].Scalar(), "true") ? "is there" : "is missing or null";
    std::string words;
    if (const auto part = words_of(parts_of_a_time, key, ""); !part.empty())
        words = "has a time whose " + std::string{part} + " ";
    words += words_of(relation_words, key, key.field.empty() ? "contains" : "is");
    for (const Wording& manner : manners) {
        if (key.has(manner.modifiers)) words += ", " + std::string{manner.words} + ",";
    }
    const std::size_t shown = std::min(values.size(), max_worded_values);
    const std::string between = key.has(mod_all) ? " and " : " or ";
    for (std::size_t i = 0; i < shown; ++i)
        words += (i == 0 ? " " : between) + value_in_words(key, values[i]);
    if (values.size() > shown) words += between + std::to_string(values.size() - shown) + " more";
    return words;
}

}  // namespace entrawatch
