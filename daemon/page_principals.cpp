#include "daemon/page_principals.hpp"

#include "core/base/guid.hpp"
#include "core/base/text.hpp"
#include "core/event/normalize.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {
namespace {

bool names_few(RecordKind kind) {
    return kind != RecordKind::sign_in && kind != RecordKind::provisioning;
}

bool may_be_principal(std::string_view kind) {
    return kind == "user" || kind == "group" || kind == "serviceprincipal";
}

}  // namespace

std::set<std::string> unknown_principals(const Directory& directory, const Feed& feed, const Page& page) {
    std::set<std::string> unknown;
    if (!names_few(feed.kind) || feed.id == FeedId::posture) return unknown;
    const auto add = [&](std::string_view id) {
        if (is_guid(id) && unknown.size() < most_unknown && directory.principal(id) == nullptr)
            unknown.insert(to_lower_ascii(id));
    };
    JsonReader reader;
    for (const std::string_view record : page.records) {
        const auto json = reader.parse_part(page.body, record);
        const auto event = json ? normalize(feed, *json) : Result<Event>{fail(json.error())};
        if (!event) continue;  // ingest rejects it by name
        add(event->actor.id);
        for (const Target& target : event->targets) {
            if (may_be_principal(target.kind)) add(target.id);
        }
    }
    return unknown;
}

}  // namespace entrawatch
