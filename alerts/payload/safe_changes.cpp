#include "alerts/payload/safe_changes.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "alerts/payload/native.hpp"
#include "core/base/secret_names.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

std::string_view last_segment(std::string_view path) {
    const auto dot = path.rfind('.');
    return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

bool is_key_description(const Change& change) {
    const auto holds_key_id = [](const Leaf& leaf) { return last_segment(leaf.path) == "KeyIdentifier"; };
    return fold(change.property) == "keydescription" ||
           std::any_of(change.old_leaves.begin(), change.old_leaves.end(), holds_key_id) ||
           std::any_of(change.new_leaves.begin(), change.new_leaves.end(), holds_key_id);
}

OrderedJson key_identifiers(const std::vector<Leaf>& leaves) {
    constexpr std::size_t longest_identifier = 128;
    OrderedJson ids = OrderedJson::array();
    for (const Leaf& leaf : leaves) {
        if (last_segment(leaf.path) != "KeyIdentifier") continue;
        if (ids.size() == most_listed_keys) break;
        ids.push_back(safe_text(leaf.value, longest_identifier));
    }
    return ids;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

// A secret that cannot be found as it stands (escaped, encoded) takes the whole value with it.
std::string without_secrets(const std::string& value, const std::vector<Leaf>& leaves) {
    std::string text = value;
    for (const Leaf& leaf : leaves) {
        if (leaf.value.size() < shortest_secret || !names_a_secret(last_segment(leaf.path))) continue;
        if (value.find(leaf.value) == std::string::npos) return std::string{redacted};
        replace_all(text, leaf.value, redacted);
    }
    return safe_text(text);
}

OrderedJson side(const Change& change, const std::string& value, const std::vector<Leaf>& leaves) {
    if (is_key_description(change)) return key_identifiers(leaves);
    if (names_a_secret(change.property)) return std::string{redacted};
    return without_secrets(value, leaves);
}

}  // namespace

nlohmann::ordered_json safe_changes(const std::vector<Change>& changes) {
    OrderedJson list = OrderedJson::array();
    for (const Change& change : changes) {
        if (list.size() == most_listed_changes) break;
        OrderedJson entry;
        entry["property"] = safe_text(change.property);
        if (change.has_old) entry["old"] = side(change, change.old_value, change.old_leaves);
        if (change.has_new) entry["new"] = side(change, change.new_value, change.new_leaves);
        list.push_back(std::move(entry));
    }
    return list;
}

}  // namespace entrawatch
