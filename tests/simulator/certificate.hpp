// Certificate: a throw-away authority and a server certificate for the loopback address, made at start and
// never stored with its key.
//
// The simulated tenant and the receiver speak TLS with it; clients trust `authority_pem` by setting
// (ca_file). Used by simulator_server.
#pragma once

#include <string>

#include "core/base/error.hpp"

namespace entrawatch::simulator {

struct Certificate {
    std::string authority_pem;    // what clients must trust
    std::string certificate_pem;  // for 127.0.0.1 and localhost, good for a week
    std::string key_pem;
};

[[nodiscard]] Result<Certificate> make_loopback_certificate();

}  // namespace entrawatch::simulator
