// DirectoryPoller: keeps the knowledge of a tenant's directory fresh, and has its state judged.
//
// Reads at start, every 15 minutes, and soon after a feed brought a change of roles. What was read is judged
// (core/context/posture) and committed together with the posture records that say so; only then do the rules
// see it. What cannot be read stays as it was, or `unresolved`, visibly; the pollers of the feeds wait for
// the first attempt at the roles, not for its success. Read next: directory_reader.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "daemon/directory_reader.hpp"
#include "daemon/feed_ledger.hpp"
#include "daemon/tenant_runtime.hpp"

namespace entrawatch {

class DirectoryPoller {
  public:
    explicit DirectoryPoller(TenantRuntime& tenant);
    [[nodiscard]] boost::asio::awaitable<void> run();
    // Something changed that the directory describes: reads again, though not sooner than a poll interval
    // after the last time.
    void nudge();

  private:
    [[nodiscard]] boost::asio::awaitable<void> read_once();
    [[nodiscard]] boost::asio::awaitable<void> wait();
    // Judges, commits, and gives the reading to the rules; the store's refusal leaves everything as it was.
    [[nodiscard]] boost::asio::awaitable<void> keep(DirectoryReading before, DirectoryReading reading);
    void use(std::shared_ptr<const Directory> directory);
    [[nodiscard]] std::shared_ptr<const Directory> directory_of(DirectoryReading reading) const;
    [[nodiscard]] boost::asio::awaitable<void> say_problem(std::string problem);
    void say_gaps(const std::vector<DirectoryGap>& of_reading);

    TenantRuntime& tenant_;
    DirectoryReader reader_;
    std::optional<FeedLedger> ledger_;  // of the feed `posture`, unless it is disabled
    StoppableWakeup wakeup_;
    Instant read_at_;  // the last attempt
    bool nudged_ = false;
};

}  // namespace entrawatch
