// log_tree: the folders in which Azure Monitor's diagnostic settings store logs, found and put in order.
//
//   insights-logs-<category>/tenantId=<guid>/y=YYYY/m=MM/d=DD/h=HH/m=00/PT1H.json
//
// Somebody copied them out of the storage account (azcopy, a mounted container). Used by
// record_source.hpp; what stands in the files: core/feed/diagnostic.hpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace entrawatch {

struct LogFile {
    std::string path;
    std::string hour;       // "2026-11-22 09:00", which sorts by time
    std::string tenant_id;  // as the folder has it; empty: no folder says it
};

// What the names of a file and of its folders say; nullopt where they are not of the layout. Pure.
[[nodiscard]] std::optional<LogFile> log_file_of(std::string_view path);

struct LogTree {
    std::vector<LogFile> files;  // oldest hour first, then by path
    std::int64_t others = 0;     // files that are not of the layout
    std::string an_other;        // one of them
};

// Walks the folder; links to folders are not followed. Error: a folder cannot be read, or it is deeper than
// any such tree.
[[nodiscard]] Result<LogTree> find_log_files(const std::filesystem::path& folder);

}  // namespace entrawatch
