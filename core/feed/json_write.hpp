// Small JSON writing for the ground floor: the converted form of foreign record shapes, and what the
// directory reading is kept as. Larger bodies (payloads) are written with nlohmann/json on the floors above.
// Used by diagnostic.cpp and context/.
#pragma once

#include <string>
#include <string_view>

#include "core/feed/json.hpp"

namespace entrawatch {

// `text` as a JSON string, quotes included. Broken UTF-8 becomes U+FFFD.
void append_json_text(std::string& out, std::string_view text);
[[nodiscard]] std::string json_text(std::string_view text);

// An array of what `json_of` makes of each element: `json_list(ids, json_text)`.
template <class Range, class JsonOf>
[[nodiscard]] std::string json_list(const Range& elements, JsonOf json_of) {
    std::string out = "[";
    for (const auto& element : elements) {
        if (out.size() > 1) out += ',';
        out += json_of(element);
    }
    out += ']';
    return out;
}

// Builds one object, member by member: `JsonObjectWriter w; w.text("id", "1"); std::move(w).take();`
class JsonObjectWriter {
  public:
    void text(std::string_view name, std::string_view value);
    // `json` is written as it is: it must be one JSON value.
    void raw(std::string_view name, std::string_view json);
    void value(std::string_view name, Json json);
    [[nodiscard]] std::string take() &&;

  private:
    void begin(std::string_view name);
    std::string out_ = "{";
};

}  // namespace entrawatch
