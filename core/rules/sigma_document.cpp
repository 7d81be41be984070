#include "core/rules/sigma_document.hpp"

#include <algorithm>

#include "core/base/digest.hpp"
#include "core/base/guid.hpp"
#include "core/base/text.hpp"
#include "core/rules/sigma_entrawatch.hpp"
#include "core/rules/sigma_logsource.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t max_title_bytes = 256;

const std::vector<std::string_view>& document_keys() {
    static const std::vector<std::string_view> keys{
        "title",       "id",          "name",   "related",        "taxonomy", "status",
        "description", "license",     "author", "references",     "date",     "modified",
        "logsource",   "detection",   "fields", "falsepositives", "level",    "tags",
        "scope",       "correlation", "filter", "generate",       "action",   "entrawatch"};
    return keys;
}

// A UUID of the kind that is made from anything (RFC 9562, version 8).
std::string id_from(std::string_view name) {
    const std::string hex = to_hex(as_bytes(sha256("rule name: " + std::string{name})));
    return hex.substr(0, 8) + "-" + hex.substr(8, 4) + "-8" + hex.substr(13, 3) + "-8" + hex.substr(17, 3) +
           "-" + hex.substr(20, 12);
}

}  // namespace

SigmaDocument::SigmaDocument(const YAML::Node& root, SigmaPlace place, std::string_view what,
                             SigmaReading& reading)
    : reading_(reading),
      place_(std::move(place)),
      what_(what),
      members_(reading.members(root, "the " + std::string{what})) {}

const YamlMember* SigmaDocument::find(std::string_view key) const {
    const auto found =
        std::find_if(members_.begin(), members_.end(), [&](const auto& m) { return m.key == key; });
    return found == members_.end() ? nullptr : &*found;
}

std::string SigmaDocument::text(std::string_view key) const {
    const YamlMember* member = find(key);
    return member == nullptr || member->value.IsNull() ? std::string{} : reading_.text(*member);
}

std::vector<std::string> SigmaDocument::texts(std::string_view key) const {
    const YamlMember* member = find(key);
    return member == nullptr ? std::vector<std::string>{} : reading_.texts(*member);
}

void SigmaDocument::warn_of_near_keys() const {
    const auto& known = document_keys();
    for (const YamlMember& member : members_) {
        if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
        const std::string near = nearest(to_lower_ascii(member.key), known);
        if (near.empty() || edit_distance(to_lower_ascii(member.key), near) > 2) continue;
        reading_.warn(member.line,
                      "`" + cut_utf8(member.key, 60) + "` is ignored; did you mean `" + near + "`?");
    }
}

std::string SigmaDocument::title() const {
    std::string title = text("title");
    if (title.empty()) reading_.error(place_.line, "the " + std::string{what_} + " has no `title`");
    if (title.size() <= max_title_bytes) return title;
    reading_.warn(place_.line, "the title is cut at " + std::to_string(max_title_bytes) + " bytes");
    return cut_utf8(title, max_title_bytes);
}

std::string SigmaDocument::id(bool may_be_missing) const {
    const YamlMember* member = find("id");
    if (member == nullptr && may_be_missing) return id_from(place_.name);
    std::string id = to_lower_ascii(text("id"));
    if (!is_guid(id)) {
        reading_.error(member == nullptr ? place_.line : member->line,
                       "`id` must be a uuid of your own, such as the command uuidgen prints");
    }
    return id;
}

std::vector<FeedId> SigmaDocument::feeds(bool may_be_missing) const {
    if (const YamlMember* entrawatch = find("entrawatch"))
        reading_.feeds = read_feeds(entrawatch->value, reading_);
    if (!reading_.feeds.empty()) return reading_.feeds;
    if (const YamlMember* logsource = find("logsource")) {
        reading_.feeds = read_logsource(*logsource, reading_);
    } else if (!may_be_missing) {
        reading_.error(place_.line, "the " + std::string{what_} + " has no `logsource`");
    }
    return reading_.feeds;
}

}  // namespace entrawatch
