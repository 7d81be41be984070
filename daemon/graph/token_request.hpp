// token_request: one question for a token, in whichever way the application proves itself.
//
// Entra is asked with a proof (proof.hpp), the machine for a managed identity (managed_identity.hpp). What is
// repeated here: an assertion that was refused for its time is signed once more with Entra's own time, Arc's
// challenge is answered, and a busy identity service is asked once again at once. All else is decided by
// TokenSource, which uses this.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>

#include "config/credential.hpp"
#include "daemon/clock.hpp"
#include "daemon/graph/managed_identity.hpp"
#include "daemon/graph/token_answer.hpp"
#include "daemon/http/client.hpp"

namespace entrawatch::graph {

struct TokenQuestion {
    Application application;
    std::string resource;  // without /.default
    AzureEnvironment environment;
    std::shared_ptr<const Clock> clock;
    std::shared_ptr<http::HttpClient> entra;

    [[nodiscard]] const ManagedIdentity* managed_identity() const {
        return std::get_if<ManagedIdentity>(&application.credential);
    }
};

struct TokenReply {
    Result<TokenAnswer> answer;
    std::optional<Ticks> wait;  // before the next question, when the other side said so
};

[[nodiscard]] boost::asio::awaitable<TokenReply> ask_for_token(boost::asio::any_io_executor executor,
                                                               std::shared_ptr<const TokenQuestion> question);

}  // namespace entrawatch::graph
