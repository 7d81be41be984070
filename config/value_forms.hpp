// value_forms: whether the text of one setting has the form its row in the settings table asks for. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "config/settings_table.hpp"

namespace entrawatch {

// What is wrong, to follow the key's name ("must be …"); nullopt when the form is right. `quoted`: YAML
// quotes stood around it.
[[nodiscard]] std::optional<std::string> wrong_form(std::string_view text, bool quoted,
                                                    const Setting& setting);

// Octets: "500MB" is 500,000,000; MB, GB, TB. nullopt for anything else.
[[nodiscard]] std::optional<std::int64_t> parse_size(std::string_view text);

// Digits only, perhaps after a minus.
[[nodiscard]] std::optional<int> parse_number(std::string_view text);
[[nodiscard]] bool is_short_name(std::string_view text);  // [a-z0-9-]{1,32}

// "127.0.0.1:9464", "[::1]:9464", "localhost:9464"; port 0 to 65535. nullopt for anything else.
struct ListenAddress {
    std::string host;  // without brackets
    int port = 0;
    bool loopback = false;
};
[[nodiscard]] std::optional<ListenAddress> parse_listen(std::string_view text);

}  // namespace entrawatch
