#include "core/event/changes.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/event/change_decoder.hpp"

namespace entrawatch {
namespace {

// "a.b" is at or below "a" and "a.b", and not below "a.bc".
bool is_at_or_below(std::string_view leaf_path, std::string_view path) {
    if (path.empty()) return true;
    if (leaf_path.size() < path.size() || !equal_ignoring_ascii_case(leaf_path.substr(0, path.size()), path))
        return false;
    return leaf_path.size() == path.size() || leaf_path[path.size()] == '.';
}

// What two leaves are compared by. The path takes part: `enabled` as a state is not `enabled` elsewhere.
std::string key_of(const Leaf& leaf) {
    std::string key = fold(leaf.path);
    key += '\n';  // fold leaves no line break in a path
    key += fold(leaf.value);
    return key;
}

// Whether folding would do no more than lower the case: for all property names that were ever seen it is so.
bool is_plain(std::string_view name) {
    char before = ' ';
    for (const char c : name) {
        if (static_cast<unsigned char>(c) < 0x20U || static_cast<unsigned char>(c) > 0x7EU ||
            (c == ' ' && before == ' '))
            return false;
        before = c;
    }
    return before != ' ';
}

// One decoder a thread: its parsers' buffers are worth keeping from one property to the next.
ChangeDecoder& decoder() {
    thread_local ChangeDecoder decoder;
    return decoder;
}

std::vector<std::string> sorted_keys(const std::vector<Leaf>& leaves, std::string_view path) {
    std::vector<std::string> keys;
    for (const Leaf& leaf : leaves) {
        if (is_at_or_below(leaf.path, path)) keys.push_back(key_of(leaf));
    }
    std::ranges::sort(keys);
    return keys;
}

}  // namespace

const std::vector<Leaf>& ValueLeaves::get() const {
    if (!decoded_) {
        decoder().leaves(sent_, leaves_);
        sent_ = {};
        decoded_ = true;
    }
    return leaves_;
}

Change decode_change(std::string_view property, std::optional<std::string> old_value,
                     std::optional<std::string> new_value) {
    Change change;
    change.property = property;
    change.has_old = old_value.has_value();
    change.has_new = new_value.has_value();
    if (old_value) {
        change.old_value = decoder().words(*old_value);
        change.old_leaves = ValueLeaves{std::move(*old_value)};
    }
    if (new_value) {
        change.new_value = decoder().words(*new_value);
        change.new_leaves = ValueLeaves{std::move(*new_value)};
    }
    return change;
}

std::vector<std::string> difference(const std::vector<Leaf>& left, const std::vector<Leaf>& right,
                                    std::string_view path) {
    std::vector<std::string> values;
    std::vector<std::string> seen = sorted_keys(right, path);
    for (const Leaf& leaf : left) {
        if (!is_at_or_below(leaf.path, path)) continue;
        std::string key = key_of(leaf);
        const auto place = std::ranges::lower_bound(seen, key);
        if (place != seen.end() && *place == key) continue;
        seen.insert(place, std::move(key));
        values.push_back(leaf.value);
    }
    return values;
}

const Change* find_change(const std::vector<Change>& changes, std::string_view property) {
    const bool plain = is_plain(property);
    std::string folded;
    for (const Change& change : changes) {
        if (equal_ignoring_ascii_case(change.property, property)) return &change;
        if (plain && is_plain(change.property)) continue;
        if (folded.empty()) folded = fold(property);
        if (fold(change.property) == folded) return &change;
    }
    return nullptr;
}

}  // namespace entrawatch
