// words: the settings of policies, their values and the ids that have words of their own.
//
// The label of a setting is put together from the words of the segments of its path ("B2B collaboration
// inbound, users and groups, access"); a path with a segment that has no words is shown as it is. A table;
// add a row to teach it more. Used by phrasing. Read next: acts.hpp.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace entrawatch {

struct ValueWords {
    std::string_view value;  // lower case
    std::string_view words;
};

// Words of a segment; empty: known, and left out of labels (a container); nullopt: not known.
[[nodiscard]] std::optional<std::string_view> segment_words(std::string_view lower_segment);
// The values of a setting whose last segment this is.
[[nodiscard]] std::span<const ValueWords> values_of(std::string_view lower_segment);
// As in the table, compared without case; the value itself where it has none.
[[nodiscard]] std::string_view in_table(std::span<const ValueWords> table, std::string_view value);

// When something was written: no change.
[[nodiscard]] bool is_bookkeeping(std::string_view lower_segment);
// A property that says what the row is about: no change either.
[[nodiscard]] bool describes_the_target(std::string_view lower_property);

// What Microsoft gave the same id in every tenant; empty when it is not such an id.
[[nodiscard]] std::string_view name_of_well_known(std::string_view lower_id);

// The flags of guestOrExternalUserTypes, from the first on.
[[nodiscard]] std::span<const std::string_view> guest_types();

}  // namespace entrawatch
