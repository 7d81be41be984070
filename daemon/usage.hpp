// usage: what is wrong with a command line, in words that name the remedy. Used by options.cpp alone.
#pragma once

#include <string>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace entrawatch {

// CLI11's error in our words. A word that was not understood comes first, because it is the cause of what is
// missing.
[[nodiscard]] std::string usage_sentence(const CLI::App& app, const CLI::ParseError& error);

}  // namespace entrawatch
