#include "daemon/commands/invocation.hpp"

#include <pwd.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <iostream>
#include <thread>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// The real user who typed the command, also under sudo: the one who is named must be the one the kernel
// knows.
std::string user_name() {
    const uid_t uid = getuid();
    std::array<char, 16384> buffer{};
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr)
        return found->pw_name;
    return "uid " + std::to_string(uid);
}

int terminal_width() {
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
    return size.ws_col;
}

}  // namespace

Invocation invocation_of_process() {
    static const SystemClock clock;
    std::ios::sync_with_stdio(false);
    std::error_code unknown;
    const bool out_is_terminal = isatty(STDOUT_FILENO) == 1;
    return Invocation{std::cout,
                      std::cerr,
                      std::cin,
                      clock,
                      out_is_terminal,
                      isatty(STDERR_FILENO) == 1,
                      out_is_terminal ? terminal_width() : 0,
                      user_name(),
                      std::filesystem::read_symlink("/proc/self/exe", unknown),
                      [](Ticks span) { std::this_thread::sleep_for(span); }};
}

int complain(const Invocation& invocation, const Error& error, int code) {
    invocation.err << "entrawatch: " << for_terminal(error.text()) << "\n";
    return code;
}

}  // namespace entrawatch
