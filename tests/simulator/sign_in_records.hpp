// sign_in_records: sign-in rows of the four kinds, with the members that beta sends.
//
// Used by noise and story. A row may be corrected later: early_form() is what Graph shows first.
#pragma once

#include <string>

#include "tests/simulator/cast.hpp"
#include "tests/simulator/dice.hpp"
#include "tests/simulator/record.hpp"

namespace entrawatch::simulator {

struct UserSignIn {
    Person person;
    Place place;
    ServicePrincipal application;
    ServicePrincipal resource;
    Instant time;
    bool interactive = true;
    bool multi_factor = true;
    int error_code = 0;  // 0 success; 50126 wrong password; 50076 MFA asked for
};

[[nodiscard]] Document user_sign_in(const UserSignIn& sign_in, Dice& dice);
// Authentication details before they are complete: no steps yet, single factor.
[[nodiscard]] Document early_form(Document sign_in);

struct AppSignIn {
    ServicePrincipal application;
    ServicePrincipal resource;
    Place place;
    Instant time;
    bool managed_identity = false;  // no address, no place
};

[[nodiscard]] Document app_sign_in(const AppSignIn& sign_in, Dice& dice);

}  // namespace entrawatch::simulator
