// Record: one row of the simulated tenant: when it happened, when Graph begins to show it, and how it changes
// later.
//
// A revision holds the exact octets that a page will carry, and the few properties by which Graph can filter.
// Used by tenant and ledger.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/time.hpp"
#include "tests/simulator/endpoint.hpp"

namespace entrawatch::simulator {

using Document = nlohmann::ordered_json;

// The filterable values of a record, by property path.
struct Properties {
    std::map<std::string, Instant, std::less<>> times;
    std::map<std::string, std::vector<std::string>, std::less<>> texts;
};

struct Revision {
    Instant visible_from;
    std::string json;
    Properties properties;
};

struct Record {
    FeedId feed = FeedId::directory_audits;
    std::string id;
    Instant event_time;
    std::vector<Revision> revisions;  // by visible_from, oldest first

    // What Graph shows at `now`; nullptr before the first revision is visible.
    [[nodiscard]] const Revision* visible_at(Instant now) const;
};

// The record as it is first shown. The document must have an id and the endpoint's event time; Error
// otherwise.
[[nodiscard]] Result<Record> make_record(FeedId feed, const Document& document, Instant visible_from);
[[nodiscard]] Revision make_revision(const Endpoint& endpoint, const Document& document,
                                     Instant visible_from);

// The property that says when a record of the feed happened.
[[nodiscard]] std::string_view event_time_of(FeedId feed);

}  // namespace entrawatch::simulator
