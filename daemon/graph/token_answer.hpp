// token_answer: what is sent to the token endpoint and what its answers mean. Pure; used by TokenSource,
// tested and fuzzed alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/secret.hpp"
#include "core/base/error.hpp"
#include "core/base/time.hpp"
#include "core/feed/json.hpp"
#include "daemon/graph/proof.hpp"

namespace entrawatch::graph {

struct TokenAnswer {
    Secret token;
    Ticks life{0};                    // 1 s to 48 h
    std::optional<Ticks> refresh_in;  // when the endpoint would like us back
};

// `resource`: whose token it shall be, such as https://graph.microsoft.com; its scope is /.default.
[[nodiscard]] std::string token_request_body(std::string_view client_id, std::string_view resource,
                                             const Proof& proof);
// Error with the AADSTS code in words and the remedy; transient ones are `unavailable`, others `refused`.
[[nodiscard]] Result<TokenAnswer> parse_token_answer(int status, std::string_view body);
// The number of the AADSTS code of a refusal; 0 when there is none.
[[nodiscard]] std::int64_t refusal_code(std::string_view body);
// The token of an answer of status 200. `now`: where a host says only at which time the token ends
// (expires_on); else that is not believed, for our clock may be wrong.
[[nodiscard]] Result<TokenAnswer> accepted_token(Json json, std::optional<Instant> now);
// How old a token may become before a new one is asked for: 80 % of its life, but 5 min before its end when
// that is earlier, or when the endpoint says; never under half its life, so that short tokens do not mean a
// request each.
[[nodiscard]] Ticks renewal_age(const TokenAnswer& answer);
// The `roles` of a copy of the token, for telling the operator which consent is missing; empty when it cannot
// be read (harmless).
[[nodiscard]] std::vector<std::string> roles_in(std::string_view token);

}  // namespace entrawatch::graph
