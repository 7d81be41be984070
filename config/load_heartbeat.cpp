// `heartbeat:`.
#include "config/load_parts.hpp"
#include "config/url.hpp"
#include "core/base/text.hpp"

namespace entrawatch {

std::optional<HeartbeatSettings> read_heartbeat(const Section& heartbeat, LoadContext& context) {
    const auto secret = secret_at(heartbeat, "url_file", context);
    if (!secret) return std::nullopt;
    const std::string_view url = trim(secret->reveal());
    if (const auto good = check_url(url); !good) {
        context.error(
            heartbeat.line_of("url_file"),
            "`url_file`: " + file_at(heartbeat, "url_file", context)->string() + ": " + good.error().what);
    }
    return HeartbeatSettings{Secret{std::string{url}}, heartbeat.duration("interval"),
                             ca_file_at(heartbeat, context)};
}

}  // namespace entrawatch
