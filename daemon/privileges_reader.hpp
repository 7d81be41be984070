// PrivilegesReader: reads who holds or may activate which role, and through which groups and owners.
//
// All of it or nothing: half of it would call a privileged account an ordinary one. Bounded in groups and
// accounts. Used by DirectoryReader. Read next: core/context/holdings.hpp, which walks what was read.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "daemon/directory_lists.hpp"

namespace entrawatch {

class PrivilegesReader {
  public:
    PrivilegesReader(TenantRuntime& tenant, DirectoryLists& lists) : tenant_(tenant), lists_(lists) {}

    // Fills what is empty. Empty, or the problem, and then what was filled is of no use. PIM for Groups has a
    // permission of its own: why nobody can be told eligible there is `groups_problem`, and the rest stands.
    [[nodiscard]] boost::asio::awaitable<std::string> read(Privileges& privileges,
                                                           std::string& groups_problem);

  private:
    [[nodiscard]] boost::asio::awaitable<std::string> read_eligible(Privileges& privileges);
    [[nodiscard]] boost::asio::awaitable<std::string> read_temporary(Privileges& privileges);
    [[nodiscard]] boost::asio::awaitable<std::string> read_people(Privileges& privileges,
                                                                  std::string& groups_problem);
    [[nodiscard]] boost::asio::awaitable<std::string> read_group(std::string group, Privileges& privileges);
    [[nodiscard]] boost::asio::awaitable<void> read_eligible_in(std::string group, Privileges& privileges,
                                                                std::string& groups_problem);

    TenantRuntime& tenant_;
    DirectoryLists& lists_;
    bool nobody_in_groups_ = false;  // without a licence for PIM: the answer was the same for all groups
};

}  // namespace entrawatch
