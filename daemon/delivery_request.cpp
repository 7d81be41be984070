#include "daemon/delivery_request.hpp"

#include <unistd.h>

#include <array>

#include "alerts/merge.hpp"
#include "alerts/signature.hpp"
#include "daemon/version.hpp"

namespace entrawatch {
namespace {

Result<http::Request> request_to(const std::string& url, const RenderedRequest& rendered) {
    auto parsed = http::Url::parse(url);
    if (!parsed) return fail(parsed.error());
    http::Request request;
    request.url = std::move(*parsed);
    for (const auto& [name, value] : rendered.headers)
        request.headers.set(name, value);
    request.headers.set("user-agent", "entrawatch/" + std::string{program_version});
    return request;
}

// Empty when it cannot be told.
const std::string& name_of_this_machine() {
    static const std::string name = [] {
        std::array<char, 256> text{};
        return ::gethostname(text.data(), text.size() - 1) == 0 ? std::string{text.data()} : std::string{};
    }();
    return name;
}

}  // namespace

RenderedRequest rendered(const DestinationSettings& destination, const DeliveryRow& row) {
    const std::string body = with_merged(row.body, row.merged);
    Receiver receiver = destination.receiver();
    receiver.host = name_of_this_machine();
    receiver.version = program_version;
    return render(receiver, {row.type, row.webhook_id, row.alert_id, body, row.severity});
}

Result<http::Request> request_of(const DestinationSettings& destination, const DeliveryRow& row,
                                 const RenderedRequest& rendered, std::int64_t unix_seconds) {
    auto request = request_to(request_url(destination.url.reveal(), rendered), rendered);
    if (!request) return request;
    request->method = rendered.method;
    request->body = rendered.body;
    request->headers.set("content-type", rendered.content_type);
    if (destination.type != DestinationType::webhook) return request;
    request->headers.set("webhook-id", row.webhook_id);
    request->headers.set("webhook-timestamp", std::to_string(unix_seconds));
    if (!destination.signing_keys.empty()) {
        request->headers.set("webhook-signature",
                             sign(destination.signing_keys, row.webhook_id, unix_seconds, rendered.body));
    }
    return request;
}

Result<http::Request> lookup_of(const DestinationSettings& destination, const RenderedRequest& rendered) {
    return request_to(lookup_url(destination.url.reveal(), rendered), rendered);
}

Result<http::Url> peer_of(const DestinationSettings& destination) {
    return http::Url::parse_peer(destination.url.reveal());
}

std::string frame_of(const RenderedRequest& rendered) {
    return std::to_string(rendered.body.size()) + " ";
}

Answer answer_of(const tl::expected<http::Response, http::ExchangeError>& response) {
    Answer answer;
    if (response) {
        answer.status = response->status;
        answer.retry_after = std::string{response->headers.get("retry-after")};
        answer.rate_period = std::string{response->headers.get("x-ratelimit-period-in-sec")};
        answer.body = response->body;
    } else {
        answer.must_be_mended = response.error().must_be_mended();
    }
    return answer;
}

}  // namespace entrawatch
