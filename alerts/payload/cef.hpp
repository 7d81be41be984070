// cef: a notification as one event of the Common Event Format, which SIEMs read out of syslog.
//
// `CEF:0|Vendor|Product|Version|class|name|severity|key=value …`, on one line whatever the names hold:
// control, bidi and zero-width characters are shown escaped first (story.hpp), then what CEF itself takes for
// its own signs. Each value keeps to the length of its key in the format's dictionary. Used by syslog.cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "alerts/payload/story.hpp"

namespace entrawatch {

// One field of the header: a bar becomes a slash, because many readers split there whatever stands before it.
[[nodiscard]] std::string cef_header(std::string_view text, std::size_t limit);
// One value of the extension. Line ends are written `\n` and `\r`; other control characters become blanks.
[[nodiscard]] std::string cef_value(std::string_view text, std::size_t limit);

// `data`: the stored data object; `story`: what shedding left of it.
[[nodiscard]] std::string cef_event(const Story& story, const OrderedJson& data,
                                    const Notification& notification, std::string_view version);

// Facts one a line, as many as a custom text (cs1 to cs6) takes.
inline constexpr std::size_t longest_custom_text = 4000;
[[nodiscard]] std::string lines_of(const std::vector<Fact>& facts);

}  // namespace entrawatch
