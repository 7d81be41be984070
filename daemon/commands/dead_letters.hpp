// dead_letters: the deliveries that were given up, and which of them a person means.
//
// Used by `alerts dead …`. Read next: alert_story.hpp.
#pragma once

#include <string>
#include <vector>

#include "core/store/store.hpp"
#include "daemon/commands/invocation.hpp"
#include "daemon/options.hpp"

namespace entrawatch {

// The only dead letter whose webhook id is, or begins with, `id`; not_found when there is none.
[[nodiscard]] Result<DeliveryRow> dead_letter(Store& store, const std::string& id);

// Of the ids alone, or of all that the filters let through. Ids that this tenant does not have are passed
// over and named in `missing`.
struct ChosenLetters {
    std::vector<DeliveryRow> letters;
    std::vector<std::string> missing;
};
[[nodiscard]] Result<ChosenLetters> chosen_letters(Store& store, const DeadSelection& selection,
                                                   const Invocation& invocation);

// Whether it says at all which letters are meant.
[[nodiscard]] Result<> check_selection(const DeadSelection& selection);

}  // namespace entrawatch
