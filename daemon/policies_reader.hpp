// PoliciesReader: reads the Conditional Access policies that are in force, the named locations, and the
// groups that the emergency accounts are in, directly and through others.
//
// Groups are asked for from the account's side: an emergency account is in few, while a policy's group may
// have everybody in it. Each part whole or not at all; bounded in policies, addresses, groups and depth. Used
// by DirectoryReader. Read next: graph/policy_answers.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <string>
#include <vector>

#include "daemon/directory_lists.hpp"

namespace entrawatch {

class PoliciesReader {
  public:
    explicit PoliciesReader(DirectoryLists& lists) : lists_(lists) {}

    // Empty, or the problem; then the reading is as it was.
    [[nodiscard]] boost::asio::awaitable<std::string> read_policies(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_locations(DirectoryReading& reading);
    // Of the accounts in `reading.emergency`. The same.
    [[nodiscard]] boost::asio::awaitable<std::string> read_groups(DirectoryReading& reading);

  private:
    struct Parent {
        std::string id, name;
    };
    using Parents = std::map<std::string, std::vector<Parent>, std::less<>>;
    [[nodiscard]] boost::asio::awaitable<std::string> read_groups_of(std::string account, Parents& parents,
                                                                     std::vector<AccountGroup>& groups);
    // Of a user or a group, by the path of its collection; asked once for each object.
    [[nodiscard]] boost::asio::awaitable<std::string> read_parents(std::string collection, std::string id,
                                                                   Parents& parents);

    DirectoryLists& lists_;
};

}  // namespace entrawatch
