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
// Several lines: type, severity, summary, who, what, what was changed, signature, latency.
[[nodiscard]] std::string alert_text(const Notification& notification, const Judge::Matched& matched,
                                     bool colour);
[[nodiscard]] std::string verdict_text(const Judge& judge, const std::string& daemon_end);
[[nodiscard]] std::string next_steps_text(const DemoFolder& folder, const std::string& binary,
                                          const std::string& alert_id);

}  // namespace entrawatch::simulator
