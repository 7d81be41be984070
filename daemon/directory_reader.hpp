// DirectoryReader: asks Graph for one reading of the directory, part by part.
//
// A part that is refused or fails leaves the earlier reading's in its place and says why; the others go on.
// Bounded: pages, groups and principals have limits, and a part over them counts as not read. Used by
// DirectoryPoller. Read next: privileges_reader.hpp, policies_reader.hpp, directory_lists.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "core/context/directory_parts.hpp"
#include "core/context/directory_reading.hpp"
#include "daemon/directory_lists.hpp"
#include "daemon/policies_reader.hpp"
#include "daemon/privileges_reader.hpp"

namespace entrawatch {

class DirectoryReader {
  public:
    explicit DirectoryReader(TenantRuntime& tenant)
        : tenant_(tenant), lists_(tenant), privileges_(tenant, lists_), policies_(lists_) {}
    DirectoryReader(const DirectoryReader&) = delete;
    DirectoryReader& operator=(const DirectoryReader&) = delete;

    // What the rules cannot do without: MS-PIM's object id and the role definitions. Empty, or the problem.
    [[nodiscard]] boost::asio::awaitable<std::string> read_roles(DirectoryReading& reading);
    // Everything else; what was not read is in `reading.gaps` afterwards.
    [[nodiscard]] boost::asio::awaitable<void> read_state(DirectoryReading& reading);

  private:
    [[nodiscard]] boost::asio::awaitable<std::string> read_ms_pim(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<void> read_conditional_access(DirectoryReading& reading);
    // What became of a part.
    void note(DirectoryReading& reading, const DirectoryPart& part, std::string_view problem) const;
    [[nodiscard]] boost::asio::awaitable<std::string> read_emergency(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_sync(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_domains(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_own(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_own_side(std::string side, OwnApplication& own);

    TenantRuntime& tenant_;
    DirectoryLists lists_;
    PrivilegesReader privileges_;
    PoliciesReader policies_;
};

}  // namespace entrawatch
