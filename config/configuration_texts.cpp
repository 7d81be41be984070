#include "config/configuration_texts.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "config/settings_table.hpp"
#include "core/base/digest.hpp"

namespace entrawatch {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr std::size_t url_digits = 16;

OrderedJson map_of(const YamlNode* node, const std::string& section);

OrderedJson texts_of(const YamlNode& list) {
    OrderedJson out = OrderedJson::array();
    for (const YamlNode& item : list.items)
        out.push_back(item.text);
    return out;
}

// The keys are the user's own.
OrderedJson lists_of(const YamlNode& map) {
    std::vector<std::string> names;
    for (const YamlNode& key : map.keys)
        names.push_back(key.text);
    std::sort(names.begin(), names.end());
    OrderedJson out = OrderedJson::object();
    for (const std::string& name : names)
        out[name] = texts_of(*map.find(name));
    return out;
}

OrderedJson maps_of(const YamlNode& list, const std::string& section) {
    OrderedJson out = OrderedJson::array();
    for (const YamlNode& item : list.items)
        out.push_back(map_of(&item, section + "[]"));
    return out;
}

OrderedJson value_of(const Setting& setting, const YamlNode& node) {
    const std::string path{setting.path};
    switch (setting.type) {
        case SettingType::map:
            return map_of(&node, path);
        case SettingType::list:
            return maps_of(node, path);
        case SettingType::texts:
            return texts_of(node);
        case SettingType::lists:
            return lists_of(node);
        case SettingType::url:
            return "sha256:" + to_hex(as_bytes(sha256(node.text))).substr(0, url_digits);
        default:
            return node.text;
    }
}

// `node` is nullptr where the section is left out: its defaults still hold.
OrderedJson map_of(const YamlNode* node, const std::string& section) {
    OrderedJson out = OrderedJson::object();
    for (const std::string_view key : keys_of(section)) {
        const Setting* setting = find_setting(section, key);
        const YamlNode* value = node == nullptr ? nullptr : node->find(key);
        if (setting->later == "*") continue;
        if (value != nullptr && !value->is_null())
            out[std::string{key}] = value_of(*setting, *value);
        else if (setting->type == SettingType::map)
            out[std::string{key}] = map_of(nullptr, std::string{setting->path});
        else if (!setting->fallback.empty())
            out[std::string{key}] = std::string{setting->fallback};
    }
    return out;
}

std::string text_of(const OrderedJson& json) {
    return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

}  // namespace

std::string settings_text(const YamlNode& root) {
    return text_of(map_of(&root, ""));
}

std::string rules_text(const RuleSet& rules) {
    std::vector<OrderedJson> sorted;
    for (const Rule& rule : rules.rules())
        sorted.push_back({{"id", rule.id}, {"name", rule.name}, {"sha256", rule.sha256}});
    // An exception changes what is told as much as a rule does.
    for (const RuleFilter& filter : rules.filters())
        sorted.push_back({{"id", filter.id},
                          {"name", filter.name},
                          {"sha256", filter.sha256},
                          {"filter", {{"owner", filter.owner}, {"last_day", filter.last_day}}}});
    std::stable_sort(sorted.begin(), sorted.end(), [](const OrderedJson& a, const OrderedJson& b) {
        return a["id"].get_ref<const std::string&>() < b["id"].get_ref<const std::string&>();
    });
    return text_of(OrderedJson(std::move(sorted)));
}

}  // namespace entrawatch
