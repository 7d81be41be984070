#include "alerts/payload/chat_text.hpp"
#include "alerts/payload/story.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::string_view ellipsis = "…";

std::size_t bytes_of_next(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    std::size_t bytes = 1;
    if (lead >= 0xF0) {
        bytes = 4;
    } else if (lead >= 0xE0) {
        bytes = 3;
    } else if (lead >= 0xC0) {
        bytes = 2;
    }
    return bytes < text.size() ? bytes : text.size();
}

// An address keeps its @; one that could begin a mention is parted from its name by a zero-width space.
std::string defused_at(char before) {
    return is_ascii_alphanumeric(before) ? "@" : "@\u200B";
}

std::string markdown(std::string_view code_point, char before, std::string_view special) {
    if (code_point == "@") return defused_at(before);
    if (special.find(code_point) != std::string_view::npos) return "\\" + std::string{code_point};
    return std::string{code_point};
}

struct Cut {
    std::string text;       // escaped
    std::size_t taken = 0;  // units of the text as it was
    bool whole = true;
};

Cut cut(std::string_view text, std::size_t limit, Escape escape) {
    Cut out;
    std::size_t length = 0;
    char before = 0;
    while (!text.empty()) {
        const std::string_view one = text.substr(0, bytes_of_next(text));
        const std::string written = escape(one, before);
        const std::size_t more = chat_length(written);
        if (length + more > limit) {
            out.whole = false;
            return out;
        }
        out.text += written;
        out.taken += chat_length(one);
        length += more;
        before = one.back();
        text.remove_prefix(one.size());
    }
    return out;
}

}  // namespace

std::size_t chat_length(std::string_view text) {
    std::size_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) == 0x80U) continue;
        units += byte >= 0xF0 ? 2 : 1;
    }
    return units;
}

std::string as_it_is(std::string_view code_point, char /*before*/) {
    return std::string{code_point};
}

std::string for_slack(std::string_view code_point, char /*before*/) {
    if (code_point == "&") return "&amp;";
    if (code_point == "<") return "&lt;";
    if (code_point == ">") return "&gt;";
    return std::string{code_point};
}

std::string for_discord(std::string_view code_point, char before) {
    return markdown(code_point, before, "\\`*_~|<>[]()#-:");
}

std::string for_mattermost(std::string_view code_point, char before) {
    // Its Markdown takes a backslash before these only; elsewhere it would be shown.
    return markdown(code_point, before, "\\`*{}[]()#+-!_>~|");
}

std::string without_tags(std::string_view code_point, char /*before*/) {
    if (code_point == "<") return "‹";
    if (code_point == ">") return "›";
    return std::string{code_point};
}

std::string escaped(std::string_view text, std::size_t limit, Escape escape) {
    Cut whole = cut(text, limit, escape);
    if (whole.whole) return whole.text;
    return limit == 0 ? std::string{} : cut(text, limit - 1, escape).text + std::string{ellipsis};
}

std::string escaped_body(std::string_view text, std::size_t limit, std::string_view alert_id, Escape escape) {
    Cut whole = cut(text, limit, escape);
    if (whole.whole) return whole.text;
    const std::string total = std::to_string(chat_length(text));
    const auto note = [&](std::size_t left_out) {
        return std::string{ellipsis} + " [truncated " + std::to_string(left_out) + " of " + total +
               ", full: " + std::string{alert_id} + "]";
    };
    // The greatest note there can be, so that what is counted in it cannot push it over the limit.
    const std::size_t room = chat_length(note(chat_length(text)));
    if (room >= limit) return escaped(text, limit, escape);
    const Cut part = cut(text, limit - room, escape);
    return part.text + note(chat_length(text) - part.taken);
}

std::string brief_lines(const Story& story, std::size_t limit, Escape escape) {
    std::string text;
    for (const Fact& fact : kept_facts(story))
        text += "\n" + fact.label + ": " + escaped(fact.value, limit, escape);
    return text + "\n" + escaped(footnote(story), limit, escape);
}

}  // namespace entrawatch
