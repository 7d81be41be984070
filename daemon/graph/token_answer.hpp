// token_answer: what is sent to the token endpoint and what its answers mean. Pure; used by TokenSource,
// tested and fuzzed alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/credential.hpp"
#include "config/secret.hpp"
#include "core/base/error.hpp"
#include "core/base/time.hpp"

namespace entrawatch::graph {

struct TokenAnswer {
    Secret token;
    Ticks life{0};                    // 1 s to 48 h
    std::optional<Ticks> refresh_in;  // when the endpoint would like us back
};

// `resource`: whose token it shall be, such as https://graph.microsoft.com; its scope is /.default.
[[nodiscard]] std::string token_request_body(const Application& application, std::string_view resource,
                                             std::string_view secret);
// Error with the AADSTS code in words and the remedy; transient ones are `unavailable`, others `refused`.
[[nodiscard]] Result<TokenAnswer> parse_token_answer(int status, std::string_view body);
// How old a token may become before a new one is asked for: 80 % of its life, but 5 min before its end when
// that is earlier, or when the endpoint says; never under half its life, so that short tokens do not mean a
// request each.
[[nodiscard]] Ticks renewal_age(const TokenAnswer& answer);
// The `roles` of a copy of the token, for telling the operator which consent is missing; empty when it cannot
// be read (harmless).
[[nodiscard]] std::vector<std::string> roles_in(std::string_view token);

}  // namespace entrawatch::graph
