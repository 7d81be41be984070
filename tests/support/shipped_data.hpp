// The shipped rules and roles of the source tree, read once, for tests of what they tell.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "config/shipped.hpp"
#include "tests/support/source_tree.hpp"

namespace entrawatch::test {

inline std::filesystem::path config_dir() {
    return source_dir() / "config";
}

inline const LoadedRules& shipped() {
    static const LoadedRules loaded = read_rules_in(config_dir() / "rules", {}, true);
    return loaded;
}

inline std::vector<RoleInfo> shipped_roles() {
    auto read = read_roles(config_dir() / "roles.yml");
    EXPECT_TRUE(read) << (read ? "" : read.error().text());
    return read ? std::move(*read) : std::vector<RoleInfo>{};
}

}  // namespace entrawatch::test
