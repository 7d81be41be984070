// render: a notification of the outbox as the request that one receiver takes. The one seam between what is
// stored and what is sent.
//
// Pure and repeatable: every attempt of a delivery sends the same octets, because nothing but the stored
// notification and the destination's settings goes in. What belongs to an attempt (timestamp, signature) is
// the worker's. Each builder (receivers.hpp) keeps its receiver's limits, escapes what the receiver would
// take for markup or a mention, and says in `shed` what was left out. Used by daemon/delivery_worker.
// Read next: story.hpp, receivers.hpp.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "alerts/receiver.hpp"
#include "core/rules/severity.hpp"

namespace entrawatch {

// One row of the outbox, as the builders see it.
struct Notification {
    std::string_view type;        // alert.opened | alert.updated | …
    std::string_view webhook_id;  // the same on every attempt
    std::string_view alert_id;
    std::string_view body;  // format native, as stored
    Severity severity = Severity::medium;
};

struct RenderedRequest {
    std::string method = "POST";
    std::string path;   // below the destination's URL; empty when the URL is whole
    std::string query;  // joined to what the URL has, without '?'
    std::string content_type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;  // beyond content-type
    std::string body;
    std::vector<std::string> shed;  // what was left out to keep the receiver's limits, in the order it went
    // Query of a GET on the path that says whether the receiver has the record already; empty when it
    // collapses repeats by itself. Read the answer with record_in() and follow it with changing().
    std::string lookup;
};

[[nodiscard]] RenderedRequest render(const Receiver& receiver, const Notification& notification);

// Where the request goes: `base` is the destination's URL.
[[nodiscard]] std::string request_url(std::string_view base, const RenderedRequest& request);
// The same for its lookup.
[[nodiscard]] std::string lookup_url(std::string_view base, const RenderedRequest& request);
// The id of the record in the answer to a lookup; empty when there is none.
[[nodiscard]] std::string record_in(std::string_view answer);
// The request for a record that exists: it is changed instead of made again.
[[nodiscard]] RenderedRequest changing(RenderedRequest request, std::string_view record);

}  // namespace entrawatch
