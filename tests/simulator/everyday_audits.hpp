// everyday_audits: audit rows that fill a tenant's log on any working day and ask for nobody's attention.
//
// Among them some that careless rules take for attacks: an application registered without a key, a PIM
// activation that runs out.
#pragma once

#include <vector>

#include "tests/simulator/dice.hpp"
#include "tests/simulator/record.hpp"

namespace entrawatch::simulator {

// The rows of one everyday act, event times at or just after `time`.
[[nodiscard]] std::vector<Document> everyday_audit(Instant time, Dice& dice);

}  // namespace entrawatch::simulator
