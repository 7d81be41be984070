#include "tests/simulator/fault.hpp"

#include "tests/simulator/graph_error.hpp"

namespace entrawatch::simulator {

std::optional<Fault> Faults::meet(std::optional<FeedId> feed) {
    for (Fault& fault : faults_) {
        if (fault.times <= 0 || (fault.feed && fault.feed != feed)) continue;
        if (fault.after > 0) {
            --fault.after;
            continue;
        }
        --fault.times;
        return fault;
    }
    return std::nullopt;
}

http::Response faulty(const Fault& fault, http::Response good, std::string_view request_id, Instant now) {
    http::Response response;
    switch (fault.kind) {
        case FaultKind::throttled:
            response = error_response({429, "UnknownError", "Too Many Requests"}, request_id, now);
            break;
        case FaultKind::server_error:
            response = error_response({fault.status, "serviceNotAvailable", "The service is unavailable."},
                                      request_id, now);
            break;
        case FaultKind::gateway_time_out:
            response = error_response({504, "UnknownError", ""}, request_id, now);
            break;
        case FaultKind::unauthorized:
            response = error_response(
                {401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."},
                request_id, now);
            break;
        case FaultKind::unlicensed:
            response = error_response({403, "Authentication_RequestFromNonPremiumTenantOrB2CTenant",
                                       "Neither tenant is B2C or tenant doesn't have premium license"},
                                      request_id, now);
            break;
        case FaultKind::html:
            good.headers.set("content-type", "text/html");
            good.body = "<html><body><h1>Please sign in to the network</h1></body></html>";
            return good;
        case FaultKind::error_object:
            good.body = error_response({200, "UnknownError", ""}, request_id, now).body;
            return good;
        case FaultKind::cut_body:
            good.body.resize(good.body.size() / 2);
            return good;
        case FaultKind::no_answer:
            break;
        case FaultKind::partial_answer:
            good.status = 206;
            good.headers.set("warning", "199 - \"microsoft.graph/partial\"");
            good.body = R"({"value":[]})";
            return good;
        case FaultKind::empty_body:
            good.body.clear();
            return good;
        case FaultKind::garbled_refusal:
            response.status = 403;
            response.headers.set("content-type", "application/json");
            response.body = std::string("{\"error\":\0\0\0\x01", 13);
            break;
    }
    if (!fault.retry_after.empty()) response.headers.set("retry-after", fault.retry_after);
    return response;
}

}  // namespace entrawatch::simulator
