#include "core/rules/sigma_document.hpp"

#include <algorithm>

#include "core/base/digest.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

const std::vector<std::string_view>& document_keys() {
    static const std::vector<std::string_view> keys{
        "title",       "id",          "name",   "related",        "taxonomy", "status",
        "description", "license",     "author", "references",     "date",     "modified",
        "logsource",   "detection",   "fields", "falsepositives", "level",    "tags",
        "scope",       "correlation", "filter", "generate",       "action",   "entrawatch"};
    return keys;
}

}  // namespace

const YamlMember* find_member(const std::vector<YamlMember>& members, std::string_view key) {
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.key == key; });
    return found == members.end() ? nullptr : &*found;
}

void warn_of_near_keys(const std::vector<YamlMember>& members, SigmaReading& reading) {
    const auto& known = document_keys();
    for (const YamlMember& member : members) {
        if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
        const std::string near = nearest(to_lower_ascii(member.key), known);
        if (near.empty() || edit_distance(to_lower_ascii(member.key), near) > 2) continue;
        reading.warn(member.line,
                     "`" + cut_utf8(member.key, 60) + "` is ignored; did you mean `" + near + "`?");
    }
}

std::string id_from(std::string_view name) {
    const std::string hex = to_hex(as_bytes(sha256("rule name: " + std::string{name})));
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-8" + hex.substr(13, 3) + "-8" + hex.substr(17, 3) +
           "-" + hex.substr(20, 12);
}

}  // namespace entrawatch
