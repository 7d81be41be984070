// provisioning_records: rows of the provisioning log, as the jobs of an application write them.
//
// Used by noise and by tests.
#pragma once

#include <string>

#include "tests/simulator/cast.hpp"
#include "tests/simulator/dice.hpp"
#include "tests/simulator/record.hpp"

namespace entrawatch::simulator {

struct ProvisioningRow {
    Person person;
    ServicePrincipal application;  // whose job it is
    std::string action = "update";
    bool conflict = false;  // it failed: the application knows somebody of that name
    Instant time;
};
[[nodiscard]] Document provisioning_row(const ProvisioningRow& row, Dice& dice);

}  // namespace entrawatch::simulator
