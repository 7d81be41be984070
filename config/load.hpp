// load: a YAML file becomes Settings, or every problem at once, each with file:line and, for keys, the
// nearest known one.
//
// The keys, their types, defaults, limits and sentences are one table (settings_table.hpp); the loader, the
// messages and the settings reference all read it. Files named in the settings are looked up in
// $CREDENTIALS_DIRECTORY first when their path is relative, then beside the settings file.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "config/settings.hpp"
#include "core/base/problem.hpp"

namespace entrawatch {

struct LoadedSettings {
    std::optional<Settings> settings;  // absent when problems has errors
    Problems problems;
};

[[nodiscard]] LoadedSettings load_settings(const std::filesystem::path& file);
// As load_settings, on text; `credentials_directory` may be empty.
[[nodiscard]] LoadedSettings parse_settings(std::string_view yaml, const std::filesystem::path& file,
                                            const std::filesystem::path& credentials_directory);

// Reads a secret file: at most 64 KiB, one trailing newline cut, not empty. The error names the file, never
// its content.
[[nodiscard]] Result<Secret> read_secret(const std::filesystem::path& file);

}  // namespace entrawatch
