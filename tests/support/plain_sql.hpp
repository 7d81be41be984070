// plain_sql: what an outsider sees of a database, without the Store: through SQLite itself, and through the
// sqlite3 program.
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace entrawatch::test {

// Runs a script; throws with SQLite's words. Rows come as "a|b|c"; NULL as nothing.
inline std::vector<std::string> plain_sql(const std::filesystem::path& file, const std::string& script) {
    sqlite3* db = nullptr;
    std::vector<std::string> rows;
    const auto take = [](void* out, int count, char** values, char**) {
        std::string row;
        for (int i = 0; i < count; ++i)
            row += std::string{i > 0 ? "|" : ""} + (values[i] != nullptr ? values[i] : "");
        static_cast<std::vector<std::string>*>(out)->push_back(row);
        return 0;
    };
    std::string error;
    if (sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK ||
        sqlite3_exec(db, script.c_str(), take, &rows, nullptr) != SQLITE_OK) {
        error = sqlite3_errmsg(db);
    }
    sqlite3_close(db);
    if (!error.empty()) throw std::runtime_error{error};
    return rows;
}

inline std::string plain_value(const std::filesystem::path& file, const std::string& script) {
    const std::vector<std::string> rows = plain_sql(file, script);
    return rows.empty() ? "" : rows.front();
}

// SQLite's words, or nothing when the script runs.
inline std::string plain_error(const std::filesystem::path& file, const std::string& script) {
    try {
        plain_sql(file, script);
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return {};
}

// The sqlite3 program's output, standard error included; nullopt where it is not installed.
inline std::optional<std::string> sqlite3_shell(const std::filesystem::path& file,
                                                const std::string& script) {
    if (std::system("command -v sqlite3 >/dev/null 2>&1") != 0) return std::nullopt;
    const std::filesystem::path commands = file.parent_path() / "script.sql";
    if (std::FILE* out = std::fopen(commands.c_str(), "w"); out != nullptr) {
        std::fputs(script.c_str(), out);
        std::fclose(out);
    }
    const std::string command = "sqlite3 -batch '" + file.string() + "' < '" + commands.string() + "' 2>&1";
    std::FILE* pipe = ::popen(command.c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error{"cannot start sqlite3"};
    std::string output;
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        output.append(buffer.data(), n);
    ::pclose(pipe);
    return output;
}

}  // namespace entrawatch::test
