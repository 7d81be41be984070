// Differences: what a record says was changed, in words: "removed requirement: MFA; excluded group:
// Break-glass (…)" instead of two long JSON texts.
//
// Each modified property is compared member by member, lists by what was added and removed whatever their
// order. Paths and values that are known get words (words.hpp), all others their own names, so that nothing
// is hidden; left out are only the times at which something was written and what says which object the row is
// about. Ids get
// the names that the record or the Directory knows. Pure, bounded, total. Costs more than a rule does:
// computed when an alert is opened, never for every event. Used by alerts/payload/native.cpp.
// Read next: document.hpp, compare.hpp, phrasing.hpp.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/context/directory.hpp"
#include "core/event/event.hpp"

namespace entrawatch {

inline constexpr std::size_t most_differences = 30;  // further ones are counted
inline constexpr std::size_t most_values = 10;    // of one side of one difference; further ones are counted
inline constexpr std::size_t longest_side = 512;  // bytes
inline constexpr std::size_t longest_what = 320;

struct Difference {
    std::string property;   // modified property, as sent; "resultReason" where the text of the row says it
    std::string what;       // "removed requirement", "state"; of an unknown path the path itself
    std::string old_value;  // for people; empty: nothing there
    std::string new_value;
    std::string text;  // the whole in words: "removed requirement: MFA", "state: on → report-only"
};

struct Differences {
    std::vector<Difference> list;  // what matters most first
    std::size_t further = 0;       // that are not in the list
};

// `directory` may be nullptr: ids of which the record gives no name stay ids.
[[nodiscard]] Differences differences_of(const Event& event, const Directory* directory);

// "a; b; c and 2 further differences", at most about `limit` bytes; empty when nothing differs.
[[nodiscard]] std::string in_words(const Differences& differences, std::size_t limit);

}  // namespace entrawatch
