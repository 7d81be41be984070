// Fault: a failure that a test or the demo orders in advance. Each one is spent on the requests it names and
// then gone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/feed/feed.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch::simulator {

enum class FaultKind : std::uint8_t {
    throttled,         // 429 "Too Many Requests", with Retry-After when given
    server_error,      // `status` (503: serviceNotAvailable), with Retry-After when given
    gateway_time_out,  // 504 with an empty message
    unauthorized,      // 401 for a valid token
    unlicensed,        // 403 as a tenant without premium licence gets it
    html,              // 200 with a proxy's page
    error_object,      // 200 with an error body
    cut_body,          // 200, the body ends in the middle
    no_answer,         // the connection is closed
    partial_answer,    // 206 with Warning: a provider behind Graph failed, its rows are missing
    empty_body,        // 200 without a byte
    garbled_refusal,   // 403 whose body is no text
};

struct Fault {
    FaultKind kind = FaultKind::server_error;
    std::optional<FeedId> feed;  // nullopt = any request with a token
    int after = 0;               // requests let through first
    int times = 1;
    std::string retry_after;  // header as sent; empty = none
    int status = 503;         // of a server_error
    Ticks delay{0};           // before the answer
};

class Faults {
  public:
    void order(Fault fault) { faults_.push_back(std::move(fault)); }
    // The fault that this request meets, if any; counts it down.
    [[nodiscard]] std::optional<Fault> meet(std::optional<FeedId> feed);

  private:
    std::vector<Fault> faults_;
};

// The answer to a request that met `fault`; `good` is what it would have got.
[[nodiscard]] http::Response faulty(const Fault& fault, http::Response good, std::string_view request_id,
                                    Instant now);

}  // namespace entrawatch::simulator
