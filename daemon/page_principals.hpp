// page_principals: whom a page names that the directory's reading does not know. Pure. Used by FeedPoller,
// which has them looked up before the page is taken in.
#pragma once

#include <set>
#include <string>

#include "core/context/directory.hpp"
#include "core/feed/page.hpp"

namespace entrawatch {

// Object ids, lower case, of users, groups and service principals that did something or had it done to them;
// at most `most_unknown`. None of sign-ins, which name everybody who works here and say themselves who it is,
// nor of the posture feed and of provisioning.
inline constexpr std::size_t most_unknown = 1'000;
[[nodiscard]] std::set<std::string> unknown_principals(const Directory& directory, const Feed& feed,
                                                       const Page& page);

}  // namespace entrawatch
