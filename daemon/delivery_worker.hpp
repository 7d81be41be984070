// DeliveryWorker: keeps the promises of one tenant to one destination: takes due rows, tries, writes down
// what became of it.
//
// Rows are leased and committed before connecting, so a crash loses nothing: leases are released at the next
// start. Leaves a failing destination alone (alerts/circuit). A dead destination delays nobody else: every
// worker is its own coroutine. Receipts: every attempt is a row. Read next: destination_client.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>
#include <vector>

#include "alerts/circuit.hpp"
#include "alerts/storm.hpp"
#include "daemon/destination_client.hpp"
#include "daemon/due_rows.hpp"
#include "daemon/tenant_runtime.hpp"

namespace entrawatch {

class DeliveryWorker {
  public:
    // `client` is null for destinations that are no network.
    DeliveryWorker(TenantRuntime& tenant, const DestinationSettings& destination,
                   std::shared_ptr<http::HttpClient> client);
    [[nodiscard]] boost::asio::awaitable<void> run();
    // New rows may be due.
    void ring() { wakeup_.ring(); }

  private:
    [[nodiscard]] boost::asio::awaitable<std::vector<DeliveryRow>> lease();
    [[nodiscard]] boost::asio::awaitable<void> wait_for_work();
    [[nodiscard]] boost::asio::awaitable<bool> settle(DeliveryRow row, Tried tried);
    [[nodiscard]] Store::Settlement settlement_of(const DeliveryRow& row, const Tried& tried);
    [[nodiscard]] DueQuestion question(Instant now) const;
    void note(const DeliveryRow& row, const Tried& tried, const Store::Settlement& settlement);

    TenantRuntime& tenant_;
    std::string name_;  // of the destination
    DestinationType type_;
    DestinationClient client_;
    DestinationStatus& status_;
    StoppableWakeup wakeup_;
    Circuit circuit_;
    Budget budget_;
    SentTimes sent_;
    std::optional<Instant> last_digest_;
};

}  // namespace entrawatch
