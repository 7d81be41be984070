// chat_text: texts for receivers that show them to people: counted as the receiver counts, cut between code
// points, and with what the receiver would take for markup or a mention made harmless.
//
// Whoever names an account chooses what stands there: "<!channel>" would wake everybody, "[reset](http://…)"
// would be a link. Pure. Used by the chat builders. Input is valid UTF-8 (story.hpp sees to it).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace entrawatch {

// UTF-16 units: what the strictest receivers count; nobody counts more.
[[nodiscard]] std::size_t chat_length(std::string_view text);

// How one code point is written for a receiver. `before`: the byte in front of it, 0 at the start.
using Escape = std::string (*)(std::string_view code_point, char before);

[[nodiscard]] std::string as_it_is(std::string_view code_point, char before);
[[nodiscard]] std::string for_slack(std::string_view code_point, char before);    // & < > as entities
[[nodiscard]] std::string for_discord(std::string_view code_point, char before);  // Markdown, mentions
[[nodiscard]] std::string for_mattermost(std::string_view code_point, char before);
[[nodiscard]] std::string without_tags(std::string_view code_point, char before);  // < > as ‹ ›

// The escaped text, of at most `limit` units after escaping; a longer one is cut and ends in "…".
[[nodiscard]] std::string escaped(std::string_view text, std::size_t limit, Escape escape = as_it_is);

// The same for a body of text: ends in "… [truncated N of M, full: ID]", both in units of the text as it is.
[[nodiscard]] std::string escaped_body(std::string_view text, std::size_t limit, std::string_view alert_id,
                                       Escape escape = as_it_is);

// All that a brief story says beyond its sentence: a line for each kept fact, and the footnote.
[[nodiscard]] std::string brief_lines(const struct Story& story, std::size_t limit, Escape escape);

}  // namespace entrawatch
