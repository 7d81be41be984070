// TextPattern: a Sigma string, that is text with `*` and `?`, compiled for fast comparison.
//
// Compared folded (core/base/text) unless `cased`. The common shapes (whole, start, end, somewhere) never run
// the general matcher. Used by conditions; made by sigma_values. Read next: field_test.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entrawatch {

// One piece of a Sigma string.
struct PatternPiece {
    enum class Kind { literal, any_run, any_one } kind = Kind::literal;
    std::string text;  // literal only
    friend bool operator==(const PatternPiece&, const PatternPiece&) = default;
};
using PatternPieces = std::vector<PatternPiece>;

// Sigma's escapes: `\*`, `\?` and `\\` are the characters themselves; any other backslash is one.
[[nodiscard]] PatternPieces parse_pattern(std::string_view text);
// The text as one literal, wildcards and backslashes included.
[[nodiscard]] PatternPieces literal_pattern(std::string_view text);
// Lets the pattern match anywhere after its start, before its end, or both.
void open_start(PatternPieces& pieces);
void open_end(PatternPieces& pieces);

class TextPattern {
  public:
    TextPattern(PatternPieces pieces, bool cased);

    // `raw` as sent, `folded` the same text folded; only one of them is looked at.
    [[nodiscard]] bool matches(std::string_view raw, std::string_view folded) const;
    // False: matches() does not look at the folded text.
    [[nodiscard]] bool needs_folding() const { return !cased_; }
    // The folded text that every match has; nullopt unless the pattern is one literal.
    [[nodiscard]] std::optional<std::string> exact_folded() const;

  private:
    enum class Shape { exact, starts, ends, contains, anything, general };
    [[nodiscard]] bool matches_general(std::string_view text) const;

    Shape shape_ = Shape::general;
    bool cased_ = false;
    std::string operand_;   // of the simple shapes
    PatternPieces pieces_;  // of the general one
};

}  // namespace entrawatch
