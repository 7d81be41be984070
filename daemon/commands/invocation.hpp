// Invocation: what a command is run with besides its options: where it prints, who typed it, and what it may
// ask of the world.
//
// Real in main, held by hand in tests. Everything a command prints for its user's next program goes to `out`,
// the rest to `err`. Read next: opening.hpp.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string>

#include "core/base/error.hpp"
#include "daemon/clock.hpp"
#include "daemon/output/list_writer.hpp"

namespace entrawatch {

struct Invocation {
    std::ostream& out;
    std::ostream& err;
    std::istream& in;
    const Clock& clock;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    int width = 0;                            // columns of the terminal; 0 = not one
    std::string user;                         // operating-system user, for the audit trail
    std::filesystem::path executable;         // beside it lie the shipped rules
    std::function<void(Ticks)> pause;         // waits that long
    const std::atomic<bool>* stop = nullptr;  // once set, a question to a store ends soon

    [[nodiscard]] Instant now() const { return clock.now().wall; }
    [[nodiscard]] ListStyle style(Format format) const { return {format, out_is_terminal, width}; }
};

// Standard streams, the terminal's width, the user by getpwuid, /proc/self/exe.
[[nodiscard]] Invocation invocation_of_process();

// "entrawatch: <sentence>" on `err`; hands back `code`, so that a command can end with it.
int complain(const Invocation& invocation, const Error& error, int code);

}  // namespace entrawatch
