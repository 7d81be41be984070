// full_records: the simulator's records at the size of real ones: sign-ins with every member that beta sends
// and the tenant's Conditional Access policies (5.5 KB), audits with whole objects inside strings (2.6 KB).
//
// None of them is worth an alert, except those of credential_added(). Used by traffic.
#pragma once

#include <string>
#include <vector>

#include "tests/simulator/cast.hpp"
#include "tests/simulator/dice.hpp"
#include "tests/simulator/record.hpp"

namespace entrawatch::bench {

// Who lives in the tenant, the busiest first.
struct Population {
    std::vector<simulator::Person> people;
    std::vector<simulator::ServicePrincipal> applications;
    std::vector<simulator::Place> places;
};
[[nodiscard]] Population make_population();

// A place among `count` (> 0): the n-th comes about 1/n as often as the first.
[[nodiscard]] std::size_t skewed_place(std::size_t count, simulator::Dice& dice);
template <class T>
[[nodiscard]] const T& skewed(const std::vector<T>& values, simulator::Dice& dice) {
    return values[skewed_place(values.size(), dice)];
}

[[nodiscard]] simulator::Document full_user_sign_in(const Population& population, Instant time,
                                                    bool interactive, simulator::Dice& dice);
[[nodiscard]] simulator::Document full_app_sign_in(const Population& population, Instant time,
                                                   bool managed_identity, simulator::Dice& dice);
[[nodiscard]] simulator::Document full_audit(const Population& population, Instant time,
                                             simulator::Dice& dice);
[[nodiscard]] simulator::Document full_risk(const Population& population, Instant time,
                                            simulator::Dice& dice);
// A secret is added to a service principal that was never seen before: an alert of its own.
[[nodiscard]] simulator::Document credential_added(const Population& population, Instant time,
                                                   simulator::Dice& dice);

}  // namespace entrawatch::bench
