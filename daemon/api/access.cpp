#include "daemon/api/access.hpp"

#include <openssl/crypto.h>

#include <algorithm>

#include "core/base/digest.hpp"
#include "core/base/text.hpp"

namespace entrawatch::api {
namespace {

constexpr std::string_view scheme = "bearer ";

// nullptr when no token is this one. All of them are compared, so that the time says nothing.
const ApiToken* token_called(std::string_view given, std::span<const ApiToken> tokens) {
    const Sha256 digest = sha256(given);
    const ApiToken* found = nullptr;
    for (const ApiToken& token : tokens) {
        if (CRYPTO_memcmp(token.digest.data(), digest.data(), digest.size()) == 0) found = &token;
    }
    return found;
}

bool changes_something(const http::Request& request) {
    return request.method != "GET" && request.method != "HEAD";
}

}  // namespace

std::variant<Caller, Refusal> admit(const http::Request& request, const Door& door) {
    const std::string_view authorization = request.headers.get("authorization");
    if (!authorization.empty()) {
        if (!equal_ignoring_ascii_case(authorization.substr(0, scheme.size()), scheme))
            return Refusal{401, "the Authorization header must be `Bearer TOKEN`"};
        const ApiToken* token = token_called(trim(authorization.substr(scheme.size())), door.tokens);
        if (token == nullptr) return Refusal{401, "no line of `api_tokens_file` has this token"};
        return Caller{"token " + token->name};
    }
    if (changes_something(request))
        return Refusal{
            401, "this changes something, so it needs a token of `api_tokens_file`, for the audit trail"};
    // A page in a browser can make it ask for a name that leads here; it cannot make the browser say our
    // address.
    if (!request.url.is_loopback())
        return Refusal{
            401, "a token of `api_tokens_file` is needed, unless 127.0.0.1, [::1] or localhost is asked"};
    const auto user = door.user_of(request);
    if (user && std::ranges::find(door.users, *user) != door.users.end())
        return Caller{"uid " + std::to_string(*user)};
    return Refusal{403,
                   "only root and the user that the daemon runs as are answered without a token; give one of "
                   "`api_tokens_file` in the header `Authorization: Bearer TOKEN`"};
}

}  // namespace entrawatch::api
