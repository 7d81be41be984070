// storm: many at once. When a growing count is told, how much a destination takes, and when its rows become
// one digest. Nothing is dropped: what is not sent by itself is counted, exactly, in what is sent.
//
// Pure. Used by daemon/ingest and count_watch (counts), delivery_worker and due_rows (budgets). Read next:
// digest.hpp, merge.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>

#include "alerts/receiver.hpp"
#include "core/base/time.hpp"
#include "core/store/store.hpp"

namespace entrawatch {

// --- counts: the first of a key is told at once, then 2, 10, 100, 1000 …; what is left after 15 minutes.
inline constexpr Ticks told_interval = std::chrono::minutes{15};
// Whether one of these numbers lies above `told` and not above `count`.
[[nodiscard]] bool count_is_due(std::int64_t told, std::int64_t count);
// The alert, when its count is told now.
[[nodiscard]] AlertRow count_told(AlertRow alert, Instant now);

// --- budgets: at most so many messages within so long, each limit of a destination for itself.
struct BudgetLimit {
    int messages = 0;  // 0 = no limit
    Ticks span{0};
};
struct Budget {
    std::array<BudgetLimit, 3> limits{};
};
// What the receiver shows or takes before it throttles; machines have none.
[[nodiscard]] Budget budget_of(DestinationType type);
[[nodiscard]] bool is_limited(const Budget& budget);

// When messages were sent, oldest first.
using SentTimes = std::deque<Instant>;
// How many may go now.
[[nodiscard]] int allowance(const Budget& budget, const SentTimes& sent, Instant now);
// When the next may go; `now` when one may go at once.
[[nodiscard]] Instant next_allowance(const Budget& budget, const SentTimes& sent, Instant now);
// One more was sent; what no limit looks back to is forgotten.
void note_sent(SentTimes& sent, const Budget& budget, Instant now);

// --- turns: what a worker does when it asks for work.
enum class Turn : std::uint8_t {
    send,                 // rows one by one, as far as the allowance goes
    send_critical_first,  // first words about critical alerts only: they wait for no budget
    fold,                 // one digest tells of what may be told so, then as `send`
    wait,                 // for the next allowance
};
inline constexpr int fewest_in_digest = 5;
inline constexpr Ticks digest_interval = std::chrono::seconds{15};
struct Waiting {
    int due = 0;
    int critical_firsts = 0;
    int foldable = 0;
};
[[nodiscard]] Turn turn(const Waiting& waiting, int allowed, std::optional<Instant> last_digest, Instant now);

}  // namespace entrawatch
