// Status: what the running daemon knows of itself, for /readyz, /metrics and the watchdog. Written by pollers
// and workers, read by routes; one I/O thread, so nothing is locked. Plain values.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/canary.hpp"
#include "core/base/time.hpp"
#include "core/feed/feed.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

enum class FeedCondition { starting, running, parked, failing };
[[nodiscard]] std::string_view name_of(FeedCondition condition);

struct FeedStatus {
    FeedCondition condition = FeedCondition::starting;
    std::string reason;
    std::optional<Instant> last_answer_at;
    std::optional<Instant> next_probe_at;
    WindowProgress totals;  // since start
    std::int64_t windows = 0;
    LatenessByPass lateness;    // since start
    std::int64_t left_out = 0;  // records not kept, because sign_ins.scope is scenario
};

struct DestinationStatus {
    std::int64_t delivered = 0;
    std::int64_t failed_attempts = 0;
    std::int64_t dead = 0;
    bool circuit_open = false;
    std::string last_problem;
    std::optional<Ticks> last_latency;  // delivery row committed -> accepted
};

struct SignedChain {
    ChainPoint head;
    Instant at;
};

// Whether the disk has room for the store: low is told, full lets no window advance.
enum class DiskRoom : std::uint8_t { enough, low, full };

// The last canary, and what came of it.
struct CanaryStatus {
    std::string alert_id;
    Instant sent_at;
    std::vector<CanaryOutcome> outcomes;  // one for each destination
};

struct TenantStatus {
    std::string name;
    bool store_works = true;
    std::string store_problem;
    DiskRoom disk_room = DiskRoom::enough;
    std::int64_t disk_free = 0;   // octets, at the last look
    std::int64_t pruned = 0;      // events since start
    std::string oversize;         // why the store is larger than `max_size`, in words; empty: it is not
    bool directory_read = false;  // read, or known to be refused
    std::string directory_problem;
    std::vector<std::string> directory_gaps;  // parts that were refused or failed, with the reason
    std::map<FeedId, FeedStatus> feeds;
    std::map<std::string, DestinationStatus> destinations;
    std::optional<CanaryStatus> canary;  // none when the settings ask for none, or not looked yet
    std::string canary_problem;          // why none could be sent
    std::int64_t alerts_opened = 0;
    std::map<std::string, std::int64_t> suppressed;  // findings since start, by filter
    std::optional<SignedChain> signed_chain;         // the newest checkpoint of the evidence chain
};

struct Status {
    Instant started_at;
    std::optional<Instant> heartbeat_at;  // the last one that was heard
    std::string heartbeat_problem;
    std::vector<TenantStatus> tenants;
};

}  // namespace entrawatch
