#include "core/base/secret_names.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "core/base/text.hpp"

namespace entrawatch {

bool names_a_secret(std::string_view name) {
    constexpr std::array<std::string_view, 2> words{"password", "secret"};
    constexpr std::array<std::string_view, 4> harmless{"passwordless", "passwordvalidityperiod",
                                                       "passwordnotificationwindow", "forcechangepassword"};
    std::string folded = fold(name);
    for (const std::string_view word : harmless) {
        if (const auto at = folded.find(word); at != std::string::npos) folded.erase(at, word.size());
    }
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return folded.find(word) != std::string::npos; });
}

}  // namespace entrawatch
