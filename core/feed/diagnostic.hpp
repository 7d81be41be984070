// The Azure Monitor (diagnostic settings) and Log Analytics shapes of the same records, brought to Graph's.
//
// Used by `import`, where a record's shape is told apart by looking at it. The octets that are stored stay
// those of the file; only the DOM that normalisation reads is converted. Source of the mapping: entra
// diagnostic categories and Log Analytics table columns.
#pragma once

#include <optional>
#include <string>

#include "core/base/error.hpp"
#include "core/feed/feed.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {

enum class RecordShape { graph, azure_monitor, log_analytics };

struct GraphShape {
    RecordShape shape = RecordShape::graph;
    std::optional<FeedId> feed;  // as far as the record itself says; nullopt = the caller must name it
    std::string json;            // the record in Graph shape; empty when shape is graph: read the original
};

// Error when the record says it is of a category that we have no feed for.
[[nodiscard]] Result<GraphShape> to_graph_shape(Json record);

// The feed a Graph-shaped record belongs to, by its members; nullopt when it could be several or none.
[[nodiscard]] std::optional<FeedId> guess_feed(Json record);

}  // namespace entrawatch
