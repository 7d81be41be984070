#include "daemon/log.hpp"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <cstdlib>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// logfmt: bare when it is one plain word, else quoted with control, bidi and quote characters escaped.
std::string logfmt(std::string_view value) {
    const bool bare = !value.empty() && value.find_first_of(" \"=\\") == std::string_view::npos;
    std::string shown = for_terminal(value);
    if (bare && shown == value) return shown;
    std::string out = "\"";
    for (const char c : shown) {
        if (c == '"') out += '\\';
        out += c;
    }
    return out + "\"";
}

}  // namespace

Log::Log(std::shared_ptr<spdlog::logger> sink, bool journal) : sink_(std::move(sink)), journal_(journal) {
    sink_->set_pattern(journal_ ? "%v" : "%Y-%m-%dT%H:%M:%S.%eZ %v", spdlog::pattern_time_type::utc);
    sink_->flush_on(spdlog::level::info);
}

std::shared_ptr<Log> Log::to_stderr() {
    auto sink =
        std::make_shared<spdlog::logger>("entrawatch", std::make_shared<spdlog::sinks::stderr_sink_st>());
    return std::make_shared<Log>(std::move(sink), std::getenv("JOURNAL_STREAM") != nullptr);
}

void Log::info(std::string_view what, Facts facts) {
    write(Level::info, what, facts);
}
void Log::warning(std::string_view what, Facts facts) {
    write(Level::warning, what, facts);
}
void Log::error(std::string_view what, Facts facts) {
    write(Level::error, what, facts);
}

void Log::write(Level level, std::string_view what, Facts facts) {
    // Syslog priorities (sd-daemon(3)): 3 error, 4 warning, 6 informational.
    static constexpr std::string_view journal_marks[] = {"<3>", "<4>", "<6>"};
    static constexpr std::string_view names[] = {"error   ", "warning ", "info    "};
    const auto index = static_cast<std::size_t>(level);
    std::string line{journal_ ? journal_marks[index] : names[index]};
    line += for_terminal(redactor_.redact(std::string{what}));
    for (const auto& [name, value] : facts) {
        line += ' ';
        line += name;
        line += '=';
        line += logfmt(redactor_.redact(value));  // before escaping: a quoted secret is another text
    }
    sink_->log(spdlog::level::info, spdlog::string_view_t{line});
}

}  // namespace entrawatch
