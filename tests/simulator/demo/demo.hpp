// Demo: the whole way in one process and one child: a simulated tenant, a receiver, and the real daemon
// between them.
//
// Plays the story in real time, prints what happens and what arrives, and judges it. Used by demo_main. Read
// next: story.hpp, judge.hpp.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>

#include "core/base/error.hpp"

namespace entrawatch::simulator {

struct DemoOptions {
    std::filesystem::path binary;  // of entrawatch
    std::filesystem::path folder;
    std::uint64_t seed = 20261122;
    bool colour = false;
};

// True when exactly the alerts of the story came, signed, and the daemon stopped in order. Error: it could
// not be played.
[[nodiscard]] Result<bool> run_demo(const DemoOptions& options, std::ostream& out);

}  // namespace entrawatch::simulator
