// The version this source tree builds; the same as project(VERSION) in CMakeLists.txt, which a test compares.
#pragma once

#include <string_view>

namespace entrawatch {

inline constexpr std::string_view program_version = "0.1.0";

}  // namespace entrawatch
