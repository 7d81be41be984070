// enqueue: writes down what is to be told of an alert and to whom: one notification, one delivery row for
// each destination, due or held back by a mute.
//
// Runs inside the transaction that changes the alert. Used by ingest, `alerts ack|resolve` and mute_watch.
// Read next: due_rows.hpp, which asks about mutes once more before anything is sent.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/alert.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

struct Telling {
    std::string_view type;  // "alert.opened"
    const AlertRow* alert = nullptr;
    std::vector<std::string> destinations;
    Instant now;
};

// `due` counts the new rows of each destination that may be sent. The notification's number.
[[nodiscard]] Result<std::int64_t> enqueue(Store& store, const Telling& telling,
                                           std::map<std::string, int>& due);

// Adds the counts of one transaction to those of the others.
void add_due(std::map<std::string, int>& due, const std::map<std::string, int>& added);

// The number of the mute in `mutes` that holds a promised row back now.
[[nodiscard]] Result<std::optional<std::int64_t>> held_by(Store& store, const std::vector<MuteRow>& mutes,
                                                          const DeliveryRow& row, Instant now);

// The two halves of it: what is told, and to whom.
[[nodiscard]] Result<std::int64_t> write_notification(Store& store, const Telling& telling);
[[nodiscard]] Result<> promise(Store& store, std::int64_t notification, const Telling& telling,
                               std::map<std::string, int>& due);

}  // namespace entrawatch
