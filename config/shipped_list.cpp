#include "config/shipped_list.hpp"

#include <utility>

#include "config/files.hpp"

namespace entrawatch {

Result<std::vector<YamlNode>> read_shipped_list(const std::filesystem::path& file, std::string_view key) {
    const auto text = read_small_file(file, max_yaml_bytes);
    if (!text) return fail(text.error());
    const YamlText yaml = read_yaml_tree(*text, file.string());
    if (!yaml.problems.empty())
        return wrong_row(file, yaml.problems.front().line, yaml.problems.front().message);
    const YamlNode* rows = yaml.root.find(key);
    if (rows == nullptr || !rows->is_list() || rows->items.empty())
        return wrong_row(file, 1, "expected a list under `" + std::string{key} + ":`");
    return rows->items;
}

std::string row_text(const YamlNode& row, std::string_view key) {
    const YamlNode* value = row.find(key);
    return value != nullptr && value->is_scalar() ? value->text : std::string{};
}

tl::unexpected<Error> wrong_row(const std::filesystem::path& file, int line, std::string what) {
    return fail(ErrorCode::invalid, std::move(what), file.string() + ":" + std::to_string(line));
}

}  // namespace entrawatch
