// Any octets as the two sides of a modified property: no crash, limits hold, and a value differs from itself
// in nothing.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/event/changes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{reinterpret_cast<const char*>(data), size};
    const std::size_t middle = text.find('\n');
    const std::string old_value = text.substr(0, middle);
    const std::string new_value = middle == std::string::npos ? text : text.substr(middle + 1);
    const entrawatch::Change change = entrawatch::decode_change("Property", old_value, new_value);
    if (change.old_leaves.size() > entrawatch::max_leaves ||
        change.new_leaves.size() > entrawatch::max_leaves)
        std::abort();
    if (!entrawatch::difference(change.new_leaves, change.new_leaves, "").empty()) std::abort();
    const auto added = entrawatch::difference(change.new_leaves, change.old_leaves, "");
    if (added.size() > change.new_leaves.size()) std::abort();
    if (entrawatch::difference(change.new_leaves, {}, "").empty() != change.new_leaves.empty()) std::abort();
    return 0;
}
