// odd_rows: rows that are right, and that a careless reader loses: equal times, fractions of every length,
// octets that no writer of JSON writes, and sizes at the edge. Used by behaviours.
#pragma once

#include <string>

#include "tests/simulator/dice.hpp"
#include "tests/simulator/tenant.hpp"

namespace entrawatch::simulator {

// `count` audit rows with the one event time.
void add_equal_times(Tenant& tenant, Instant time, int count, Dice& dice);
// Event times with 0, 1, 2, 3, 6 and 7 digits, trailing zeros trimmed as Graph does; and a row whose time
// cannot be read.
void add_fractions(Tenant& tenant, Instant time, Dice& dice);
// Members nobody knows, wrong types, nulls, a member twice, lone surrogates, U+0000, right-to-left marks,
// depth 60.
void add_odd_octets(Tenant& tenant, Instant time, Dice& dice);
// A record of 8 MB, 2,000 Conditional Access results in a sign-in, a page of more than 20 MB.
void add_huge_rows(Tenant& tenant, Instant time, Dice& dice);
// The same id in two of the sign-in streams.
void add_one_id_in_two_streams(Tenant& tenant, Instant time, Dice& dice);
// An alert that gathers evidence, a risky user whose level disagrees and who is said to be deleted, a
// detection completed without a new lastUpdatedDateTime: each revised within `live`.
void add_slow_changes(Tenant& tenant, Span live, Dice& dice);
// Of events up to `oldest` before `live`, shown one after the other during `live`.
void add_late_rows(Tenant& tenant, Span live, Ticks oldest, int count, Dice& dice);

}  // namespace entrawatch::simulator
