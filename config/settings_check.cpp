#include "config/settings_check.hpp"

#include <algorithm>

#include "config/settings_table.hpp"
#include "config/url.hpp"
#include "config/value_forms.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

std::string in_ticks(std::string_view text) {
    return "`" + for_terminal(cut_utf8(text, 40)) + "`";
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
    const std::string near = nearest(word, candidates);
    return near.empty() ? "" : "; did you mean `" + near + "`?";
}

class Checker {
  public:
    explicit Checker(LoadContext& context) : context_(context) {}

    void check_map(const YamlNode& map, const std::string& section) {
        const std::string_view destination_type = type_of(map, section);
        for (std::size_t i = 0; i < map.keys.size(); ++i) {
            if (tell_duplicate(map, i)) continue;
            check_key(map.keys[i], map.items[i], section, destination_type);
        }
        for (const std::string_view key : keys_of(section)) {
            if (find_setting(section, key)->required && map.find(key) == nullptr)
                context_.error(map.line, "`" + std::string{key} + "` is missing");
        }
    }

  private:
    // The type of a destination, when it is one that this version has.
    static std::string_view type_of(const YamlNode& map, const std::string& section) {
        if (section != "destinations[]") return {};
        const YamlNode* type = map.find("type");
        return type != nullptr && type->is_scalar() ? std::string_view{type->text} : std::string_view{};
    }

    bool tell_duplicate(const YamlNode& map, std::size_t i) {
        for (std::size_t earlier = 0; earlier < i; ++earlier) {
            if (map.keys[earlier].text != map.keys[i].text) continue;
            context_.error(map.keys[i].line, in_ticks(map.keys[i].text) +
                                                 " is given twice; it stands in line " +
                                                 std::to_string(map.keys[earlier].line) + " already");
            return true;
        }
        return false;
    }

    void check_key(const YamlNode& key, const YamlNode& value, const std::string& section,
                   std::string_view destination_type) {
        const Setting* setting = find_setting(section, key.text);
        if (setting == nullptr) {
            context_.error(key.line,
                           "unknown key " + in_ticks(key.text) + did_you_mean(key.text, keys_of(section)));
        } else if (!belongs(*setting, key, destination_type)) {
            return;
        } else if (setting->later == "*") {
            context_.error(key.line, in_ticks(key.text) + " is not supported in this version: remove it");
        } else {
            check_value(value, *setting, key);
        }
    }

    // A key of another type of destination. Of a type that does not exist nothing more is told than that.
    bool belongs(const Setting& setting, const YamlNode& key, std::string_view destination_type) {
        if (destination_type.empty() || setting.path == "destinations[].type") return true;
        const auto types = split_choices(find_setting("destinations[].type")->limits);
        const bool is_a_type = std::find(types.begin(), types.end(), destination_type) != types.end();
        if (!is_a_type) return setting.later != "*" && setting.only_for.empty();
        if (is_of_type(setting, destination_type)) return true;
        context_.error(key.line, in_ticks(key.text) + " belongs to destinations of type " +
                                     joined(split_choices(setting.only_for)) + ": remove it");
        return false;
    }

    void check_value(const YamlNode& value, const Setting& setting, const YamlNode& key_node) {
        const std::string& key = key_node.text;
        if (value.is_null()) {
            // The parser finds out that nothing came only where the next thing starts.
            context_.error(key_node.line,
                           in_ticks(key) + " has no value: expected " + std::string{words_for(setting.type)});
            return;
        }
        switch (setting.type) {
            case SettingType::map:
                check_section(value, setting, key);
                break;
            case SettingType::list:
                check_list(value, setting, key);
                break;
            case SettingType::texts:
                check_texts(value, key);
                break;
            case SettingType::lists:
                check_lists(value, setting, key);
                break;
            default:
                check_scalar(value, setting, key);
                break;
        }
    }

    void wrong_type(const YamlNode& value, SettingType type, const std::string& key) {
        context_.error(value.line, in_ticks(key) + " must be " + std::string{words_for(type)});
    }

    void check_section(const YamlNode& value, const Setting& setting, const std::string& key) {
        if (!value.is_map()) return wrong_type(value, setting.type, key);
        check_map(value, std::string{setting.path});
    }

    void check_list(const YamlNode& value, const Setting& setting, const std::string& key) {
        if (!value.is_list()) return wrong_type(value, setting.type, key);
        for (const YamlNode& item : value.items) {
            if (item.is_map()) {
                check_map(item, std::string{setting.path} + "[]");
            } else {
                wrong_type(item, setting.type, key);
            }
        }
    }

    void check_texts(const YamlNode& value, const std::string& key) {
        if (!value.is_list()) return wrong_type(value, SettingType::texts, key);
        for (const YamlNode& item : value.items) {
            if (!item.is_scalar() || item.text.empty()) wrong_type(item, SettingType::texts, key);
        }
    }

    void check_lists(const YamlNode& value, const Setting& setting, const std::string& key) {
        if (!value.is_map()) return wrong_type(value, setting.type, key);
        for (std::size_t i = 0; i < value.keys.size(); ++i) {
            if (!tell_duplicate(value, i)) check_texts(value.items[i], value.keys[i].text);
        }
    }

    void check_scalar(const YamlNode& value, const Setting& setting, const std::string& key) {
        if (!value.is_scalar() || value.text.empty()) return wrong_type(value, setting.type, key);
        if (const auto wrong = wrong_form(value.text, value.quoted, setting)) {
            context_.error(value.line, in_ticks(key) + " " + *wrong);
        }
    }

    LoadContext& context_;
};

}  // namespace

void check_settings(const YamlNode& root, LoadContext& context) {
    if (!root.is_map()) {
        context.error(root.line, "the settings must be a map: `tenants:`, `destinations:` …");
        return;
    }
    Checker{context}.check_map(root, "");
}

}  // namespace entrawatch
