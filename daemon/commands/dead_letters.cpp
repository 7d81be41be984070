#include "daemon/commands/dead_letters.hpp"

#include <utility>

#include "daemon/commands/opening.hpp"

namespace entrawatch {

Result<DeliveryRow> dead_letter(Store& store, const std::string& id) {
    Store::DeadFilter filter;
    filter.webhook_id = id;
    filter.limit = 2;
    auto found = store.dead_letters(filter);
    if (!found) return fail(found.error());
    if (found->size() > 1)
        return fail(ErrorCode::invalid, "several dead letters begin with '" + id + "'; give more of the id");
    if (found->empty() || id.empty()) {
        return fail(ErrorCode::not_found, "no dead letter has an id that is or begins with '" + id +
                                              "'; `entrawatch alerts dead list` shows them");
    }
    return std::move(found->front());
}

Result<ChosenLetters> chosen_letters(Store& store, const DeadSelection& selection,
                                     const Invocation& invocation) {
    ChosenLetters chosen;
    for (const std::string& id : selection.ids) {
        auto letter = dead_letter(store, id);
        if (letter) {
            chosen.letters.push_back(std::move(*letter));
        } else if (letter.error().code == ErrorCode::not_found) {
            chosen.missing.push_back(id);
        } else {
            return fail(letter.error());
        }
    }
    if (!selection.ids.empty()) return chosen;
    const auto since = typed_time("--since", selection.since, invocation.now());
    if (!since) return fail(since.error());
    Store::DeadFilter filter;
    filter.destination = selection.destination;
    filter.since = *since;
    filter.limit = -1;  // all
    auto letters = store.dead_letters(filter);
    if (!letters) return fail(letters.error());
    chosen.letters = std::move(*letters);
    return chosen;
}

Result<> check_selection(const DeadSelection& selection) {
    const bool filtered = !selection.destination.empty() || !selection.since.empty();
    if (!selection.ids.empty() && (filtered || selection.all))
        return fail(ErrorCode::invalid, "name dead letters by id, or by --destination and --since: not both");
    if (selection.ids.empty() && !filtered && !selection.all) {
        return fail(ErrorCode::invalid,
                    "say which dead letters: by id, with --destination or --since, or --all of them");
    }
    return {};
}

}  // namespace entrawatch
