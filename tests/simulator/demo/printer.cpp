#include "tests/simulator/demo/printer.hpp"

#include <algorithm>
#include <cstdio>

#include "core/base/text.hpp"

namespace entrawatch::simulator {
namespace {

constexpr std::string_view indent = "              ";
constexpr std::size_t value_width = 120;

std::string line(std::string_view label, std::string_view value) {
    std::string padded{label};
    padded.resize(std::max<std::size_t>(padded.size(), 10), ' ');
    return std::string{indent} + padded + for_terminal(value) + "\n";
}

std::string painted(std::string_view text, Severity severity, bool colour) {
    if (!colour) return std::string{text};
    const std::string_view code = severity >= Severity::high ? "\x1b[1;31m" : "\x1b[1;33m";
    return std::string{code} + std::string{text} + "\x1b[0m";
}

std::string quoted_for_shell(const std::string& text) {
    if (text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-") ==
        std::string::npos) {
        return text;
    }
    std::string out = "'";
    for (const char c : text)
        out += c == '\'' ? std::string{"'\\''"} : std::string(1, c);
    return out + "'";
}

}  // namespace

std::string clock_text(Instant at) {
    return to_iso_millis(at).substr(11, 8);
}

std::string seconds_text(Ticks duration) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f s", std::chrono::duration<double>(duration).count());
    return text;
}

std::string act_text(const Act& act, Instant at) {
    return clock_text(at) + "  " + act.sentence + "\n";
}

std::string alert_text(const Notification& notification, const Judge::Matched& matched, bool colour) {
    const std::string severity = "[" + std::string{name_of(notification.severity)} + "]";
    std::string text = clock_text(notification.at) + "  ==> " + notification.type + " " +
                       painted(severity, notification.severity, colour) + " " + notification.scenario + " " +
                       notification.rule + "\n";
    text += std::string{indent} + for_terminal(notification.summary) + "\n";
    text += line("who", notification.actor);
    if (!notification.target.empty()) text += line("what", notification.target);
    constexpr std::size_t most = 3;
    for (std::size_t i = 0; i < std::min(most, notification.differences.size()); ++i)
        text += line("changed", cut_utf8(notification.differences[i], value_width));
    if (notification.differences.size() > most) {
        const auto further = static_cast<std::int64_t>(notification.differences.size() - most);
        text += line("", "and " + counted(further, "more change", "more changes"));
    }
    text += std::string{indent} + (notification.verified ? "signature verified \xE2\x9C\x93"
                                                         : "SIGNATURE NOT VERIFIED: " + notification.why_not);
    if (matched.latency) text += ", " + seconds_text(*matched.latency) + " after Graph showed it";
    return text + "\n";
}

std::string verdict_text(const Judge& judge, const std::string& daemon_end) {
    std::string text = "\n";
    for (const std::string& sentence : judge.silent())
        text += "  silence, as it should be: " + sentence + "\n";
    const auto latencies = judge.latencies();
    const std::vector<std::string> faults = judge.faults();
    for (const std::string& fault : faults)
        text += "  WRONG: " + for_terminal(fault) + "\n";
    if (daemon_end != "exit 0")
        text += "  WRONG: the daemon ended with " + daemon_end + " instead of exit 0\n";
    text += "  " + std::to_string(latencies.size()) + " alerts of the story received";
    if (!latencies.empty()) {
        text += ", the slowest " + seconds_text(*std::max_element(latencies.begin(), latencies.end())) +
                " after Graph showed its event";
    }
    text += "; the daemon stopped with " + daemon_end + "\n";
    return text + (faults.empty() && daemon_end == "exit 0" ? "\nThe demo did what it promised.\n"
                                                            : "\nThe demo FAILED.\n");
}

std::string next_steps_text(const DemoFolder& folder, const std::string& binary,
                            const std::string& alert_id) {
    const std::string program = quoted_for_shell(binary);
    const std::string config = " --config " + quoted_for_shell(folder.settings().string());
    const std::string id = alert_id.empty() ? "" : " " + alert_id;
    return "\nWhat it kept is in " + folder.root.string() +
           ". Try:\n"
           "  " +
           program + " query" + config +
           " --actor breakglass1@contoso.onmicrosoft.com\n"
           "  " +
           program + " alerts list" + config +
           "\n"
           "  " +
           program + " alerts show" + config + id +
           "\n"
           "  sqlite3 " +
           quoted_for_shell(folder.database().string()) +
           " 'SELECT occurred_at, activity, actor_name, target_name FROM events ORDER BY occurred_at DESC "
           "LIMIT 20'\n"
           "To connect a tenant of your own: README.md.\n";
}

}  // namespace entrawatch::simulator
