// Any octets as a record of every feed, and as a record of a foreign shape: no crash, and an event is always
// placed.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/event/normalize.hpp"
#include "core/feed/diagnostic.hpp"

namespace {

void check(const entrawatch::Feed& feed, entrawatch::Json record) {
    const entrawatch::Result<entrawatch::Event> event = entrawatch::normalize(feed, record);
    if (!event) {
        if (event.error().what.empty()) std::abort();
        return;
    }
    if (event->id.empty() || event->id.size() > entrawatch::max_id_bytes || event->feed != feed.id)
        std::abort();
    for (const entrawatch::Change& change : event->changes) {
        if (change.old_leaves.size() > entrawatch::max_leaves ||
            change.new_leaves.size() > entrawatch::max_leaves)
            std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static entrawatch::JsonReader reader;
    static entrawatch::JsonReader converted_reader;
    const entrawatch::Result<entrawatch::Json> record =
        reader.parse({reinterpret_cast<const char*>(data), size});
    if (!record) return 0;
    for (const entrawatch::Feed& feed : entrawatch::all_feeds())
        check(feed, *record);
    const entrawatch::Result<entrawatch::GraphShape> shape = entrawatch::to_graph_shape(*record);
    if (!shape || shape->json.empty()) return 0;
    // What we wrote ourselves must be JSON, whatever it was made of.
    const entrawatch::Result<entrawatch::Json> converted = converted_reader.parse(shape->json);
    if (!converted || !shape->feed) std::abort();
    check(entrawatch::feed_of(*shape->feed), *converted);
    return 0;
}
