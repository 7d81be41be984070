// Held: whether a hold keeps a record from being pruned. Reads the holds once; built anew for each step.
//
// Of an entity the lists of its days are looked up as `query` does. Nobody can say whom a rejection is about:
// any hold whose span fits keeps it, those by alert aside. Used by pruner. Manual: README.md.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/store/query_candidates.hpp"
#include "core/store/store_impl.hpp"

namespace entrawatch {

class Held {
  public:
    explicit Held(Database& db);
    [[nodiscard]] bool event(std::int64_t seq, Instant time);
    [[nodiscard]] bool rejection(Instant received) const;

  private:
    struct Hold {
        HoldRow row;
        std::optional<Candidates> entity{};
        std::optional<std::int64_t> day{};   // whose events are in `of_day`
        std::vector<std::int64_t> of_day{};  // sorted
    };
    [[nodiscard]] bool touches(Hold& hold, std::int64_t seq, Instant time);
    [[nodiscard]] bool belongs_to_alert(const Hold& hold, std::int64_t seq);

    Database& db_;
    std::vector<Hold> holds_;
};

[[nodiscard]] HoldRow hold_from(const Cursor& row);

}  // namespace entrawatch
