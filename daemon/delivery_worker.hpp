// DeliveryWorker: keeps the promises of one tenant to one destination: takes due rows, tries, writes down
// what became of it.
//
// Rows are leased and committed before connecting, so a crash loses nothing: leases are released at the next
// start. Signs per attempt (the timestamp is the attempt's), never follows redirects, leaves a failing
// destination alone (alerts/circuit). A dead destination delays nobody else: every worker is its own
// coroutine. Receipts: every attempt is a row.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <vector>

#include "alerts/circuit.hpp"
#include "alerts/payload/render.hpp"
#include "alerts/storm.hpp"
#include "daemon/due_rows.hpp"
#include "daemon/graph/token.hpp"
#include "daemon/http/client.hpp"
#include "daemon/tenant_runtime.hpp"

namespace entrawatch {

class DeliveryWorker {
  public:
    // `client` is null for destinations that are no network.
    DeliveryWorker(TenantRuntime& tenant, DestinationSettings destination,
                   std::shared_ptr<http::HttpClient> client);
    [[nodiscard]] boost::asio::awaitable<void> run();
    // New rows may be due.
    void ring() { wakeup_.ring(); }

  private:
    struct Tried {
        AttemptRow attempt;
        Verdict verdict = Verdict::transient;
        std::vector<std::string> shed;
    };
    [[nodiscard]] boost::asio::awaitable<std::vector<DeliveryRow>> lease();
    [[nodiscard]] boost::asio::awaitable<void> wait_for_work();
    [[nodiscard]] boost::asio::awaitable<bool> deliver(DeliveryRow row);
    [[nodiscard]] boost::asio::awaitable<Tried> post(DeliveryRow row);
    boost::asio::awaitable<void> post_once(const DeliveryRow& row, const RenderedRequest& rendered,
                                           Tried& tried);
    [[nodiscard]] boost::asio::awaitable<Tried> send(DeliveryRow row);
    [[nodiscard]] boost::asio::awaitable<Tried> append(DeliveryRow row);
    [[nodiscard]] boost::asio::awaitable<bool> settle(DeliveryRow row, Tried tried);
    boost::asio::awaitable<std::string> exchange(Result<http::Request> request, Tried& tried);
    [[nodiscard]] Tried begin_attempt(const DeliveryRow& row, const RenderedRequest& rendered) const;
    [[nodiscard]] Store::Settlement settlement_of(const DeliveryRow& row, const Tried& tried);
    [[nodiscard]] DueQuestion question(Instant now) const;
    void note(const DeliveryRow& row, const Tried& tried, const Store::Settlement& settlement);
    void read_secrets_again();

    TenantRuntime& tenant_;
    DestinationSettings destination_;
    std::shared_ptr<http::HttpClient> client_;
    std::optional<graph::TokenSource> tokens_;  // sentinel
    DestinationStatus& status_;
    StoppableWakeup wakeup_;
    Circuit circuit_;
    Budget budget_;
    SentTimes sent_;
    std::optional<Instant> last_digest_;
};

// Appends one line and makes it durable. On a lane, because disks are slow.
[[nodiscard]] Result<> append_line(const std::filesystem::path& file, const std::string& line);

}  // namespace entrawatch
