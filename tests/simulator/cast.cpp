#include "tests/simulator/cast.hpp"

#include <algorithm>

namespace entrawatch::simulator {
namespace {

std::vector<Person> make_people() {
    return {
        {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0001", "Ines Okafor", "ines.okafor@contoso.example"},
        {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0002", "Tomasz Wilk", "tomasz.wilk@contoso.example"},
        {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0003", "Maren Falk", "maren.falk@contoso.example"},
        {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0004", "Dilip Rao", "dilip.rao@contoso.example"},
        {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0005", "Chloé Martin", "chloe.martin@contoso.example"},
        {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0006", "Sam Whitfield", "sam.whitfield@contoso.example"},
        {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0007", "Yuki Tanabe", "yuki.tanabe@contoso.example"},
        {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0008", "Björn Åkesson", "bjorn.akesson@contoso.example"},
    };
}

std::vector<ServicePrincipal> make_applications() {
    return {
        {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2001", "4e9b7f30-1c5d-4a82-9f6e-2b8d7c103001", "Timesheets"},
        {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2002", "4e9b7f30-1c5d-4a82-9f6e-2b8d7c103002", "Invoice Archive"},
        {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2003", "4e9b7f30-1c5d-4a82-9f6e-2b8d7c103003", "Warehouse Scanner"},
        {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2004", "4e9b7f30-1c5d-4a82-9f6e-2b8d7c103004", "Backup Agent"},
    };
}

std::vector<ServicePrincipal> make_managed_identities() {
    return {
        {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2101", "4e9b7f30-1c5d-4a82-9f6e-2b8d7c103101", "vm-reporting-01"},
        {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2102", "4e9b7f30-1c5d-4a82-9f6e-2b8d7c103102", "func-thumbnails"},
    };
}

std::vector<ServicePrincipal> make_resources() {
    return {
        {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2201", "00000003-0000-0000-c000-000000000000", "Microsoft Graph"},
        {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2202", "00000002-0000-0ff1-ce00-000000000000",
         "Office 365 Exchange Online"},
        {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2203", "00000003-0000-0ff1-ce00-000000000000",
         "Office 365 SharePoint Online"},
    };
}

// Documentation addresses only.
std::vector<Place> make_places() {
    return {
        {"198.51.100.14", "Rotterdam", "Zuid-Holland", "NL", 51.92, 4.48},
        {"198.51.100.77", "Leeds", "England", "GB", 53.8, -1.55},
        {"2001:db8:51::a4", "Porto", "Porto", "PT", 41.15, -8.61},
        {"192.0.2.201", "Aarhus", "Midtjylland", "DK", 56.16, 10.2},
    };
}

std::vector<Role> make_roles() {
    const auto object = [](const char* last) {
        return std::string{"c5a1e0b2-77f4-4d19-8f0e-6a2b3c4d"} + last;
    };
    return {
        {std::string{global_administrator}, "Global Administrator", object("0001"), "TenantAdmins"},
        {std::string{user_administrator}, "User Administrator", object("0002"), "UserAccountAdmins"},
        {"e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator", object("0003"),
         "PrivilegedRoleAdmins"},
        {"7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "Privileged Authentication Administrator", object("0004"),
         "PrivilegedAuthenticationAdmins"},
        {"194ae4cb-b126-40b2-bd5b-6091b380977d", "Security Administrator", object("0005"), ""},
        {"5d6b6bb7-de71-4623-b4af-96380a352509", "Security Reader", object("0006"), ""},
        {"9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator", object("0007"), ""},
        {"158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator", object("0008"), ""},
        {"b1be1c3e-b65d-4f19-8427-f6fa0d97feb9", "Conditional Access Administrator", object("0009"), ""},
        {std::string{helpdesk_administrator}, "Helpdesk Administrator", object("0010"), ""},
        {"f2ef992c-3afb-46b9-b7cf-a126ee74c451", "Global Reader", object("0011"), ""},
        {"8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2", "Hybrid Identity Administrator", object("0012"), ""},
        {"88d8e3e3-8f55-4a1e-953a-9b9898b8876b", "Directory Readers", object("0013"), ""},
        {"d29b2b05-8046-44ba-8758-1e26182fcf32", "Directory Synchronization Accounts", object("0014"), ""},
        // A role of the tenant's own: its id is known to this directory only.
        {"3f0d9a75-2b61-4c8e-a7d4-91e5b06c4f15", "Invoice Application Operator", object("0015"), "", false},
    };
}

Cast make_cast() {
    Cast cast;
    cast.tenant_id = "8f1d2b6a-43c7-4e0f-9a5d-7b2e61c40f11";
    cast.tenant_name = "Contoso";
    cast.people = make_people();
    cast.emergency = {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0e01", "Break Glass 1",
                      "breakglass1@contoso.onmicrosoft.com"};
    cast.second_emergency = {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0e02", "Break Glass 2",
                             "breakglass2@contoso.onmicrosoft.com"};
    cast.administrator = {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0a01", "Noor Haddad",
                          "noor.haddad@contoso.example"};
    cast.old_hand = {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0c01", "Harriet Stone",
                     "harriet.stone@contoso.example"};
    cast.intruder = {"0b1f6c1e-52a7-4b0a-9d53-3f1f1c1a0b01", "Erik Lund", "erik.lund@contoso.example"};
    cast.ms_pim = {"a2f7c9d4-6e18-4b53-8c0f-1d9e7b5a4c22", std::string{ms_pim_app_id}, "MS-PIM"};
    cast.pipeline = {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2301", "4e9b7f30-1c5d-4a82-9f6e-2b8d7c103301",
                     "Nightly Build Pipeline"};
    cast.payroll = {"7d2c4a10-8e3b-4f6d-b1a2-5c9e0d3f2302", "4e9b7f30-1c5d-4a82-9f6e-2b8d7c103302",
                    "Payroll Connector"};
    cast.applications = make_applications();
    cast.managed_identities = make_managed_identities();
    cast.resources = make_resources();
    cast.places = make_places();
    cast.elsewhere = {"203.0.113.7", "Valparaíso", "Valparaíso", "CL", -33.05, -71.61};
    cast.roles = make_roles();
    cast.helpdesk = {"5b7e2f14-9c0d-4e38-8a61-d2f40b9c6e01", "Helpdesk Operators"};
    return cast;
}

}  // namespace

const Cast& cast() {
    static const Cast the_cast = make_cast();
    return the_cast;
}

const Place& home_of(const Person& person) {
    const std::vector<Place>& places = cast().places;
    return places[static_cast<unsigned char>(person.id.back()) % places.size()];
}

const Role& role(std::string_view template_id) {
    const std::vector<Role>& roles = cast().roles;
    return *std::find_if(roles.begin(), roles.end(),
                         [&](const Role& candidate) { return candidate.template_id == template_id; });
}

}  // namespace entrawatch::simulator
