// DirectoryLists: asks Graph for objects and lists of the directory, whole or not at all, and finds out what
// ids are. Bounded in pages; everything in the answers is hostile. Used by DirectoryReader and
// PrivilegesReader. Read next: graph/directory_answers.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <set>
#include <string>

#include "core/context/holdings.hpp"
#include "core/feed/json.hpp"
#include "daemon/graph/directory_answers.hpp"
#include "daemon/tenant_runtime.hpp"

namespace entrawatch {

struct DirectoryAnswer {
    int status = 0;       // 0: none
    std::string problem;  // empty: `take` has seen all of it
    std::string reason;   // when Graph refused: licence, permission, refused
};

class DirectoryLists {
  public:
    using Take = std::function<void(Json)>;

    explicit DirectoryLists(TenantRuntime& tenant) : tenant_(tenant) {}

    // Follows the pages of a collection; `take` gets every record.
    [[nodiscard]] boost::asio::awaitable<DirectoryAnswer> list(std::string target, const Take& take);
    // One object.
    [[nodiscard]] boost::asio::awaitable<DirectoryAnswer> get(std::string target, const Take& take);

    // Adds those of the ids that are of the kind, and takes them out of `ids`. Empty, or the problem.
    [[nodiscard]] boost::asio::awaitable<std::string> resolve_as(graph::PrincipalKind kind,
                                                                 std::set<std::string>& ids,
                                                                 Principals& principals);
    // The same for users, groups and service principals; ids of anything else stay unknown.
    [[nodiscard]] boost::asio::awaitable<std::string> resolve(std::set<std::string> ids,
                                                              Principals& principals);

  private:
    TenantRuntime& tenant_;
};

// Ids come from answers and from settings; what is no id is not put into an address.
void add_object_id(std::set<std::string>& ids, std::string id);

}  // namespace entrawatch
