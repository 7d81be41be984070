// Posture: what is wrong with the state of the directory, as records of the feed `posture`.
//
// Some things never appear in a log while we look: a synced account that has held a role for years, an
// emergency account that was disabled before we came, a change whose audit row Graph lost. So what
// daemon/directory_poller reads is judged too. A fact that lasts (a synced account holds a role) is one
// record with the time since which it has been seen; when it ends, the same record is revised to `State:
// closed`. A change between two readings (a domain became federated) is a record of its own. Records have the
// shape of a directory audit, are stored, matched and told like all others, and name no actor: a state has
// none. Read next: posture_facts.hpp.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/context/directory.hpp"

namespace entrawatch {

struct Posture {
    std::vector<std::string> records;      // JSON, ready for a page
    std::map<std::string, OpenFact> open;  // to remember: DirectoryReading::open of the next reading
};

// What `directory` (made from the newest reading) shows, beside `before`, the reading of last time.
// Deterministic: the same readings and the same `now` give the same records with the same ids.
[[nodiscard]] Posture judge_posture(const Directory& directory, const DirectoryReading& before, Instant now);

// The page that ingest() takes: {"value":[…]}.
[[nodiscard]] std::string posture_page(const std::vector<std::string>& records);

}  // namespace entrawatch
