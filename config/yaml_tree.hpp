// yaml_tree: YAML text as a small tree in which everything knows its line and nothing is merged away.
//
// yaml-cpp's own nodes silently keep one of two equal keys; a settings file with a duplicate key is a mistake
// that must be told. The text is hostile: size, depth and count are bounded, and anchors and aliases are
// refused, so that a small file cannot become a large tree. Used by load and shipped. Read next:
// settings_check.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/problem.hpp"

namespace entrawatch {

inline constexpr std::size_t max_yaml_bytes = 1024UL * 1024;
inline constexpr std::size_t max_yaml_depth = 32;
inline constexpr std::size_t max_yaml_nodes = 100'000;

struct YamlNode {
    enum class Kind : std::uint8_t { null, scalar, list, map } kind = Kind::null;
    std::string text;             // scalar
    bool quoted = false;          // "off" is text, off is a word
    int line = 0;                 // 1-based
    std::vector<YamlNode> keys;   // map: scalars in file order, duplicates kept
    std::vector<YamlNode> items;  // list, or the values beside `keys`

    // The first value of a key; nullptr when this is no map or does not have it.
    [[nodiscard]] const YamlNode* find(std::string_view key) const;
    // A null that no quotes surround is written `key:`, `key: ~` or `key: null`.
    [[nodiscard]] bool is_null() const { return kind == Kind::null; }
    [[nodiscard]] bool is_map() const { return kind == Kind::map; }
    [[nodiscard]] bool is_list() const { return kind == Kind::list; }
    [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
};

struct YamlText {
    YamlNode root;      // null when the text is empty
    Problems problems;  // at most one: after a mistake in the syntax nothing can be told
};

// `file`: for messages. One document only.
[[nodiscard]] YamlText read_yaml_tree(std::string_view text, std::string_view file);

}  // namespace entrawatch
