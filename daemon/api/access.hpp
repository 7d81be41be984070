// access: who may ask /api/v1. Pure but for one question to the kernel, which is handed in.
//
// A token of `api_tokens_file` lets in from anywhere; without one, root and the daemon's own user on this
// machine are let in, who can read the databases anyway. Whoever changes something needs a token, and its
// name stands in the audit trail. Used by api.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "config/settings.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch::api {

struct Caller {
    std::string name;  // for the audit trail: "token soc", "uid 0"
};
struct Refusal {
    int status = 0;  // 401 or 403
    std::string why;
};

struct Door {
    std::span<const ApiToken> tokens;
    std::vector<std::uint32_t> users;  // let in without a token
    std::function<std::optional<std::uint32_t>(const http::Request&)>
        user_of;  // nullopt: not on this machine
};

[[nodiscard]] std::variant<Caller, Refusal> admit(const http::Request& request, const Door& door);

}  // namespace entrawatch::api
