// risk_records: rows of Identity Protection, which change after they were first shown.
//
// Used by noise. Later forms keep the id and move lastUpdatedDateTime.
#pragma once

#include "tests/simulator/cast.hpp"
#include "tests/simulator/dice.hpp"
#include "tests/simulator/record.hpp"

namespace entrawatch::simulator {

struct RiskTimes {
    Instant activity;
    Instant detected;
    Instant updated;
};

[[nodiscard]] Document risk_detection(const Person& person, const Place& place, const RiskTimes& times,
                                      Dice& dice);
// The same detection after the user changed the password.
[[nodiscard]] Document remediated(Document detection, Instant updated);

// First shown with most members null.
[[nodiscard]] Document early_service_principal_risk(const ServicePrincipal& app, const RiskTimes& times,
                                                    Dice& dice);
[[nodiscard]] Document completed(Document detection, const ServicePrincipal& app, Instant updated);

}  // namespace entrawatch::simulator
