#include "core/feed/placing.hpp"

#include "core/feed/diagnostic.hpp"

namespace entrawatch {

Result<PlacedRecord> RecordPlacer::place(const std::string& whole, std::string_view raw, const Feed* feed,
                                         bool any_shape) {
    auto json = reader_.parse_part(whole, raw);
    if (!json) return fail(json.error());
    if (feed != nullptr && !any_shape) return PlacedRecord{feed, *json};
    auto shape = to_graph_shape(*json);
    if (!shape) return fail(shape.error());
    auto said = shape->feed;
    if (!shape->json.empty()) {
        json = shaped_reader_.parse(shape->json);
        if (!json) return fail(json.error());
    }
    if (!said && feed == nullptr) said = guess_feed(*json);
    if (said) return PlacedRecord{&feed_of(*said), *json};
    if (feed != nullptr) return PlacedRecord{feed, *json};
    return fail(ErrorCode::invalid, "the record does not say which feed it is of; name it with --feed");
}

}  // namespace entrawatch
