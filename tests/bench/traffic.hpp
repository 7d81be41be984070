// Traffic: what a busy tenant's feeds answer, as pages of Graph: the same octets for the same seed, on every
// machine.
//
// 30 % audits, 65 % sign-ins of the four kinds, 5 % risk detections; few users, applications and addresses
// make most of it. Records have the size of real ones (full_records.hpp). Among them are records that must
// alert, each about another service principal: `alerting` of them, and nothing else may. Used by
// pipeline_bench, rules_bench and latency_bench.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/feed/feed.hpp"
#include "tests/simulator/dice.hpp"

namespace entrawatch::bench {

struct TrafficPage {
    FeedId feed = FeedId::directory_audits;
    std::string body;
    std::int64_t records = 0;
};

struct Traffic {
    std::vector<TrafficPage> pages;  // as a poller would meet them
    std::int64_t records = 0;
    std::int64_t record_bytes = 0;
    std::int64_t alerting = 0;
};

struct TrafficOrder {
    std::uint64_t seed = 1;
    std::int64_t records = 0;
    std::int64_t alerting = 0;  // of the records; at most a tenth of them
    Span span;                  // of event times
};

[[nodiscard]] Traffic make_traffic(const TrafficOrder& order);

// A page of one record that must alert.
[[nodiscard]] std::string alerting_page(Instant time, simulator::Dice& dice);

}  // namespace entrawatch::bench
