// configuration_texts: what the program was told, as text that is the same for the same settings and rules:
// for the evidence chain, which keeps it and its digest. No secrets: of a URL the first digits of its digest,
// of a secret's file its path.
//
// Used by load (settings) and by daemon/app at start and reload. Pure.
#pragma once

#include <string>

#include "config/yaml_tree.hpp"
#include "core/rules/rule_set.hpp"

namespace entrawatch {

// A checked tree, with the defaults of what it leaves out, in the order of the settings table. JSON.
[[nodiscard]] std::string settings_text(const YamlNode& root);

// Id, name and digest of the file of every rule in force and of every filter, by id. JSON.
[[nodiscard]] std::string rules_text(const RuleSet& rules);

}  // namespace entrawatch
