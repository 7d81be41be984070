// must: for what only a bug of the simulator itself can make fail.
#pragma once

#include <cstdio>
#include <cstdlib>

#include "core/base/error.hpp"

namespace entrawatch::simulator {

inline void must(const Result<>& done) {
    if (done) return;
    std::fprintf(stderr, "simulator: %s\n", done.error().text().c_str());
    std::abort();
}

}  // namespace entrawatch::simulator
