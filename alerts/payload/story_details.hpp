// story_details: the parts of a Story that are lists: what was changed, and what a digest tells of.
//
// Private to the files of this folder: story.cpp, story_details.cpp, cef.cpp, syslog.cpp.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/payload/story.hpp"

namespace entrawatch {

// The text there, as shown() writes it; empty when there is none.
[[nodiscard]] std::string shown_at(const OrderedJson& object, std::initializer_list<const char*> path);
[[nodiscard]] std::string in_capitals(std::string_view text);
// Unless the value is empty or the list full.
void add_fact(std::vector<Fact>& facts, std::string label, std::string value);

// What differs in words; of alerts that were stored without words, the changes as they are.
[[nodiscard]] std::vector<Fact> changes_of(const OrderedJson& data);
// "pim/role-given (3), …"; empty when it is no digest.
[[nodiscard]] std::string digest_rules(const OrderedJson& data);
// "HIGH admin gave a role to eve (open, 3 times, alrt_…)"
[[nodiscard]] std::vector<std::string> digest_lines(const OrderedJson& data);

}  // namespace entrawatch
