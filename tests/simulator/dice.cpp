#include "tests/simulator/dice.hpp"

#include <string_view>

namespace entrawatch::simulator {

std::uint64_t Dice::next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31U);
}

double Dice::unit() {
    return static_cast<double>(next() >> 11U) / 9007199254740992.0;
}

Ticks Dice::between(Ticks from, Ticks to) {
    if (to <= from) return from;
    const auto width = static_cast<std::uint64_t>((to - from).count());
    return from + Ticks{static_cast<std::int64_t>(next() % width)};
}

std::string Dice::hex(std::size_t digits) {
    static constexpr std::string_view alphabet = "0123456789abcdef";
    std::string text;
    text.reserve(digits);
    for (std::size_t i = 0; i < digits; ++i)
        text += alphabet[below(alphabet.size())];
    return text;
}

std::string Dice::guid() {
    std::string text = hex(32);
    text[12] = '4';
    text[16] = "89ab"[below(4)];
    for (const std::size_t at : {8U, 13U, 18U, 23U})
        text.insert(at, 1, '-');
    return text;
}

std::string Dice::capitals(std::size_t count) {
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    std::string text;
    text.reserve(count);
    for (std::size_t i = 0; i < count; ++i)
        text += alphabet[below(alphabet.size())];
    return text;
}

std::uint64_t stable_hash(std::string_view text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return Dice{hash}.next();  // FNV alone is weak in its low bits
}

}  // namespace entrawatch::simulator
