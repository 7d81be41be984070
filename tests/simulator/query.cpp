#include "tests/simulator/query.hpp"

#include "core/base/text.hpp"

namespace entrawatch::simulator {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::optional<std::string> decoded(std::string_view text, bool plus_is_blank) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_blank) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    return out;
}

// Calls take(name, value) with the raw halves of each pair.
template <class Take>
void split_pairs(std::string_view text, Take take) {
    while (!text.empty()) {
        const std::size_t end = text.find('&');
        const std::string_view pair = text.substr(0, end);
        const std::size_t equals = pair.find('=');
        if (!pair.empty()) {
            take(pair.substr(0, equals),
                 equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1));
        }
        if (end == std::string_view::npos) return;
        text.remove_prefix(end + 1);
    }
}

}  // namespace

std::optional<std::string> Query::option(std::string_view name) const {
    for (const auto& [key, value] : options) {
        if (equal_ignoring_ascii_case(key, name)) return value;
    }
    return std::nullopt;
}

OrGraphError<Query> parse_target(std::string_view target) {
    if (target.find_first_of(" \"") != std::string_view::npos) {
        return bad_request("Invalid URI: the request target holds a character that must be percent-encoded.");
    }
    const std::size_t mark = target.find('?');
    Query query;
    bool broken = false;
    const auto path = decoded(target.substr(0, mark), false);
    if (path) query.path = *path;
    broken = !path;
    if (mark != std::string_view::npos) {
        split_pairs(target.substr(mark + 1), [&](std::string_view name, std::string_view value) {
            auto key = decoded(name, true);
            auto text = decoded(value, true);
            broken = broken || !key || !text;
            if (key && text) query.options.emplace_back(std::move(*key), std::move(*text));
        });
    }
    if (broken)
        return bad_request("Invalid URI: a percent escape is not followed by two hexadecimal digits.");
    return query;
}

Query parse_form(std::string_view body) {
    Query query;
    split_pairs(body, [&](std::string_view name, std::string_view value) {
        query.options.emplace_back(decoded(name, true).value_or(std::string{name}),
                                   decoded(value, true).value_or(std::string{value}));
    });
    return query;
}

}  // namespace entrawatch::simulator
