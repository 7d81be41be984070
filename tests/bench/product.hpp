// Product: the real way of a page (split_page, then ingest with the shipped rules, one destination to tell)
// into a store of its own, as the daemon does it on a lane. Used by the benchmarks.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "daemon/ingest.hpp"
#include "tests/bench/traffic.hpp"

namespace entrawatch::bench {

// The rules and roles beside the binary. Throws std::runtime_error when they are not there or not right.
[[nodiscard]] std::vector<Rule> shipped_rules();
[[nodiscard]] std::vector<RoleInfo> shipped_roles();
[[nodiscard]] std::shared_ptr<const IngestContext> make_context();

// A store of the simulated tenant; made when there is none.
[[nodiscard]] Store open_store(const std::filesystem::path& file);

struct Ingested {
    std::int64_t fresh = 0;
    std::int64_t opened = 0;  // alerts
};

class Product {
  public:
    Product(std::filesystem::path file, std::shared_ptr<const IngestContext> context);

    Ingested take(FeedId feed, std::string body, Instant now);
    [[nodiscard]] Store& store() { return store_; }

  private:
    std::shared_ptr<const IngestContext> context_;
    Store store_;
    RuleScratchPtr scratch_ = make_rule_scratch();
};

}  // namespace entrawatch::bench
