// TokenSource: the bearer token of one application for one resource (Graph, or another API that Entra
// guards). One request in flight; renewed at 80 % of life.
//
// The files of the credential are read again at every request, so what is rotated needs no restart. Token
// errors (AADSTS…) are put into words with what to do (token_answer.hpp). A failure is remembered for a
// while, so that a wrong secret does not hammer the endpoint. Used by GraphClient and `check`. Everything on
// the I/O thread.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "config/credential.hpp"
#include "config/secret.hpp"
#include "daemon/clock.hpp"
#include "daemon/graph/managed_identity.hpp"
#include "daemon/http/client.hpp"

namespace entrawatch::graph {

class TokenSource {
  public:
    // `resource`: https://graph.microsoft.com, say, without /.default. `environment`: where a managed
    // identity is asked for.
    TokenSource(boost::asio::any_io_executor executor, Application application, std::string resource,
                std::shared_ptr<http::HttpClient> client, std::shared_ptr<const Clock> clock,
                AzureEnvironment environment = azure_environment());
    ~TokenSource();
    // The living token, or a new one. A failed renewal while the old token lives hands out the old one.
    [[nodiscard]] boost::asio::awaitable<Result<Secret>> get();
    // The token in hand is no good, whatever its age: the next get() asks for another.
    void discard();
    // After a 401: as discard(), unless another caller has already replaced the token that was refused.
    void discard(const Secret& refused);

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace entrawatch::graph
