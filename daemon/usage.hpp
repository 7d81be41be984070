// usage: what is wrong with a command line, in words that name the remedy. Used by options.cpp alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace entrawatch {

// CLI11's error in our words. A word that was not understood comes first, because it is the cause of what is
// missing.
[[nodiscard]] std::string usage_sentence(const CLI::App& app, const CLI::ParseError& error);

// The name that was probably meant: one that begins with what was typed, or else the nearest; empty when none
// is near.
[[nodiscard]] std::string suggestion(std::string_view typed, const std::vector<std::string>& names);

}  // namespace entrawatch
