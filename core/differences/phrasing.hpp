// Phrasing: a difference at a path as what a person reads: an act with a verb, a setting with its label, or
// the path as it is.
//
// Used by differences.cpp and the families with an encoding of their own. Read next: words.hpp.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/differences/compare.hpp"
#include "core/differences/differences.hpp"
#include "core/differences/names.hpp"

namespace entrawatch {

// A difference and its place: lower ones are told first.
struct Ranked {
    std::size_t rank = 0;
    Difference difference;
};
inline constexpr std::size_t rank_of_heading = 0;
inline constexpr std::size_t rank_of_acts = 1;  // plus the place of the act in its table
inline constexpr std::size_t rank_of_settings = 1'000;
inline constexpr std::size_t rank_of_others = 2'000;

class Phrasing {
  public:
    // `property` and `names` must outlive it.
    Phrasing(std::string_view property, const Names& names, std::vector<Ranked>& out)
        : property_(property), names_(names), out_(out) {}

    // `label`: what a setting is called whatever its path says; empty: as the path says.
    void add(PathDifference difference, std::string_view label = {});
    // An act, "added credential: …"; `values` are texts to show.
    void add_act(std::size_t rank, std::string_view what, const std::vector<std::string>& values, bool added);
    // A sentence without values.
    void add_sentence(std::size_t rank, std::string_view what, std::string_view text);

  private:
    void add_acts(const struct Act& act, const PathDifference& difference);
    void add_setting(std::size_t rank, std::string_view what, const PathDifference& difference);
    [[nodiscard]] std::string label_of(const PathDifference& difference) const;
    [[nodiscard]] std::string raw_path_of(const PathDifference& difference) const;
    [[nodiscard]] std::string side(const std::vector<std::string>& values) const;

    std::string_view property_;
    const Names& names_;
    std::vector<Ranked>& out_;
};

// A value of any length in at most about 240 bytes; of a longer one the beginning, its size and its digest.
[[nodiscard]] std::string short_value(std::string_view value);

}  // namespace entrawatch
