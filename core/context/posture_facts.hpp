// The facts behind posture records: the checks that find them. Private to posture*.cpp.
//
// Each check looks at one part of the reading; a part that is not known has no facts, and what was open stays
// open (see posture.cpp).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/context/directory.hpp"

namespace entrawatch {

struct PostureTarget {
    std::string type;  // as in audit records: User, Group, ServicePrincipal, Domain, Directory
    std::string id;
    std::string name;
};

struct PostureProperty {
    std::string name;
    std::optional<std::string> old_value, new_value;
};

struct PostureFact {
    std::string check;    // privilege, emergency, policy, sync, domain, location, application
    std::string subject;  // tells it from the other facts of the check
    std::string activity;
    std::string says;  // one sentence
    std::vector<PostureTarget> targets;
    std::vector<PostureProperty> properties;                   // of the first target
    std::vector<std::pair<std::string, std::string>> details;  // key and value
};

// A fact about `target`, without properties and details.
[[nodiscard]] PostureFact make_fact(std::string check, std::string subject, std::string activity,
                                    std::string says, PostureTarget target);
// What a fact is remembered by.
[[nodiscard]] std::string key_of(const PostureFact& fact);

// A tenant with more of them has to begin elsewhere; they are counted in one fact.
inline constexpr std::size_t max_privilege_facts = 5'000;
// PR-4, PR-3: privileged roles held by what is mastered on-premises, by guests, by foreign applications.
[[nodiscard]] std::vector<PostureFact> privilege_facts(const Directory& directory);
// EA-6.
[[nodiscard]] std::vector<PostureFact> emergency_facts(const Directory& directory);
// EA-6 as well: emergency accounts that a Conditional Access policy keeps out.
[[nodiscard]] std::vector<PostureFact> policy_facts(const Directory& directory);
// HY-2.
[[nodiscard]] std::vector<PostureFact> sync_facts(const Directory& directory, Instant now);
// LG-3, what lasts: the application is disabled, a credential ends within 60, 30 or 7 days.
[[nodiscard]] std::vector<PostureFact> application_facts(const Directory& directory, Instant now);

// TW-1, TW-2, TW-7 and LG-3, what changed since the reading before. Nothing when there was none.
[[nodiscard]] std::vector<PostureFact> domain_changes(const DirectoryReading& before,
                                                      const DirectoryReading& after);
[[nodiscard]] std::vector<PostureFact> location_changes(const DirectoryReading& before,
                                                        const DirectoryReading& after);
[[nodiscard]] std::vector<PostureFact> application_changes(const DirectoryReading& before,
                                                           const DirectoryReading& after);

}  // namespace entrawatch
