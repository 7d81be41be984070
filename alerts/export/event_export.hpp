// event_export: a stored event as one object of a published schema: ECS 8.11, OCSF 1.4 or ASIM.
//
// Each schema is one table of rows "field ← what it is made of" (event_ecs.cpp, event_ocsf.cpp,
// event_asim.cpp); what kind of act an event is, which decides its class, is said once for all of them
// (event_act.hpp). Total: an event whose octets cannot be read again is made of its row. A fact that is
// absent is left out, unless the schema requires it. Pure. Used by `query --format ecs|ocsf|asim`. Alerts in
// OCSF and ECS: payload/ocsf.cpp, payload/ecs.cpp.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "alerts/alert.hpp"
#include "alerts/export/event_schema.hpp"
#include "core/feed/json.hpp"
#include "core/store/query.hpp"

namespace entrawatch {

class EventExporter {
  public:
    EventExporter(EventSchema schema, TenantName tenant) : schema_(schema), tenant_(std::move(tenant)) {}

    // `row` has its octets (EventFilter::with_raw).
    [[nodiscard]] nlohmann::ordered_json of(const EventRow& row);

  private:
    // The record in Graph's shape; nullopt when its octets cannot be read.
    [[nodiscard]] std::optional<Json> record_of(const EventRow& row);

    EventSchema schema_;
    TenantName tenant_;
    JsonReader reader_, shaped_reader_;
};

}  // namespace entrawatch
