#include "core/store/shared_ends.hpp"

#include <algorithm>

namespace entrawatch {
namespace {

constexpr std::size_t least_saved = 16;  // bytes

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::int64_t characters(std::string_view text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return !continues_character(c); });
}

}  // namespace

std::optional<SharedEnds> shared_ends(std::string_view other, std::string_view text) {
    const std::size_t most = std::min(other.size(), text.size());
    if (most < least_saved) return std::nullopt;
    std::size_t first = 0;
    while (first < most && other[first] == text[first])
        ++first;
    while (first > 0 && first < text.size() && continues_character(text[first]))
        --first;
    std::size_t last = 0;
    while (last < most - first && other[other.size() - 1 - last] == text[text.size() - 1 - last])
        ++last;
    while (last > 0 && continues_character(text[text.size() - last]))
        --last;
    if (first + last < least_saved) return std::nullopt;
    if (other.find('\0') != std::string_view::npos || text.find('\0') != std::string_view::npos)
        return std::nullopt;
    return SharedEnds{characters(text.substr(0, first)), characters(text.substr(text.size() - last)),
                      text.substr(first, text.size() - first - last)};
}

}  // namespace entrawatch
