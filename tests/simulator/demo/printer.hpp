// printer: the demo's words for a person who watches. Pure: values in, text out.
#pragma once

#include <string>
#include <string_view>

#include "tests/simulator/demo/demo_folder.hpp"
#include "tests/simulator/demo/judge.hpp"

namespace entrawatch::simulator {

// "09:41:05", UTC.
[[nodiscard]] std::string clock_text(Instant at);
[[nodiscard]] std::string seconds_text(Ticks duration);  // "3.2 s"
[[nodiscard]] std::string act_text(const Act& act, Instant at);
// Several lines: type, severity, summary, who, what, before and after, signature, latency.
[[nodiscard]] std::string alert_text(const Notification& notification, const Judge::Matched& matched,
                                     bool colour);
struct Difference {
    std::string before, after;
};
// Of two JSON objects the members in which they differ; other values as they are.
[[nodiscard]] Difference differing_members(const std::string& before, const std::string& after);
// The two values cut to where they begin to differ.
[[nodiscard]] Difference around_difference(std::string_view before, std::string_view after,
                                           std::size_t width);
[[nodiscard]] std::string verdict_text(const Judge& judge, const std::string& daemon_end);
[[nodiscard]] std::string next_steps_text(const DemoFolder& folder, const std::string& binary,
                                          const std::string& alert_id);

}  // namespace entrawatch::simulator
