#include "daemon/commands/log_tree.hpp"

#include <algorithm>
#include <array>
#include <ranges>
#include <tuple>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr int deepest = 32;

bool are_digits(std::string_view text, std::size_t count) {
    return text.size() == count && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Folder and file names, outermost first.
std::vector<std::string_view> names_in(std::string_view path) {
    std::vector<std::string_view> names;
    for (const auto part : std::views::split(path, '/')) {
        if (const std::string_view name{part.begin(), part.end()}; !name.empty()) names.push_back(name);
    }
    return names;
}

}  // namespace

std::optional<LogFile> log_file_of(std::string_view path) {
    struct Part {
        std::string_view prefix;
        std::size_t digits;
    };
    static constexpr std::array parts{Part{"y=", 4}, Part{"m=", 2}, Part{"d=", 2}, Part{"h=", 2},
                                      Part{"m=", 2}};
    std::vector<std::string_view> names = names_in(path);
    if (names.size() <= parts.size() || !equal_ignoring_ascii_case(names.back(), "PT1H.json"))
        return std::nullopt;
    names.pop_back();
    std::array<std::string_view, parts.size()> values;
    const std::size_t first = names.size() - parts.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string_view name = names[first + i];
        if (!equal_ignoring_ascii_case(name.substr(0, 2), parts.at(i).prefix)) return std::nullopt;
        values.at(i) = name.substr(2);
        if (!are_digits(values.at(i), parts.at(i).digits)) return std::nullopt;
    }
    LogFile file;
    file.path = path;
    const auto& [year, month, day, hour, minute] = values;
    for (const auto& [before, value] :
         {std::pair{"", year}, {"-", month}, {"-", day}, {" ", hour}, {":", minute}})
        file.hour.append(before).append(value);
    constexpr std::string_view tenant = "tenantId=";
    for (const std::string_view name : names) {
        if (equal_ignoring_ascii_case(name.substr(0, tenant.size()), tenant))
            file.tenant_id = name.substr(tenant.size());
    }
    return file;
}

Result<LogTree> find_log_files(const std::filesystem::path& folder) {
    LogTree tree;
    std::error_code error;
    std::filesystem::recursive_directory_iterator entries{folder, error};
    for (const std::filesystem::recursive_directory_iterator end; !error && entries != end;
         entries.increment(error)) {
        if (entries.depth() > deepest)
            return fail(ErrorCode::too_large, "is deeper than " + std::to_string(deepest) + " folders",
                        entries->path().string());
        std::error_code ignored;
        if (!entries->is_regular_file(ignored)) continue;
        std::string path = entries->path().string();
        if (auto file = log_file_of(path)) {
            tree.files.push_back(std::move(*file));
        } else if (tree.others++ == 0) {
            tree.an_other = std::move(path);
        }
    }
    if (error) return fail(ErrorCode::unavailable, "cannot be read: " + error.message(), folder.string());
    std::ranges::sort(tree.files, {}, [](const LogFile& file) { return std::tie(file.hour, file.path); });
    return tree;
}

}  // namespace entrawatch
