// Cast: who lives in the simulated tenant. Fixed people, applications, roles and places, all made up.
//
// Used by noise, story, directory reads, the demo and whoever writes a test on them.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entrawatch::simulator {

struct Person {
    std::string id;
    std::string name;
    std::string principal_name;
};

// An application's service principal, or a managed identity.
struct ServicePrincipal {
    std::string id;
    std::string app_id;
    std::string name;
};

struct Place {
    std::string ip;
    std::string city, state, country;
    double latitude = 0, longitude = 0;
};

struct Role {
    std::string template_id;
    std::string name;
    std::string object_id;  // of the tenant's directoryRole; differs from the template
    std::string well_known_name;
    bool built_in = true;
};

struct Group {
    std::string id;
    std::string name;
};

struct Cast {
    std::string tenant_id;
    std::string tenant_name;
    std::vector<Person> people;  // ordinary users
    Person emergency;            // breakglass1
    Person second_emergency;     // breakglass2, which nobody uses
    Person administrator;        // activates roles through PIM
    Person old_hand;             // from on-premises, and still a helpdesk operator; signs in nowhere
    Person intruder;             // an ordinary account in the wrong hands
    ServicePrincipal ms_pim;     // known by its appId, never by its name
    ServicePrincipal pipeline;   // receives Global Administrator
    ServicePrincipal payroll;    // receives a secret
    std::vector<ServicePrincipal> applications;
    std::vector<ServicePrincipal> managed_identities;
    std::vector<ServicePrincipal> resources;  // Microsoft's own services that tokens are for
    std::vector<Place> places;
    Place elsewhere;  // where the intruder and the emergency account sign in from
    std::vector<Role> roles;
    Group helpdesk;  // holds Helpdesk Administrator
};

inline constexpr std::string_view ms_pim_app_id = "01fc33a7-78ba-4d2f-a4b7-768e336e890e";
inline constexpr std::string_view global_administrator = "62e90394-69f5-4237-9190-012177145e10";
inline constexpr std::string_view helpdesk_administrator = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
inline constexpr std::string_view user_administrator = "fe930be7-5e62-47db-91af-98c3a49a38b1";

[[nodiscard]] const Cast& cast();
[[nodiscard]] const Role& role(std::string_view template_id);  // one of cast().roles
[[nodiscard]] const Place& home_of(const Person& person);      // one of cast().places

}  // namespace entrawatch::simulator
