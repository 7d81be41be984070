// Problem: one mistake in a file, with its place. Readers of settings and rules return all of them, never
// only the first.
#pragma once

#include <string>
#include <vector>

namespace entrawatch {

struct Problem {
    std::string file;
    int line = 0;          // 1-based; 0 = the file as a whole
    std::string message;   // what is wrong and how to mend it
    bool warning = false;  // a warning does not make the file unusable

    // "path:12: message" or "path:12: warning: message"
    [[nodiscard]] std::string text() const {
        return file + (line > 0 ? ":" + std::to_string(line) : "") + (warning ? ": warning: " : ": ") +
               message;
    }
};

using Problems = std::vector<Problem>;

[[nodiscard]] inline bool has_errors(const Problems& problems) {
    for (const Problem& problem : problems) {
        if (!problem.warning) return true;
    }
    return false;
}

}  // namespace entrawatch
