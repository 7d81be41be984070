// PIM role settings: what was changed stands in resultReason, in English sentences without the values before.
#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/differences/families.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t most_sentences = 100;

template <std::size_t count>
bool holds_one_of(std::string_view folded, const std::array<std::string_view, count>& words) {
    return std::ranges::any_of(
        words, [&](std::string_view word) { return folded.find(word) != std::string_view::npos; });
}

// A requirement that is switched off loosens; so does a permission ("permanent assignment") that is not.
std::string_view direction_of(std::string_view sentence) {
    const std::string folded = fold(sentence);
    constexpr std::array<std::string_view, 6> off{"disabled",  "removed",      "deleted",
                                                  "no longer", "not required", "turned off"};
    constexpr std::array<std::string_view, 2> lax{"permanent", "allow"};
    constexpr std::array<std::string_view, 3> on{"enabled", "required", "turned on"};
    const bool is_off = holds_one_of(folded, off);
    if (holds_one_of(folded, lax)) return is_off ? "tightened" : "loosened";
    if (is_off) return "loosened";
    return holds_one_of(folded, on) ? "tightened" : "changed";
}

std::size_t rank_of_direction(std::string_view direction) {
    if (direction == "loosened") return rank_of_heading;
    return direction == "changed" ? rank_of_acts : rank_of_settings;
}

std::string_view without_heading(std::string_view text) {
    constexpr std::string_view heading = "setting changes";
    if (!starts_with_ignoring_ascii_case(text, heading)) return text;
    const auto colon = text.find(": ");
    return colon == std::string_view::npos ? text : text.substr(colon + 2);
}

// Where the sentence ends that `text` begins with: 02:00:00.5 ends none.
std::size_t end_of_sentence(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' || text[i] == '\r') return i;
        if (text[i] == '.' && i + 1 < text.size() && text[i + 1] == ' ') return i;
    }
    return text.size();
}

}  // namespace

void tell_role_settings(std::string_view reason, Phrasing& phrasing) {
    std::string_view rest = without_heading(trim(reason));
    for (std::size_t told = 0; !rest.empty() && told < most_sentences; ++told) {
        const std::size_t end = told + 1 == most_sentences ? rest.size() : end_of_sentence(rest);
        std::string_view sentence = trim(rest.substr(0, end));
        while (sentence.ends_with('.'))
            sentence.remove_suffix(1);
        rest.remove_prefix(std::min(rest.size(), end + 1));
        if (sentence.empty()) continue;
        const std::string_view direction = direction_of(sentence);
        phrasing.add_act(rank_of_direction(direction), direction, {std::string{sentence}}, true);
    }
}

}  // namespace entrawatch
