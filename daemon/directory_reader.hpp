// DirectoryReader: asks Graph for one reading of the directory, part by part.
//
// A part that is refused or fails leaves the earlier reading's in its place and says why; the others go on.
// Bounded: pages, groups and principals have limits, and a part over them counts as not read. Used by
// DirectoryPoller; what the answers mean is in graph/directory_answers. Read next: directory_poller.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "core/context/directory_reading.hpp"
#include "daemon/graph/directory_answers.hpp"
#include "daemon/tenant_runtime.hpp"

namespace entrawatch {

class DirectoryReader {
  public:
    explicit DirectoryReader(TenantRuntime& tenant) : tenant_(tenant) {}

    // What the rules cannot do without: MS-PIM's object id and the role definitions. Empty, or the problem.
    [[nodiscard]] boost::asio::awaitable<std::string> read_roles(DirectoryReading& reading);
    // Everything else. One sentence for each part that was not read.
    [[nodiscard]] boost::asio::awaitable<std::vector<std::string>> read_state(DirectoryReading& reading);

  private:
    using Take = std::function<void(Json)>;

    struct Answer {
        int status = 0;  // 0: none
        graph::Outcome outcome = graph::Outcome::transient;
        std::string problem;  // empty: `take` has seen all of it
        std::string reason;   // parked: licence, permission, refused
    };
    // Follows the pages of a collection; `take` gets every record.
    [[nodiscard]] boost::asio::awaitable<Answer> list(std::string target, const Take& take);
    [[nodiscard]] boost::asio::awaitable<Answer> get(std::string target, const Take& take);

    [[nodiscard]] boost::asio::awaitable<std::string> read_ms_pim(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_privileges(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_eligible(Privileges& privileges);
    [[nodiscard]] boost::asio::awaitable<std::string> read_temporary(Privileges& privileges);
    [[nodiscard]] boost::asio::awaitable<std::string> read_people(Privileges& privileges);
    [[nodiscard]] boost::asio::awaitable<std::string> read_group(std::string group, Privileges& privileges);
    // Finds out what the ids are, and adds them. Ids of no user, group or service principal stay unknown.
    [[nodiscard]] boost::asio::awaitable<std::string> resolve(std::set<std::string> ids,
                                                              Principals& principals);
    [[nodiscard]] boost::asio::awaitable<std::string> resolve_as(graph::PrincipalKind kind,
                                                                 std::set<std::string>& ids,
                                                                 Principals& principals);
    [[nodiscard]] boost::asio::awaitable<std::string> read_emergency(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_sync(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_domains(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_own(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_own_side(std::string side, OwnApplication& own);

    TenantRuntime& tenant_;
};

}  // namespace entrawatch
