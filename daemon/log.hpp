// Log: structured lines on stderr: time, level, what happened, and key=value facts. One redactor over
// everything.
//
// Under systemd (stderr is the journal) lines carry a syslog priority instead of a time. Values are quoted
// and escaped, so that no name chosen by an attacker can forge a line. Used in daemon/ only; the floors below
// are silent and return what is worth saying.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "daemon/redactor.hpp"

namespace spdlog {
class logger;
}

namespace entrawatch {

class Log {
  public:
    using Fact = std::pair<std::string_view, std::string>;
    using Facts = std::initializer_list<Fact>;

    // `journal`: whether stderr is the systemd journal.
    Log(std::shared_ptr<spdlog::logger> sink, bool journal);
    // To stderr; asks $JOURNAL_STREAM.
    static std::shared_ptr<Log> to_stderr();

    void info(std::string_view what, Facts facts = {});
    void warning(std::string_view what, Facts facts = {});
    void error(std::string_view what, Facts facts = {});

    [[nodiscard]] Redactor& redactor() { return redactor_; }

  private:
    enum class Level { error, warning, info };
    void write(Level level, std::string_view what, Facts facts);

    std::shared_ptr<spdlog::logger> sink_;
    bool journal_;
    Redactor redactor_;
};

}  // namespace entrawatch
