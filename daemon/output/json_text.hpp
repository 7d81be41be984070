// json_text: JSON values as text that is safe where it goes.
//
// To a terminal everything beyond ASCII is escaped (\uXXXX), so that no control, bidi or zero-width character
// reaches it; to a file or pipe valid UTF-8 is written as it is. Broken UTF-8 becomes U+FFFD. Read next:
// list_writer.hpp.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace entrawatch {

using OrderedJson = nlohmann::ordered_json;

[[nodiscard]] inline std::string json_text(const OrderedJson& value, bool to_terminal, int indent = -1) {
    return value.dump(indent, ' ', to_terminal, OrderedJson::error_handler_t::replace);
}

}  // namespace entrawatch
