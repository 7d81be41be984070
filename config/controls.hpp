// controls: what published baselines ask of a watch, and what an evidence pack can and cannot show of it:
// config/evidence/controls.yml.
//
// Used by `evidence export`. Read next: shipped.hpp.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/feed/feed.hpp"

namespace entrawatch {

struct Control {
    std::string id;                      // "MS.AAD.7.7"
    std::string source;                  // the baseline it is of
    std::string asks;                    // in short
    std::vector<std::string> scenarios;  // whose alerts bear on it; empty: those of all
    std::vector<FeedId> feeds;           // whose coverage bears on it
    std::string shows, cannot;
};
[[nodiscard]] Result<std::vector<Control>> read_controls(const std::filesystem::path& controls_yml);

}  // namespace entrawatch
