// checker: what a collector holds against what the simulated tenant's ledger says that it must hold.
//
// Judges by what others can see: the store as an auditor reads it and the POSTs at the receiver, never by the
// daemon's own counters. Used by the campaign. Read next: estate.hpp.
#pragma once

#include <string>

#include "tests/simulator/campaign/estate.hpp"

namespace entrawatch::simulator {

struct Score {
    int events_expected = 0, events_stored = 0;
    int missing = 0;     // in the ledger, not in the store
    int outdated = 0;    // stored, and shown in another form than the newest
    int unheard_of = 0;  // stored, and not in the ledger (the feed `posture` is the daemon's own)
    int revisions_expected = 0, revisions_stored = 0;  // what changes twice between two readings is seen once
    int alerts_expected = 0, alerts_missing = 0;
    int alerts_twice = 0;  // one act and one rule, told under several ids
    int windows = 0;       // that the ledger of the daemon calls complete
    int windows_wrong =
        0;  // of them: a row that was shown before they were opened was stored after they were completed
    std::string broken;       // the evidence chain, in words; empty = whole. Only after the daemon has ended
    std::string first_fault;  // an example, for whoever looks for the cause

    [[nodiscard]] bool complete() const { return missing == 0 && outdated == 0 && alerts_missing == 0; }
    [[nodiscard]] bool clean() const {
        return complete() && unheard_of == 0 && alerts_twice == 0 && windows_wrong == 0 && broken.empty();
    }
};

// `forgets`: what is older than the tenant's retention is no loss. A store that cannot be read holds nothing.
[[nodiscard]] Score judge(const Estate& estate, const Plot& plot, bool forgets);
// As auditors do, with the public key beside the database. Empty: whole.
[[nodiscard]] std::string broken_chain(const Estate& estate, const Plot& plot);

}  // namespace entrawatch::simulator
