// html: text on its way into a page. Everything in an event is chosen by whoever made the object: nothing
// goes into a report but through here.
//
// Used by report and charts.
#pragma once

#include <string>
#include <string_view>

#include "core/base/text.hpp"

namespace entrawatch {

// For element content and quoted attributes. Control, bidi and zero-width characters are shown escaped, as on
// a terminal: a name may look like another one in a browser, too.
[[nodiscard]] inline std::string html(std::string_view text) {
    std::string out;
    for (const char c : for_terminal(text)) {
        switch (c) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\'':
                out += "&#39;";
                break;
            default:
                out += c;
        }
    }
    return out;
}

}  // namespace entrawatch
