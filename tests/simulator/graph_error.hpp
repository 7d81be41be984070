// GraphError: a refusal of the simulated Graph, in Graph's own words, and the bodies in which it comes.
//
// Texts as observed on the wire, because collectors have been seen to depend on them. Used by filter, query
// and tenant.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "core/base/time.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch::simulator {

struct GraphError {
    int status = 400;
    std::string code;
    std::string message;
};

template <class T>
using OrGraphError = tl::expected<T, GraphError>;

[[nodiscard]] inline tl::unexpected<GraphError> refuse(int status, std::string code, std::string message) {
    return tl::make_unexpected(GraphError{status, std::move(code), std::move(message)});
}
[[nodiscard]] tl::unexpected<GraphError> bad_request(std::string message);

// PIM's refusal of a list that is not asked for by scope; it comes in a shape of its own.
inline constexpr std::string_view missing_provider = "MissingProvider";

// {"error":{"code","message","innerError":{"date","request-id","client-request-id"}}}; of PIM
// {"errorCode","message","instanceAnnotations":[]}
[[nodiscard]] http::Response error_response(const GraphError& error, std::string_view request_id,
                                            Instant now);

inline constexpr std::string_view json_content_type =
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";

// As the Date header writes it: "Fri, 20 Nov 2026 12:00:00 GMT".
[[nodiscard]] std::string http_date(Instant now);

}  // namespace entrawatch::simulator
