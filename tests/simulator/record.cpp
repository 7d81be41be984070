#include "tests/simulator/record.hpp"

namespace entrawatch::simulator {
namespace {

// Every scalar at `path` below `value`; arrays fan out.
void collect(const Document& value, std::string_view path, std::vector<std::string>& out) {
    if (value.is_array()) {
        for (const Document& item : value)
            collect(item, path, out);
        return;
    }
    if (path.empty()) {
        if (value.is_string()) out.push_back(value.get<std::string>());
        if (value.is_number() || value.is_boolean()) out.push_back(value.dump());
        return;
    }
    const std::size_t slash = path.find('/');
    const std::string name{path.substr(0, slash)};
    if (!value.is_object() || !value.contains(name)) return;
    collect(value.at(name), slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1),
            out);
}

}  // namespace

const Revision* Record::visible_at(Instant now) const {
    const Revision* visible = nullptr;
    for (const Revision& revision : revisions) {
        if (revision.visible_from <= now) visible = &revision;
    }
    return visible;
}

Revision make_revision(const Endpoint& endpoint, const Document& document, Instant visible_from) {
    Revision revision{visible_from, document.dump(), {}};
    for (const Property& property : endpoint.properties) {
        std::vector<std::string> values;
        collect(document, property.name, values);
        if (values.empty()) continue;
        if (property.type != PropertyType::time) {
            revision.properties.texts.emplace(property.name, std::move(values));
        } else if (const auto time = parse_iso(values.front())) {
            revision.properties.times.emplace(property.name, *time);
        }
    }
    return revision;
}

Result<Record> make_record(FeedId feed, const Document& document, Instant visible_from) {
    Revision revision = make_revision(endpoint_of(feed), document, visible_from);
    const auto id = revision.properties.texts.find("id");
    if (id == revision.properties.texts.end()) return fail(ErrorCode::invalid, "a record needs an id");
    const auto time = revision.properties.times.find(event_time_of(feed));
    if (time == revision.properties.times.end()) {
        return fail(ErrorCode::invalid, "a record needs its event time", id->second.front());
    }
    return Record{feed, id->second.front(), time->second, {std::move(revision)}};
}

std::string_view event_time_of(FeedId feed) {
    switch (feed) {
        case FeedId::directory_audits:
        case FeedId::provisioning:
        case FeedId::risk_detections:
        case FeedId::service_principal_risk_detections:
            return "activityDateTime";
        case FeedId::risky_users:
        case FeedId::risky_service_principals:
            return "riskLastUpdatedDateTime";
        case FeedId::pim_alerts:
            return "lastScannedDateTime";
        default:
            return "createdDateTime";
    }
}

}  // namespace entrawatch::simulator
