// What rules, correlations and filters have in common at the top of a Sigma document: its keys and its id.
//
// Used by sigma_reader and sigma_filter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {

struct SigmaDocument {
    YAML::Node root;  // with what a collection shares
    int line = 1;     // where it begins
    std::string file, name;
};

// nullptr when there is none.
[[nodiscard]] const YamlMember* find_member(const std::vector<YamlMember>& members, std::string_view key);

// Sigma allows further keys; one that is nearly a known one is probably that one, which is a warning.
void warn_of_near_keys(const std::vector<YamlMember>& members, SigmaReading& reading);

// A document may have no id; its id then follows from the name, so that it stays the same.
[[nodiscard]] std::string id_from(std::string_view name);

}  // namespace entrawatch
