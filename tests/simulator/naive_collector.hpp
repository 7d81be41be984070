// Two collectors to measure the simulated tenant with: the naive one, which must lose events, and the one
// that must not.
//
// The naive one is what several published collectors do: its cursor is the newest event time it has seen, and
// it asks for what is strictly newer. The other reads overlapping windows again and keeps what it already
// has. Neither knows of our own code. Used by tests only.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>

#include "tests/simulator/tenant.hpp"

namespace entrawatch::simulator {

// What a collector holds: (feed, id) and the SHA-256 (hex) of the newest octets it saw.
using Collected = std::map<std::pair<FeedId, std::string>, std::string>;

// Gets a token, asks the tenant, follows next links to the end.
class Walker {
  public:
    explicit Walker(Tenant& tenant) : tenant_(tenant) {}
    // Every record of one walk, newest octets last. False: the tenant refused, or sent what is no page.
    [[nodiscard]] bool walk(FeedId feed, const std::string& filter, Instant now,
                            const std::function<void(const std::string& json)>& take);
    // One answer; a token is fetched when there is none, or when the one at hand is refused.
    [[nodiscard]] http::Response ask(const std::string& target, Instant now);
    // A next link as a target; empty stays empty.
    [[nodiscard]] std::string target_of(const std::string& link) const;

  private:
    [[nodiscard]] http::Response get(const std::string& target, Instant now);

    Tenant& tenant_;
    std::string token_;
};

class NaiveCollector {
  public:
    explicit NaiveCollector(Tenant& tenant) : walker_(tenant) {}
    [[nodiscard]] bool poll(FeedId feed, Instant now);
    [[nodiscard]] const Collected& collected() const { return collected_; }

  private:
    Walker walker_;
    Collected collected_;
    std::map<FeedId, Instant> cursor_;
};

class OverlappingCollector {
  public:
    explicit OverlappingCollector(Tenant& tenant) : walker_(tenant) {}
    // Reads [now - overlap, now] again, whatever was read before.
    [[nodiscard]] bool poll(FeedId feed, Ticks overlap, Instant now);
    [[nodiscard]] const Collected& collected() const { return collected_; }

  private:
    Walker walker_;
    Collected collected_;
};

}  // namespace entrawatch::simulator
