// DirectoryPoller: reads what the rules must know of the directory, at start and every hour, and keeps it in
// the store.
//
// Today: the object id of MS-PIM (only the id decides who MS-PIM is; a display name can be chosen) and the
// role definitions. What cannot be read stays `unresolved`, visibly; the pollers of the feeds wait for the
// first attempt, not for its success.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <string>

#include "daemon/tenant_runtime.hpp"

namespace entrawatch {

// Pure: what Graph's answers say.
[[nodiscard]] std::optional<std::string> service_principal_id_in(std::string_view body);
struct RolesPage {
    std::vector<RoleInfo> roles;
    std::string next_link;
};
[[nodiscard]] Result<RolesPage> roles_in_page(std::string_view body);

class DirectoryPoller {
  public:
    explicit DirectoryPoller(TenantRuntime& tenant);
    [[nodiscard]] boost::asio::awaitable<void> run();

  private:
    [[nodiscard]] boost::asio::awaitable<void> read_once();
    [[nodiscard]] boost::asio::awaitable<std::string> read_ms_pim(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<std::string> read_roles(DirectoryReading& reading);
    [[nodiscard]] boost::asio::awaitable<void> keep(DirectoryReading reading);
    void use(DirectoryReading reading);
    void say_problem(const std::string& problem);

    TenantRuntime& tenant_;
    StoppableWakeup wakeup_;
};

}  // namespace entrawatch
