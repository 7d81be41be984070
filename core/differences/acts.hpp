// acts: the paths of which each value that came or went is told with a verb: "excluded group: …".
//
// A table; add a row to teach it more. Used by phrasing. Read next: words.hpp for all other paths.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "core/differences/words.hpp"

namespace entrawatch {

struct Act {
    std::string_view path;  // lower case; a path that ends in it, at a segment's beginning, is meant
    std::string_view added;
    std::string_view removed;
    std::span<const ValueWords> values = {};
    bool role_permission = false;  // privileged ones are told apart
};

// In the order in which they are told: what matters most first. nullptr: no act.
[[nodiscard]] const Act* act_of(std::string_view lower_path);
[[nodiscard]] std::size_t rank_of(const Act& act);

// Whether a resource action lets its holder take over accounts, roles, consent, policies or domains: what the
// rules custom-roles/role-created and role-changed call privileged.
[[nodiscard]] bool is_privileged_action(std::string_view action);
[[nodiscard]] std::span<const std::string_view> privileged_action_patterns();

}  // namespace entrawatch
