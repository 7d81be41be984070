#include "core/rules/sigma_collection.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t deepest_merge = 16;

std::string action_of(const YAML::Node& document) {
    if (!document.IsMap()) return {};
    const YAML::Node action = document["action"];
    return action.IsDefined() && action.IsScalar() ? to_lower_ascii(trim(action.Scalar())) : std::string{};
}

}  // namespace

std::optional<YAML::Node> SigmaCollection::whole(const YAML::Node& document) {
    const std::string action = action_of(document);
    const int line = std::max(line_of(document), 1);
    if (action == "reset") {
        global_.reset();
        return std::nullopt;
    }
    if (action == "global") {
        global_.emplace(global_ ? merged(*global_, document, 0) : document);
        return std::nullopt;
    }
    if (!action.empty() && action != "repeat") {
        reading_.error(line, "`action` must be global, reset or repeat");
        return std::nullopt;
    }
    if (action == "repeat" && !last_) {
        reading_.error(line, "`action: repeat` has no document before it to repeat");
        return std::nullopt;
    }
    if (action == "repeat")
        last_.emplace(merged(*last_, document, 0));
    else
        last_.emplace(global_ ? merged(*global_, document, 0) : document);
    return last_;
}

// Members of both are merged as long as both are maps; otherwise the document's own counts. The nodes are
// shared with the file's, so that problems still name their lines.
YAML::Node SigmaCollection::merged(const YAML::Node& shared, const YAML::Node& own, std::size_t depth) {
    if (!shared.IsMap() || !own.IsMap() || depth == deepest_merge) return own;
    YAML::Node all{YAML::NodeType::Map};
    for (const auto& pair : shared) {
        if (!reading_.spend(line_of(pair.first))) return own;
        if (!pair.first.IsScalar() || pair.first.Scalar() == "action") continue;
        const YAML::Node mine = own[pair.first.Scalar()];
        all.force_insert(pair.first, mine.IsDefined() ? merged(pair.second, mine, depth + 1) : pair.second);
    }
    for (const auto& pair : own) {
        if (!reading_.spend(line_of(pair.first))) return own;
        const bool there = pair.first.IsScalar() && shared[pair.first.Scalar()].IsDefined();
        if (!there) all.force_insert(pair.first, pair.second);
    }
    return all;
}

}  // namespace entrawatch
