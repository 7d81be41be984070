// Child: the daemon as a child process: started, watched, stopped by SIGTERM. Its output goes to a file.
#pragma once

#include <sys/types.h>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.hpp"

namespace entrawatch::simulator {

class Child {
  public:
    // `arguments` without the program's own name.
    [[nodiscard]] static Result<Child> start(const std::filesystem::path& program,
                                             const std::vector<std::string>& arguments,
                                             const std::filesystem::path& log);
    // Kills what still runs: no daemon outlives the demo.
    ~Child();
    Child(Child&& other) noexcept : pid_(other.pid_), ended_(std::move(other.ended_)) { other.pid_ = -1; }
    Child& operator=(Child&&) = delete;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // How it ended ("exit 0", "signal 9"), once it has.
    [[nodiscard]] std::optional<std::string> ended();
    void ask_to_stop() const;  // SIGTERM
    void send(int signal) const;
    [[nodiscard]] pid_t pid() const { return pid_; }  // -1 once it has ended

  private:
    explicit Child(pid_t pid) : pid_(pid) {}
    pid_t pid_;
    std::optional<std::string> ended_;
};

// The last `count` lines of a text file; empty when it cannot be read.
[[nodiscard]] std::vector<std::string> last_lines(const std::filesystem::path& file, std::size_t count);

}  // namespace entrawatch::simulator
