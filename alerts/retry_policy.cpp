#include "alerts/retry_policy.hpp"

#include <algorithm>
#include <array>

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Ticks base_delay = seconds{2};
constexpr Ticks early_cap = minutes{15};
constexpr Ticks late_cap = hours{1};
constexpr Ticks early_age = hours{24};
constexpr std::array<Ticks, 3> slow_delays{minutes{5}, minutes{30}, hours{2}};

Ticks backoff(int failures, Ticks age) {
    // 2 s · 2^11 is above both caps, so greater exponents say nothing and cannot overflow.
    const int doublings = std::clamp(failures - 1, 0, 11);
    return std::min(base_delay * (std::int64_t{1} << doublings), age < early_age ? early_cap : late_cap);
}

Ticks delay_before_jitter(const RetryInput& input, Ticks age) {
    switch (input.verdict) {
        case Verdict::misconfigured:
        case Verdict::too_large:
            return slow_delays[static_cast<std::size_t>(std::clamp(input.failures - 1, 0, 2))];
        case Verdict::gone:
            return late_cap;
        case Verdict::delivered:
        case Verdict::throttled:
        case Verdict::transient:
            break;
    }
    return backoff(input.failures, age);
}

Ticks jittered(Ticks delay, double dice) {
    const double part = std::clamp(dice, 0.0, 1.0);
    const auto half = delay.count() / 2;
    return Ticks{half + static_cast<std::int64_t>(static_cast<double>(delay.count() - half) * part)};
}

}  // namespace

std::optional<Instant> next_attempt(const RetryInput& input) {
    if (input.verdict == Verdict::delivered) return std::nullopt;
    // A clock set back makes an age negative: such a delivery is new.
    const Ticks age = std::max(input.now - input.created_at, Ticks{0});
    if (age >= delivery_horizon) return std::nullopt;
    const Ticks floor = std::max(input.retry_after.value_or(Ticks{0}), Ticks{0});
    const Ticks delay = jittered(delay_before_jitter(input, age), input.dice);
    const Ticks left = delivery_horizon - age;
    if (floor > left) return std::nullopt;
    return input.now + std::clamp(delay, floor, left);
}

}  // namespace entrawatch
