// Reading values out of a tree that was checked against the table.
#include "config/settings_check.hpp"
#include "config/settings_table.hpp"
#include "config/value_forms.hpp"

namespace entrawatch {
namespace {

const YamlNode empty_map = [] {
    YamlNode node;
    node.kind = YamlNode::Kind::map;
    return node;
}();

}  // namespace

int Section::line_of(std::string_view key) const {
    const YamlNode* value = node_->find(key);
    return value == nullptr ? line() : value->line;
}

std::string Section::text(std::string_view key) const {
    const YamlNode* value = node_->find(key);
    if (value != nullptr && value->is_scalar()) return value->text;
    const Setting* setting = find_setting(path_, key);
    return setting == nullptr ? std::string{} : std::string{setting->fallback};
}

bool Section::flag(std::string_view key) const {
    return text(key) == "true";
}

Ticks Section::duration(std::string_view key) const {
    if (const auto value = parse_duration(text(key))) return *value;
    return parse_duration(find_setting(path_, key)->fallback).value_or(Ticks{0});
}

int Section::number(std::string_view key) const {
    if (const auto value = parse_number(text(key))) return *value;
    return parse_number(find_setting(path_, key)->fallback).value_or(0);
}

std::vector<std::string> Section::texts(std::string_view key) const {
    std::vector<std::string> out;
    const YamlNode* list = node_->find(key);
    if (list == nullptr) return out;
    for (const YamlNode& item : list->items) {
        if (item.is_scalar()) out.push_back(item.text);
    }
    return out;
}

Section Section::section(std::string_view key) const {
    const YamlNode* value = node_->find(key);
    const std::string below = path_.empty() ? std::string{key} : path_ + "." + std::string{key};
    return {value != nullptr && value->is_map() ? *value : empty_map, below};
}

std::vector<Section> Section::sections(std::string_view key) const {
    std::vector<Section> out;
    const YamlNode* list = node_->find(key);
    if (list == nullptr || !list->is_list()) return out;
    const std::string below = (path_.empty() ? std::string{key} : path_ + "." + std::string{key}) + "[]";
    for (const YamlNode& item : list->items) {
        if (item.is_map()) out.emplace_back(item, below);
    }
    return out;
}

}  // namespace entrawatch
