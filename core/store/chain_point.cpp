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

}  // namespace entrawatch
