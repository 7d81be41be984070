// ChangeDecoder: one side of a modified property, from the string as sent to flat leaves and to words for
// people.
//
// Private to changes.cpp, which says what the encodings are. Keeps its parsers from call to call; one per
// thread.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/event/changes.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {

class ChangeDecoder {
  public:
    // Both are total.
    [[nodiscard]] std::string words(const std::string& sent);
    void leaves(const std::string& sent, std::vector<Leaf>& out);  // replaced

  private:
    // `nesting`: how many strings that hold JSON this one lies in.
    void add_text(std::string_view text, std::size_t nesting);
    void add_json(Json json, std::size_t nesting);
    void add_object(JsonObject object, std::size_t nesting);
    [[nodiscard]] bool add_bracketed(std::string_view text);
    void add_leaf(std::string_view value);
    void add_leaf_below(std::string_view name, std::string_view value);
    void finish();

    std::array<JsonReader, max_nested_json> readers_;
    std::string path_;
    std::vector<Leaf>* leaves_ = nullptr;
    std::size_t bytes_ = 0;    // of the leaves so far
    std::size_t dropped_ = 0;  // leaves beyond the limits
};

}  // namespace entrawatch
