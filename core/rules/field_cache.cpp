#include "core/rules/field_cache.hpp"

#include "core/base/text.hpp"

namespace entrawatch {

void FieldCache::begin(const Event& event, Json record, std::size_t fields) {
    ++event_number_;
    event_ = &event;
    record_.begin(record);
    if (entries_.size() < fields) entries_.resize(fields);
}

std::span<const FieldValue> FieldCache::values(std::size_t id, const FieldPath& path) {
    Entry& entry = entries_[id];
    if (entry.read_in != event_number_) {
        entry.read_in = event_number_;
        entry.scratch.clear();
        path.read(*event_, record_, entry.scratch);
    }
    return entry.scratch.values;
}

std::span<const std::string> FieldCache::folded(std::size_t id, const FieldPath& path) {
    const auto now = values(id, path);
    Entry& entry = entries_[id];
    if (entry.folded_in != event_number_) {
        entry.folded_in = event_number_;
        if (entry.folded.size() < now.size()) entry.folded.resize(now.size());
        for (std::size_t i = 0; i < now.size(); ++i)
            fold_into(now[i].text, entry.folded[i]);
    }
    return std::span<const std::string>{entry.folded}.first(now.size());
}

}  // namespace entrawatch
