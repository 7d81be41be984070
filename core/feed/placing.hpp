// RecordPlacer: one record, in whatever shape it came, as the JSON that normalisation reads and the feed it
// is of.
//
// Used by daemon/ingest, and by `rules test --record`. Read next: diagnostic.hpp, event/normalize.hpp.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/feed/feed.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {

struct PlacedRecord {
    const Feed* feed = nullptr;
    Json json;  // in Graph's shape; lives until the next record is placed
};

// One per thread of work.
class RecordPlacer {
  public:
    // `raw` is a view of `whole`, which outlives what is handed out. `feed`: of a record that does not say it
    // itself; nullptr: each must. `any_shape`: Azure Monitor's and Log Analytics' shapes are brought to
    // Graph's; otherwise, with a feed, the record is that feed's as it stands.
    [[nodiscard]] Result<PlacedRecord> place(const std::string& whole, std::string_view raw, const Feed* feed,
                                             bool any_shape);

  private:
    JsonReader reader_;
    JsonReader shaped_reader_;
};

}  // namespace entrawatch
