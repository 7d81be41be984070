// files: reading the small files that settings name. Bounded, regular files only; errors name the file, never
// its content.
//
// Used by load, shipped and read_secret.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

#include "core/base/error.hpp"

namespace entrawatch {

// The whole file; `too_large` above `limit` bytes. A FIFO, device or folder is refused, so that nothing here
// can wait.
[[nodiscard]] Result<std::string> read_small_file(const std::filesystem::path& file, std::size_t limit);

// Where a path written in the settings lies: absolute as it is; relative in `credentials_directory` when the
// file is there, else beside the settings file.
[[nodiscard]] std::filesystem::path resolve(const std::filesystem::path& written,
                                            const std::filesystem::path& settings_file,
                                            const std::filesystem::path& credentials_directory);

// A sentence when others than the owner may read or write a secret file; nullopt when all is well.
[[nodiscard]] std::optional<std::string> exposure_of(const std::filesystem::path& secret_file);

// At least one certificate in PEM form, each of them readable.
[[nodiscard]] Result<> check_certificates(const std::filesystem::path& pem_file);

}  // namespace entrawatch
