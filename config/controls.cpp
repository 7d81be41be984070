#include "config/controls.hpp"

#include <utility>

#include "config/shipped_list.hpp"

namespace entrawatch {
namespace {

std::vector<std::string> row_texts(const YamlNode& row, std::string_view key) {
    std::vector<std::string> texts;
    const YamlNode* list = row.find(key);
    if (list == nullptr || !list->is_list()) return texts;
    for (const YamlNode& item : list->items)
        texts.push_back(item.text);
    return texts;
}

}  // namespace

Result<std::vector<Control>> read_controls(const std::filesystem::path& controls_yml) {
    const auto rows = read_shipped_list(controls_yml, "controls");
    if (!rows) return fail(rows.error());
    std::vector<Control> controls;
    for (const YamlNode& row : *rows) {
        Control control{row_text(row, "id"),
                        row_text(row, "source"),
                        row_text(row, "asks"),
                        row_texts(row, "scenarios"),
                        {},
                        row_text(row, "shows"),
                        row_text(row, "cannot")};
        for (const std::string& name : row_texts(row, "feeds")) {
            const Feed* feed = find_feed(name);
            if (feed == nullptr) return wrong_row(controls_yml, row.line, "no feed is called " + name);
            control.feeds.push_back(feed->id);
        }
        if (control.id.empty() || control.source.empty() || control.asks.empty() || control.shows.empty() ||
            control.cannot.empty())
            return wrong_row(controls_yml, row.line,
                             "a control needs `id`, `source`, `asks`, `shows` and `cannot`");
        controls.push_back(std::move(control));
    }
    return controls;
}

}  // namespace entrawatch
