// script: when each act of the story begins, in seconds after the daemon has read every feed once.
#pragma once

#include <chrono>
#include <span>

#include "tests/simulator/story.hpp"

namespace entrawatch::simulator {

struct ScriptLine {
    std::chrono::seconds at;
    Act (*play)(Stage);
};

[[nodiscard]] std::span<const ScriptLine> script();

}  // namespace entrawatch::simulator
