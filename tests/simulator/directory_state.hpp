// DirectoryState: what the simulated tenant's directory says at this moment: accounts, groups, who holds
// which role, domains, synchronisation, the collector's own application.
//
// Tests and acts of the story change it; directory_reads.hpp answers from it. As made, nothing in it is
// wrong: two emergency accounts of the cloud, an administrator who is eligible, people synced from
// on-premises who hold nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulator/record.hpp"

namespace entrawatch::simulator {

struct DirectoryState {
    // By object id, with the properties that Graph shows when they are selected.
    std::map<std::string, Document> users, groups, service_principals;
    std::map<std::string, std::vector<std::string>> members, owners;  // of groups; object ids
    std::vector<Document> assignments, eligible, schedules;           // rows of roleManagement/directory
    Document organization;
    std::vector<Document> domains;
    std::map<std::string, Document> federation;  // by domain
    std::vector<Document> policies, locations;   // of Conditional Access
    std::vector<Document> group_eligible;        // rows of PIM for Groups
    Document own_application, own_principal;     // of the client id that tokens are for
    std::vector<std::string> own_owners;
    std::vector<std::string> own_permissions;  // ids of application roles

    void assign(std::string_view role, std::string_view principal);
    void make_eligible(std::string_view role, std::string_view principal);
    // `access`: member or owner.
    void make_eligible_in_group(std::string_view group, std::string_view principal, std::string_view access);
};

// The cast's directory. `client_id`: the collector's application. `now`: of the last synchronisation.
[[nodiscard]] DirectoryState make_directory(std::string_view client_id, std::string_view now);

}  // namespace entrawatch::simulator
