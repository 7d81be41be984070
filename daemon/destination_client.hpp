// DestinationClient: one attempt at one delivery, over the wire of its destination.
//
// Renders and signs per attempt (the timestamp is the attempt's), never follows redirects, and says what came
// of it; whether and when to try again is delivery_worker's. Read next: delivery_request.hpp,
// http/client.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "alerts/payload/render.hpp"
#include "alerts/verdict.hpp"
#include "daemon/graph/token.hpp"
#include "daemon/http/client.hpp"
#include "daemon/tenant_runtime.hpp"

namespace entrawatch {

struct Tried {
    AttemptRow attempt;
    Verdict verdict = Verdict::transient;
    std::vector<std::string> shed;  // parts that were left out, because the receiver takes no longer message
};

class DestinationClient {
  public:
    // `client` is null for destinations that are no network.
    DestinationClient(TenantRuntime& tenant, DestinationSettings destination,
                      std::shared_ptr<http::HttpClient> client);
    // Each of its requests has 30 s.
    [[nodiscard]] boost::asio::awaitable<Tried> attempt(DeliveryRow row);
    // An operator may have rotated the URL or the keys; files that cannot be read leave what is in hand.
    void read_secrets_again();

  private:
    [[nodiscard]] boost::asio::awaitable<Tried> post(DeliveryRow row);
    boost::asio::awaitable<void> post_once(const DeliveryRow& row, const RenderedRequest& rendered,
                                           Tried& tried);
    [[nodiscard]] boost::asio::awaitable<Tried> send(DeliveryRow row);
    [[nodiscard]] boost::asio::awaitable<Tried> append(DeliveryRow row);
    boost::asio::awaitable<std::string> exchange(Result<http::Request> request, Tried& tried);
    [[nodiscard]] Tried begin_attempt(const DeliveryRow& row, const RenderedRequest& rendered) const;

    TenantRuntime& tenant_;
    DestinationSettings destination_;
    std::shared_ptr<http::HttpClient> client_;
    std::optional<graph::TokenSource> tokens_;  // sentinel
};

}  // namespace entrawatch
