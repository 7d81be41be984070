// verdict: what a receiver's answer means for the delivery. One word, used in receipts, logs, metrics and
// tests alike.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "alerts/receiver.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

enum class Verdict {
    delivered,      // 2xx
    throttled,      // 429, 503 with Retry-After: the destination pauses; does not count as an attempt
    transient,      // no answer, 408, 425, 5xx: back off
    misconfigured,  // 3xx (redirects are never followed), 400, 401, 403, 404, 405, 415, 422, bad certificate:
                    // an operator must act; retried slowly
    too_large,      // 413: render smaller
    gone,           // 410: stop until an operator re-enables; rows are held, never discarded
};
[[nodiscard]] std::string_view name_of(Verdict verdict);

struct Answer {
    int status = 0;               // 0 = no answer
    bool must_be_mended = false;  // no answer, and it will not come by itself: a certificate, a proxy
    std::string retry_after;      // header as sent
    std::string body{};
    std::string rate_period{};  // X-RateLimit-Period-In-Sec, as sent
};
// By the status alone: what a webhook's answer means.
[[nodiscard]] Verdict judge(const Answer& answer);
// As this kind of receiver means it: some answer 2xx and say in the body that they did not take it.
[[nodiscard]] Verdict judge(DestinationType type, const Answer& answer);
// How long it asks us to wait, in its header or, for those that say it there, in its body.
[[nodiscard]] std::optional<Ticks> asked_to_wait(DestinationType type, const Answer& answer, Instant now);

// Seconds or HTTP-date; negative, garbage and absent are nullopt; a date that has passed is 0; capped at 1 h.
[[nodiscard]] std::optional<Ticks> parse_retry_after(std::string_view header, Instant now);

}  // namespace entrawatch
