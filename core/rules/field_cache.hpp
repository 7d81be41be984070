// FieldCache: the values of the fields of one event, each read once and folded once however many rules ask.
//
// Kept from event to event (RuleScratch), so that it allocates nothing once its buffers have grown. Used by
// conditions and the rule set. Not for two threads at a time.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/event/fields.hpp"

namespace entrawatch {

class FieldCache {
  public:
    // The next event; `fields`: how many ids there are. Event and record must outlive the questions asked
    // about them.
    void begin(const Event& event, Json record, std::size_t fields);

    [[nodiscard]] std::span<const FieldValue> values(std::size_t id, const FieldPath& path);
    // The folded texts of values(id, path), in the same order.
    [[nodiscard]] std::span<const std::string> folded(std::size_t id, const FieldPath& path);

  private:
    struct Entry {
        std::uint64_t read_in = 0;  // the event whose values these are
        std::uint64_t folded_in = 0;
        FieldScratch scratch;
        std::vector<std::string> folded;  // at least as long as the values; never shrinks, to keep its memory
    };
    std::uint64_t event_number_ = 0;
    const Event* event_ = nullptr;
    RecordMembers record_;
    std::vector<Entry> entries_;
};

}  // namespace entrawatch
