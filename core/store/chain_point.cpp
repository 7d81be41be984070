#include "core/store/chain_point.hpp"

#include <charconv>

namespace entrawatch {

std::string to_text(const ChainPoint& point) {
    return std::to_string(point.entry) + ":" + to_hex(as_bytes(point.hash));
}

Result<ChainPoint> read_chain_point(std::string_view text) {
    ChainPoint point;
    const auto colon = text.find(':');
    const std::string_view number = text.substr(0, colon);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), point.entry);
    const auto hash = colon == std::string_view::npos ? std::nullopt : digest_of_hex(text.substr(colon + 1));
    if (error != std::errc{} || end != number.data() + number.size() || point.entry < 1 || !hash)
        return fail(ErrorCode::invalid, "is no entry of a chain with its hash, such as 120:<64 hex digits>");
    point.hash = *hash;
    return point;
}

std::vector<KnownHead> find_heads(std::string_view text) {
    constexpr std::size_t hash_digits = 64;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto is_name = [&](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-'; };
    std::vector<KnownHead> found;
    for (auto colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
        std::size_t begin = colon;
        while (begin > 0 && is_digit(text[begin - 1]))
            --begin;
        auto point = read_chain_point(text.substr(begin, colon - begin + 1 + hash_digits));
        const bool longer = colon + 1 + hash_digits < text.size() && is_name(text[colon + 1 + hash_digits]);
        if (!point || longer) continue;
        std::size_t name = begin;
        if (begin > 0 && text[begin - 1] == '@') {
            for (name = begin - 1; name > 0 && is_name(text[name - 1]);)
                --name;
            found.push_back({*point, std::string{text.substr(name, begin - 1 - name)}});
        } else {
            found.push_back({*point, {}});
        }
    }
    return found;
}

}  // namespace entrawatch
