// TokenSource: the bearer token of one tenant, by client secret. One request in flight; renewed at 80 % of
// life.
//
// The secret file is read again at every request, so a rotated secret needs no restart. Token errors
// (AADSTS…) are put into words with what to do.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <vector>

#include "config/secret.hpp"
#include "config/settings.hpp"
#include "daemon/clock.hpp"
#include "daemon/http/client.hpp"

namespace entrawatch::graph {

// Pure parts, for tests.
struct TokenAnswer {
    Secret token;
    Ticks life{0};
};
[[nodiscard]] std::string token_request_body(const TenantSettings& tenant, std::string_view secret);
// Error with the AADSTS code in words and the remedy; transient ones are `unavailable`, others `refused`.
[[nodiscard]] Result<TokenAnswer> parse_token_answer(int status, std::string_view body);
// The `roles` of a copy of the token, for telling the operator which consent is missing; empty when it cannot
// be read (harmless).
[[nodiscard]] std::vector<std::string> roles_in(std::string_view token);

class TokenSource {
  public:
    TokenSource(boost::asio::any_io_executor executor, TenantSettings tenant,
                std::shared_ptr<http::HttpClient> client, std::shared_ptr<const Clock> clock);
    ~TokenSource();
    // The living token, or a new one. A failed renewal while the old token lives hands out the old one.
    [[nodiscard]] boost::asio::awaitable<Result<Secret>> get();
    // After a 401: the token in hand is no good, whatever its age.
    void discard();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace entrawatch::graph
