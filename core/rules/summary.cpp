#include "core/rules/summary.hpp"

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// "field|otherwise" to its two halves; no bar: the field, and the word for what is missing.
struct PlaceParts {
    std::string_view field;
    std::string_view otherwise = missing_in_words;
};

PlaceParts place_of(std::string_view inside) {
    const auto bar = inside.find('|');
    if (bar == std::string_view::npos) return {trim(inside)};
    return {trim(inside.substr(0, bar)), inside.substr(bar + 1)};
}

// Calls text(part) and place(name) in order; false when the braces do not pair.
template <class Text, class Place>
bool walk(std::string_view sentence, Text text, Place place) {
    while (!sentence.empty()) {
        const auto brace = sentence.find_first_of("{}");
        text(sentence.substr(0, brace));
        if (brace == std::string_view::npos) return true;
        const char c = sentence[brace];
        sentence.remove_prefix(brace + 1);
        if (sentence.starts_with(c)) {
            text(sentence.substr(0, 1));
            sentence.remove_prefix(1);
            continue;
        }
        const auto end = sentence.find_first_of("{}");
        if (c == '}' || end == std::string_view::npos || sentence[end] == '{') return false;
        place(sentence.substr(0, end));
        sentence.remove_prefix(end + 1);
    }
    return true;
}

}  // namespace

Result<std::vector<std::string>> summary_places(std::string_view sentence) {
    if (sentence.size() > max_summary_bytes) {
        return fail(ErrorCode::too_large,
                    "the summary is longer than " + std::to_string(max_summary_bytes) + " bytes");
    }
    std::vector<std::string> names;
    const bool paired = walk(
        sentence, [](std::string_view) {},
        [&](std::string_view inside) { names.emplace_back(place_of(inside).field); });
    if (!paired) {
        return fail(ErrorCode::invalid,
                    "a brace in the summary has no partner; write {{ for a brace that is text");
    }
    return names;
}

std::optional<std::string> take_differences_place(std::string& sentence) {
    const auto open = sentence.rfind('{');
    if (open == std::string::npos || sentence.find('}', open) != sentence.size() - 1) return std::nullopt;
    const std::string_view inside = std::string_view{sentence}.substr(open + 1, sentence.size() - open - 2);
    const PlaceParts place = place_of(inside);
    if (place.field != differences_place) return std::nullopt;
    std::string otherwise{place.otherwise};
    sentence.resize(open);
    return otherwise;
}

std::string fill_summary(std::string_view sentence, const std::function<std::string(std::size_t)>& value_of) {
    std::string filled;
    std::size_t place = 0;
    walk(
        sentence, [&](std::string_view text) { filled += text; },
        [&](std::string_view inside) {
            const std::string words = value_of(place++);
            filled += words.empty() ? std::string{place_of(inside).otherwise} : words;
        });
    return filled;
}

std::string as_summary_text(std::string_view text) {
    std::string doubled;
    for (const char c : text) {
        doubled += c;
        if (c == '{' || c == '}') doubled += c;
    }
    return doubled;
}

std::string values_in_words(std::span<const FieldValue> values) {
    std::string words;
    std::size_t shown = 0;
    std::size_t left_out = 0;
    for (const FieldValue& value : values) {
        if (value.text.empty()) continue;
        if (shown == max_summary_values) {
            ++left_out;
            continue;
        }
        words += (shown++ > 0 ? ", " : "") + cut_utf8(value.text, max_summary_value_bytes);
    }
    if (left_out > 0) words += " and " + std::to_string(left_out) + " more";
    return words;
}

}  // namespace entrawatch
