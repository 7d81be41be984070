// Proxy: what stands between this machine and the others, and which of them are reached through it.
//
// Read from the settings, used by daemon/http, which opens a tunnel through it: TLS to the target goes from
// end to end. Read next: no_proxy.hpp, daemon/http/proxy_dialogue.hpp.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "config/no_proxy.hpp"
#include "config/secret.hpp"
#include "config/url.hpp"

namespace entrawatch {

struct Proxy {
    Url url;                                       // as Url::parse_proxy makes it
    Secret credentials;                            // "USER:PASSWORD", each of 1 to 255 bytes; empty: none
    std::optional<std::filesystem::path> ca_file;  // trusted for an https proxy beside the system's
    NoProxy no_proxy;

    // Whether the target is reached through it: over TLS, and neither this machine, its neighbours on the
    // link nor anybody of no_proxy.
    [[nodiscard]] bool serves(const Url& target) const;
};
using SharedProxy = std::shared_ptr<const Proxy>;  // null: there is none

// "USER:PASSWORD": neither part empty, longer than 255 bytes or with a control character. The error does not
// quote it.
[[nodiscard]] Result<> check_proxy_credentials(std::string_view text);

// localhost and the names below it, 127.0.0.0/8, ::1, 169.254.0.0/16, fe80::/10 and the unspecified address:
// of another machine they would mean another one.
[[nodiscard]] bool is_only_here(std::string_view host);

}  // namespace entrawatch
