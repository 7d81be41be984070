// `feeds:` of a tenant.
#include <algorithm>

#include "config/load_parts.hpp"

namespace entrawatch {
namespace {

bool is_sign_ins(const Feed& feed) {
    return feed.kind == RecordKind::sign_in;
}

}  // namespace

std::map<FeedId, FeedSettings> read_feeds(const Section& feeds, LoadContext& context) {
    const Section sign_ins = feeds.section("sign_ins");
    std::map<FeedId, FeedSettings> out;
    for (const Feed& feed : all_feeds()) {
        FeedSettings settings;
        if (is_sign_ins(feed)) {
            settings.enabled = sign_ins.flag("enabled");
            if (sign_ins.has("retention")) settings.retention = sign_ins.duration("retention");
            settings.scenario_only = sign_ins.text("scope") == "scenario";
        }
        // What is said of one feed outweighs what is said of all sign-ins.
        const Section own = feeds.section(feed.name);
        if (own.has("enabled")) settings.enabled = own.flag("enabled");
        if (own.has("retention")) settings.retention = own.duration("retention");
        out.emplace(feed.id, settings);
    }
    if (std::none_of(out.begin(), out.end(), [](const auto& entry) { return entry.second.enabled; })) {
        context.error(feeds.line(), "every feed is disabled: nothing would be watched");
    }
    return out;
}

}  // namespace entrawatch
