#include "tests/simulator/graph_error.hpp"

#include <ctime>
#include <nlohmann/json.hpp>

namespace entrawatch::simulator {

tl::unexpected<GraphError> bad_request(std::string message) {
    return refuse(400, "BadRequest", std::move(message));
}

http::Response error_response(const GraphError& error, std::string_view request_id, Instant now) {
    // Graph prints this date without fraction and without zone.
    const std::string date = to_iso(std::chrono::floor<std::chrono::seconds>(now)).substr(0, 19);
    nlohmann::ordered_json body = {
        {"error",
         {{"code", error.code},
          {"message", error.message},
          {"innerError", {{"date", date}, {"request-id", request_id}, {"client-request-id", request_id}}}}}};
    if (error.code == missing_provider) {
        body = {{"errorCode", error.code},
                {"message", error.message},
                {"instanceAnnotations", nlohmann::ordered_json::array()}};
    }
    http::Response response;
    response.status = error.status;
    response.headers.set("content-type", "application/json");
    response.headers.set("request-id", std::string{request_id});
    response.headers.set("client-request-id", std::string{request_id});
    response.body = body.dump();
    return response;
}

std::string http_date(Instant now) {
    const std::time_t seconds =
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

}  // namespace entrawatch::simulator
