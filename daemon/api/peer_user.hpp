// peer_user: the operating-system user whose process holds the other end of a connection on this machine.
//
// The kernel knows it (/proc/net/tcp, proc(5)); so a question to /api/v1 from the daemon's own user needs no
// password. Used by access.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entrawatch::api {

// Both as "127.0.0.1:53412" or "[::1]:53412".
struct PeerAddress {
    std::string peer;   // theirs
    std::string local;  // ours
};

// In the text of /proc/net/tcp or /proc/net/tcp6: the owner of the socket that is bound to `peer` and
// connected to `local`. nullopt when there is none.
[[nodiscard]] std::optional<std::uint32_t> user_in_table(std::string_view table,
                                                         const PeerAddress& connection);

// Asks the kernel. nullopt for a peer on another machine, too.
[[nodiscard]] std::optional<std::uint32_t> user_of_peer(const PeerAddress& connection);

}  // namespace entrawatch::api
