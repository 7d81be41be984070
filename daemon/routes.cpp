#include "daemon/routes.hpp"

#include <nlohmann/json.hpp>

#include "daemon/metrics.hpp"

namespace entrawatch {
namespace {

using nlohmann::ordered_json;

http::Response answer(int status, std::string type, std::string body) {
    http::Response response;
    response.status = status;
    response.headers.set("content-type", std::move(type));
    response.headers.set("cache-control", "no-store");
    response.body = std::move(body);
    return response;
}

http::Response json(int status, const ordered_json& body) {
    return answer(status, "application/json",
                  body.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n");
}

http::Response health(const Status& status) {
    ordered_json problems = ordered_json::array();
    for (const auto& tenant : status.tenants) {
        if (!tenant.store_works)
            problems.push_back({{"tenant", tenant.name}, {"store", tenant.store_problem}});
    }
    if (problems.empty()) return json(200, {{"status", "ok"}});
    return json(503, {{"status", "failing"}, {"problems", problems}});
}

ordered_json feed_detail(const FeedStatus& feed) {
    ordered_json detail{{"state", name_of(feed.condition)}};
    if (!feed.reason.empty()) detail["reason"] = feed.reason;
    if (feed.last_answer_at) detail["last_answer_at"] = to_iso_millis(*feed.last_answer_at);
    if (feed.next_probe_at) detail["next_probe_at"] = to_iso_millis(*feed.next_probe_at);
    return detail;
}

ordered_json canary_detail(const CanaryStatus& canary) {
    ordered_json destinations = ordered_json::object();
    for (const CanaryOutcome& outcome : canary.outcomes)
        destinations[outcome.destination] = name_of(outcome.fate);
    return {{"alert_id", canary.alert_id},
            {"sent_at", to_iso_millis(canary.sent_at)},
            {"destinations", destinations}};
}

http::Response readiness(const Status& status) {
    ordered_json reasons = ordered_json::array();
    ordered_json tenants = ordered_json::object();
    for (const auto& tenant : status.tenants) {
        ordered_json feeds = ordered_json::object();
        for (const auto& [id, feed] : tenant.feeds) {
            const std::string name{feed_of(id).name};
            feeds[name] = feed_detail(feed);
            const bool waiting =
                feed.condition == FeedCondition::starting || feed.condition == FeedCondition::failing;
            if (waiting && !feed.last_answer_at) {
                reasons.push_back(tenant.name + ": " + name + " has not answered yet" +
                                  (feed.reason.empty() ? "" : ": " + feed.reason));
            }
        }
        if (!tenant.store_works)
            reasons.push_back(tenant.name + ": the store fails: " + tenant.store_problem);
        if (tenant.disk_room == DiskRoom::full)
            reasons.push_back(tenant.name + ": the disk of the store is full; no further window is read");
        if (!tenant.directory_read && tenant.directory_problem.empty()) {
            reasons.push_back(tenant.name + ": the directory has not been read yet");
        }
        tenants[tenant.name] = {{"feeds", feeds}};
        if (tenant.canary) tenants[tenant.name]["canary"] = canary_detail(*tenant.canary);
        if (!tenant.canary_problem.empty()) tenants[tenant.name]["canary_problem"] = tenant.canary_problem;
        if (!tenant.directory_problem.empty()) tenants[tenant.name]["directory"] = tenant.directory_problem;
        if (!tenant.directory_gaps.empty()) tenants[tenant.name]["directory_gaps"] = tenant.directory_gaps;
    }
    const bool ready = reasons.empty();
    return json(ready ? 200 : 503,
                {{"status", ready ? "ready" : "not ready"}, {"reasons", reasons}, {"tenants", tenants}});
}

}  // namespace

http::Response route(const http::Request& request, const Status& status, Instant now) {
    if (request.method != "GET" && request.method != "HEAD") {
        auto refused = answer(405, "text/plain", "only GET is answered here\n");
        refused.headers.set("allow", "GET, HEAD");
        return refused;
    }
    const std::string_view target = request.url.target;
    const std::string_view path = target.substr(0, target.find('?'));
    if (path == "/healthz") return health(status);
    if (path == "/readyz") return readiness(status);
    if (path == "/metrics") return answer(200, "text/plain; version=0.0.4", metrics_text(status, now));
    return answer(404, "text/plain", "nothing here; try /healthz, /readyz, /metrics or /api/v1/alerts\n");
}

}  // namespace entrawatch
