// StringTable: every name, id and address is stored once and named by a number.
//
// A bounded cache in front of the table; strings are never renumbered, so only a rollback can make it wrong.
// Used by store_impl.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/store/chain.hpp"
#include "core/store/sqlite.hpp"

namespace entrawatch {

class StringTable {
  public:
    StringTable(Database& db, Chain& chain) : db_(db), chain_(chain) {}

    // The number of `text`, which is added when it is new; nullopt for the empty text, which is stored as
    // NULL.
    [[nodiscard]] std::optional<std::int64_t> number_of(std::string_view text);
    // The same for the words of small sets (roles, kinds, outcomes), which every event asks for a dozen
    // times.
    [[nodiscard]] std::optional<std::int64_t> number_of_word(std::string_view word);
    // After a rollback: numbers handed out since may not exist.
    void forget();

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Map = std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>>;

    [[nodiscard]] std::int64_t find_or_add(std::string_view text);
    [[nodiscard]] std::int64_t find_or_add_form(std::string_view form);
    [[nodiscard]] std::int64_t add(std::string_view text, std::optional<std::int64_t> folded);
    void remember(std::string_view text, std::int64_t number);

    Database& db_;
    Chain& chain_;
    // Two generations stand in for "least recently used": when the young one is full it becomes the old one,
    // and what is asked for again moves back. At most twice `generation` strings are held.
    Map young_;
    Map old_;
    std::vector<std::pair<std::string, std::int64_t>> words_;  // looked through: at most `most_words`
    std::string folded_;
};

}  // namespace entrawatch
