// Document: one side of a modified property as a tree of objects, lists and scalars, whatever encoding it was
// sent in (core/event/changes.hpp has decoded the outer one).
//
// Unlike leaves a tree keeps together what belongs together: which authentication method is switched on.
// Strings that hold JSON are opened. What cannot be read is one scalar with the text itself. Bounded in
// nodes, bytes and depth. Used by compare.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/event/changes.hpp"

namespace entrawatch {

inline constexpr std::size_t max_document_nodes = 20'000;
inline constexpr std::size_t max_document_bytes = std::size_t{2} * 1024 * 1024;
inline constexpr std::size_t max_document_depth = 24;

struct Node {
    enum class Kind { nothing, scalar, list, object };
    Kind kind = Kind::nothing;  // null, an empty text, an empty list and an empty object are nothing
    std::string name;           // of a member of an object
    std::string text;           // of a scalar
    bool secret = false;        // a scalar that must not be shown
    std::vector<Node> items;    // of a list or an object
};

struct Document {
    Node root;
    bool whole = true;  // false: parts beyond the bounds were dropped
};

enum class Side { before, after };
[[nodiscard]] Document document_of(const Change& change, Side side);

// Members sorted by name, items by text: the same for two nodes that differ in order only. `open`: with
// secrets, to compare; otherwise to show, as "id: Sms, state: enabled".
[[nodiscard]] std::string canonical(const Node& node, bool open);

}  // namespace entrawatch
