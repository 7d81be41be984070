#include "tests/simulator/query.hpp"

#include "core/base/percent.hpp"
#include "core/base/text.hpp"

namespace entrawatch::simulator {
namespace {

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
    const auto path = percent_decoded(target.substr(0, mark));
    if (path) query.path = *path;
    broken = !path;
    if (mark != std::string_view::npos) {
        split_pairs(target.substr(mark + 1), [&](std::string_view name, std::string_view value) {
            auto key = percent_decoded(name, true);
            auto text = percent_decoded(value, true);
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
        query.options.emplace_back(percent_decoded(name, true).value_or(std::string{name}),
                                   percent_decoded(value, true).value_or(std::string{value}));
    });
    return query;
}

}  // namespace entrawatch::simulator
