// delivery_request: a due delivery as the HTTP request that goes out, and an HTTP answer as the verdict reads
// it.
//
// Pure but for the attempt's timestamp, which is passed in. The body comes from alerts/payload/render and is
// the same on every attempt; type webhook gets the Standard Webhooks headers of the attempt. Used by
// delivery_worker.
#pragma once

#include <cstdint>

#include "alerts/payload/render.hpp"
#include "alerts/verdict.hpp"
#include "config/settings.hpp"
#include "core/store/store.hpp"
#include "daemon/http/client.hpp"

namespace entrawatch {

// What the destination is sent for the row. Points into neither.
[[nodiscard]] RenderedRequest rendered(const DestinationSettings& destination, const DeliveryRow& row);

// Error when the destination's URL cannot be used; never quotes it.
[[nodiscard]] Result<http::Request> request_of(const DestinationSettings& destination, const DeliveryRow& row,
                                               const RenderedRequest& rendered, std::int64_t unix_seconds);
// The GET that asks whether the record is there already.
[[nodiscard]] Result<http::Request> lookup_of(const DestinationSettings& destination,
                                              const RenderedRequest& rendered);

// Type syslog: where its message goes, and what stands before it there (RFC 6587, octet counting).
[[nodiscard]] Result<http::Url> peer_of(const DestinationSettings& destination);
[[nodiscard]] std::string frame_of(const RenderedRequest& rendered);

[[nodiscard]] Answer answer_of(const tl::expected<http::Response, http::ExchangeError>& response);

}  // namespace entrawatch
