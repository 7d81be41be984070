#include "core/event/field_catalogue.hpp"

#include "core/base/text.hpp"
#include "core/event/record_lists.hpp"

namespace entrawatch {
namespace {

void split(std::string_view path, std::vector<std::string>& parts) {
    while (!path.empty()) {
        const auto dot = path.find('.');
        parts.emplace_back(path.substr(0, dot));
        path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    }
}

bool has_empty_part(std::string_view name) {
    return name.empty() || name.front() == '.' || name.back() == '.' ||
           name.find("..") != std::string_view::npos;
}

// `path` is a row of a list; `rest` of `name` below a prefix of it.
std::optional<RecordPath> match(std::string_view path, std::string_view name) {
    RecordPath found;
    if (path.ends_with(".*") || path.ends_with("{}")) {
        const bool keyed = path.ends_with("{}");
        const std::string_view base = path.substr(0, path.size() - 2);
        if (starts_with_ignoring_ascii_case(name, base) && name.size() > base.size() + 1 &&
            name[base.size()] == '.') {
            split(base, found.parts);
            const std::string_view below = name.substr(base.size() + 1);
            if (keyed) {
                found.list_key = std::string{below};
            } else {
                split(below, found.parts);
            }
            return found;
        }
        path = base;
    }
    const bool whole = equal_ignoring_ascii_case(path, name);
    const bool above =
        starts_with_ignoring_ascii_case(path, name) && path.size() > name.size() && path[name.size()] == '.';
    if (!whole && !above) return std::nullopt;
    split(path.substr(0, name.size()), found.parts);
    return found;
}

}  // namespace

unsigned kinds_of(std::span<const FeedId> feeds) {
    unsigned kinds = 0;
    for (const FeedId feed : feeds)
        kinds |= bit_of(feed_of(feed).kind);
    return kinds == 0 ? all_record_kinds : kinds;
}

std::optional<RecordPath> find_record_path(std::string_view name, unsigned kinds) {
    if (has_empty_part(name)) return std::nullopt;
    std::optional<RecordPath>
        keyed;  // only when no property has the name: `additionalDetails.key` is a property
    for (const RecordList& list : record_lists()) {
        if ((list.kinds & kinds) == 0) continue;
        for (const std::string_view path : list.paths) {
            auto found = match(path, name);
            if (!found) continue;
            if (found->list_key.empty()) return found;
            if (!keyed) keyed = std::move(found);
        }
    }
    return keyed;
}

std::vector<std::string_view> record_paths(unsigned kinds) {
    std::vector<std::string_view> paths;
    for (const RecordList& list : record_lists()) {
        if ((list.kinds & kinds) != 0) paths.insert(paths.end(), list.paths.begin(), list.paths.end());
    }
    return paths;
}

}  // namespace entrawatch
