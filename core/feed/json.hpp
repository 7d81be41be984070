// One record as JSON: a view of the exact octets received, and a DOM to read them by.
//
// simdjson reads (2 µs a record); nothing is re-serialised, because the octets are evidence. Broken UTF-8 and
// lone surrogates are repaired in a copy that only the DOM sees. Used by page, diagnostic, normalize, changes
// and rules. Read next: page.hpp.
#pragma once

#include <simdjson.h>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace entrawatch {

using Json = simdjson::dom::element;
using JsonObject = simdjson::dom::object;
using JsonArray = simdjson::dom::array;

// Limits on what comes from outside. A record over them is rejected by name and kept, never half-read.
inline constexpr std::size_t max_record_bytes = std::size_t{16} * 1024 * 1024;
inline constexpr std::size_t max_json_depth = 128;

// Parses one JSON text at a time; the Json handed out lives until the next parse or the reader's end. One
// reader per thread of work.
class JsonReader {
  public:
    JsonReader();
    // `text` need not be padded and need not outlive the call.
    [[nodiscard]] Result<Json> parse(std::string_view text);
    // The same without a copy, where `whole`, of which `part` is a view, has room behind it for the parser to
    // read; `whole` must outlive the Json.
    [[nodiscard]] Result<Json> parse_part(const std::string& whole, std::string_view part);

  private:
    [[nodiscard]] Result<> make_ready(std::string_view text);
    [[nodiscard]] simdjson::simdjson_result<Json> parse_at(const char* text, std::size_t size);
    [[nodiscard]] Result<Json> read(simdjson::simdjson_result<Json> parsed, std::string_view text);
    [[nodiscard]] simdjson::simdjson_result<Json> parse_buffer();

    simdjson::dom::parser parser_;
    std::string buffer_;
};

// The last member with that name (what most JSON readers do with duplicate names); nullopt when absent or no
// object.
[[nodiscard]] std::optional<Json> member(Json value, std::string_view name);
// Follows `names` through objects; nullopt where one is absent or null.
[[nodiscard]] std::optional<Json> at_path(Json value, std::initializer_list<std::string_view> names);
// A string's text; empty for anything else.
[[nodiscard]] std::string_view text_in(Json value);
// A string member's text; empty when absent, null or no string.
[[nodiscard]] std::string_view text_of(Json value, std::string_view name);
// A scalar as text: strings as they are, numbers and booleans as JSON prints them; empty for null, arrays and
// objects.
[[nodiscard]] std::string scalar_text(Json value);
// A whole number, also one that was written as text or with a fraction of zero; nullopt for anything else.
[[nodiscard]] std::optional<std::int64_t> integer_in(Json value);
[[nodiscard]] std::optional<std::int64_t> integer_of(Json value, std::string_view name);

}  // namespace entrawatch
