// settings_table: every setting there is, as rows: key, type, default, limits, sentence. The one source of
// what may stand in a settings file.
//
// The checker (unknown keys, types, limits), the readers (defaults) and the manual (config/README.md, held
// equal by a test) read it. Adding a setting adds a row here and a line where its value is used. Read next:
// settings_check.hpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entrawatch {

enum class SettingType : std::uint8_t {
    map,    // of further settings
    list,   // of maps
    texts,  // of texts
    lists,  // a map of lists of texts; its keys are the user's own
    text,
    flag,  // true | false
    name,  // [a-z0-9-]{1,32}
    guid,
    duration,  // "90s", "30d"
    number,
    size,     // "500MB", "20GB"
    choice,   // one of `limits`
    origin,   // scheme, host and port only
    url,      // a secret
    file,     // a path
    address,  // where to listen
    peer,     // where syslog is taken
    proxy,
    own_proxy,  // a proxy, or off
};
[[nodiscard]] std::string_view words_for(SettingType type);

struct Setting {
    std::string_view path;  // "tenants[].poll_interval"
    SettingType type;
    std::string_view fallback;  // the default, as it would be written; empty = none
    std::string_view limits;    // duration: "5s..1h"; number: "1..9"; size: "64MB..100TB"; choice: "low|high"
    std::string_view later;     // "*": the setting comes in a later version
    std::string_view only_for;  // the types of destination it belongs to: "slack|teams"; empty = all
    bool required;
    std::string_view sentence;
};

[[nodiscard]] std::span<const Setting> all_settings();
// nullptr when no setting has the path.
[[nodiscard]] const Setting* find_setting(std::string_view path);
// "tenants[]" and "poll_interval" make "tenants[].poll_interval"; the settings at the top have section "".
[[nodiscard]] const Setting* find_setting(std::string_view section, std::string_view key);
// Names of the settings of a section, for "did you mean".
[[nodiscard]] std::vector<std::string_view> keys_of(std::string_view section);
// "a|b|c" as a list.
[[nodiscard]] std::vector<std::string_view> split_choices(std::string_view choices);
// Whether a destination of the type may have the setting.
[[nodiscard]] bool is_of_type(const Setting& setting, std::string_view type);

}  // namespace entrawatch
