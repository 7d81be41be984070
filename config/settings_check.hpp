// settings_check: a settings tree held against the settings table. Finds every unknown, duplicate, missing or
// misplaced key and every value of the wrong form; files and what belongs together are checked by the
// readers.
//
// Used by load. Messages never quote a value, except words for which a choice was expected: a value may be a
// secret in the wrong place.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "config/yaml_tree.hpp"
#include "core/base/problem.hpp"
#include "core/base/time.hpp"

namespace entrawatch {

// What readers share: where they are, and the list of what is wrong.
struct LoadContext {
    std::filesystem::path file;
    std::filesystem::path credentials_directory;
    Problems problems;

    void error(int line, std::string message) {
        problems.push_back({file.string(), line, std::move(message), false});
    }
    void warning(int line, std::string message) {
        problems.push_back({file.string(), line, std::move(message), true});
    }
};

void check_settings(const YamlNode& root, LoadContext& context);

// One map of the tree that check_settings has seen, with defaults from the table. A value of the wrong form
// has been told and reads as the default.
class Section {
  public:
    Section(const YamlNode& node, std::string_view path) : node_(&node), path_(path) {}

    [[nodiscard]] int line() const { return node_->line; }
    // Of the key's value, or of the map when it is missing.
    [[nodiscard]] int line_of(std::string_view key) const;
    [[nodiscard]] bool has(std::string_view key) const { return node_->find(key) != nullptr; }
    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] bool flag(std::string_view key) const;
    [[nodiscard]] Ticks duration(std::string_view key) const;
    [[nodiscard]] int number(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
    // The map below a key (an empty one when missing), and the maps of a list.
    [[nodiscard]] Section section(std::string_view key) const;
    [[nodiscard]] std::vector<Section> sections(std::string_view key) const;
    [[nodiscard]] const YamlNode& node() const { return *node_; }

  private:
    const YamlNode* node_;
    std::string path_;
};

}  // namespace entrawatch
