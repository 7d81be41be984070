#include "core/differences/value_sets.hpp"

#include <set>
#include <string_view>
#include <utility>

namespace entrawatch {

void take_away(std::vector<std::string>& values, const std::vector<std::string>& others) {
    const std::set<std::string_view> there{others.begin(), others.end()};
    std::erase_if(values, [&](const std::string& value) { return there.contains(value); });
}

void make_unique(std::vector<std::string>& values) {
    std::set<std::string> seen;
    std::erase_if(values, [&](const std::string& value) { return !seen.insert(value).second; });
}

}  // namespace entrawatch
