// SharedEnds: what two texts begin and end with alike, so that the second is stored as its middle.
//
// The old and the new value of a property are long where they are alike: policies, lists of licences. Stored
// twice they were a third of the file. Plain SQL puts the text together again, see the view `event_changes`.
// Private to event_writer.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace entrawatch {

struct SharedEnds {
    std::int64_t start = 0;   // characters that both begin with, as SQLite's substr() counts them
    std::int64_t end = 0;     // and end with; the two parts never overlap
    std::string_view middle;  // of `text`
};

// How `text` can be told from `other`; nullopt when that is not worth two more columns, or when SQL could not
// put it together (a text with NUL in it ends there for substr()). Both are UTF-8.
[[nodiscard]] std::optional<SharedEnds> shared_ends(std::string_view other, std::string_view text);

}  // namespace entrawatch
