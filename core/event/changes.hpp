// Change: one modified property, decoded from the at least six encodings in which Entra writes old and new
// values.
//
// The values are strings that hold JSON: quoted scalars, arrays of scalars, arrays of "[Key=…,Key=…]" texts
// (KeyDescription), whole objects, arrays of JSON inside a string (PolicyDetail), quoted non-JSON. Each side
// becomes flat leaves (path, value), so that a rule can ask what was added or removed at a path, and nobody
// compares strings whose order changes on every write. Used by normalize, rules (`changes.…`), payloads and
// the event_changes view.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace entrawatch {

// One scalar inside a value. Array positions are not part of the path: "grantControls.builtInControls",
// "KeyIdentifier", "" for a bare scalar. Booleans and numbers are printed as JSON prints them; null is left
// out.
struct Leaf {
    std::string path;
    std::string value;
    friend bool operator==(const Leaf&, const Leaf&) = default;
};

struct Change {
    std::string property;   // displayName as sent
    std::string old_value;  // decoded one level for people: Global Administrator, not "\"Global
                            // Administrator\""; empty = absent
    std::string new_value;
    bool has_old = false;  // false: JSON null or missing on that side
    bool has_new = false;
    std::vector<Leaf> old_leaves;
    std::vector<Leaf> new_leaves;
};

inline constexpr std::size_t max_leaves =
    8192;  // per side; further ones are dropped and counted as one leaf "…"
inline constexpr std::size_t max_nested_json = 4;  // strings that hold JSON that hold strings …

// Decodes one modifiedProperties entry. Total: what cannot be decoded is one leaf with the text itself.
// `old_value`, `new_value`: the strings as sent; nullptr data = null.
[[nodiscard]] Change decode_change(std::string_view property, const std::string* old_value,
                                   const std::string* new_value);

// Leaves of `left` at or below `path` that `right` does not have there (compared folded). `path` "" =
// everything.
[[nodiscard]] std::vector<std::string> difference(const std::vector<Leaf>& left,
                                                  const std::vector<Leaf>& right, std::string_view path);

// Lookup by folded property name; nullptr when the record does not have it.
[[nodiscard]] const Change* find_change(const std::vector<Change>& changes, std::string_view property);

}  // namespace entrawatch
