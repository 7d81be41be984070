// imported_files: how far `import` has read each file of a folder of stored logs, kept in the store whose
// records they are, so that a store of another day never claims what it does not hold.
//
// Used by daemon/commands/record_source. Working memory, not evidence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/store/store.hpp"

namespace entrawatch {

struct ImportedFile {
    std::string path;  // absolute
    std::int64_t bytes = 0, lines = 0;
    std::string ending;  // SHA-256 of the last octets before `bytes`
};

// nullopt when nothing of the file was imported.
[[nodiscard]] Result<std::optional<ImportedFile>> imported_file(Store& store, std::string_view path);
[[nodiscard]] Result<> set_imported_file(Store& store, const ImportedFile& file, Instant now);

}  // namespace entrawatch
