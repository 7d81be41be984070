// Names: what an id in a changed policy is called, where the record, the Directory or Microsoft says so.
//
// "Break-glass (0b0b…)": the id stays beside the name, because a name is chosen by whoever made the object.
// Used by phrasing.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "core/context/directory.hpp"
#include "core/event/event.hpp"

namespace entrawatch {

class Names {
  public:
    // Both must outlive it; `directory` may be nullptr.
    Names(const Event& event, const Directory* directory);

    // The text, each id in it that has a name as "name (id)".
    [[nodiscard]] std::string with_names(std::string_view text) const;

  private:
    [[nodiscard]] std::string_view name_of(std::string_view id) const;

    const Directory* directory_;
    std::map<std::string, std::string_view, std::less<>> of_record_;
};

}  // namespace entrawatch
