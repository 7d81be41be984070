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
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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

// The leaves of one side. Decoded when they are first asked for, because rules ask for a few properties and
// records have dozens. Like the Event it is part of, it belongs to one thread.
class ValueLeaves {
  public:
    ValueLeaves() = default;
    // Of the text as sent.
    explicit ValueLeaves(std::string sent) : sent_(std::move(sent)), decoded_(false) {}
    ValueLeaves(std::vector<Leaf> leaves) : leaves_(std::move(leaves)) {}  // NOLINT(*-explicit-*): the same
    operator const std::vector<Leaf>&() const { return get(); }            // NOLINT(*-explicit-*): thing

    [[nodiscard]] const std::vector<Leaf>& get() const;
    [[nodiscard]] auto begin() const { return get().begin(); }
    [[nodiscard]] auto end() const { return get().end(); }
    [[nodiscard]] std::size_t size() const { return get().size(); }
    [[nodiscard]] bool empty() const { return get().empty(); }

  private:
    mutable std::vector<Leaf> leaves_;
    mutable std::string sent_;
    mutable bool decoded_ = true;
};

struct Change {
    std::string property;   // displayName as sent
    std::string old_value;  // decoded one level for people: Global Administrator, not "\"Global
                            // Administrator\""; objects as sent; empty = absent
    std::string new_value;
    bool has_old = false;  // false: JSON null or missing on that side
    bool has_new = false;
    ValueLeaves old_leaves;
    ValueLeaves new_leaves;
};

inline constexpr std::size_t max_leaves =
    8192;  // per side; further ones are dropped and counted as one leaf "…"
inline constexpr std::size_t max_nested_json = 4;  // strings that hold JSON that hold strings …

// Decodes one modifiedProperties entry. Total: what cannot be decoded is one leaf with the text itself.
// `old_value`, `new_value`: the strings as sent; nullopt = null.
[[nodiscard]] Change decode_change(std::string_view property, std::optional<std::string> old_value,
                                   std::optional<std::string> new_value);

// Leaves of `left` at or below `path` that `right` does not have there (compared folded). `path` "" =
// everything.
[[nodiscard]] std::vector<std::string> difference(const std::vector<Leaf>& left,
                                                  const std::vector<Leaf>& right, std::string_view path);

// Lookup by folded property name; nullptr when the record does not have it.
[[nodiscard]] const Change* find_change(const std::vector<Change>& changes, std::string_view property);

}  // namespace entrawatch
