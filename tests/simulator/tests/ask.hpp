// Asker: the smallest client of the simulated Graph: it has a token and asks. For the simulator's own tests.
#pragma once

#include <string>

#include "core/base/percent.hpp"
#include "core/base/text.hpp"
#include "core/base/time.hpp"
#include "tests/simulator/cast.hpp"
#include "tests/simulator/tenant.hpp"

namespace entrawatch::simulator {

inline Instant noon() {
    return *parse_iso("2026-11-20T12:00:00Z");
}

class Asker {
  public:
    explicit Asker(Tenant& tenant) : tenant_(tenant) {}

    http::Response post_token(const std::string& body, Instant now) {
        http::Request request;
        request.method = "POST";
        request.url.target = "/" + cast().tenant_id + "/oauth2/v2.0/token";
        request.headers.set("content-type", "application/x-www-form-urlencoded");
        request.body = body;
        return tenant_.answer(request, now).response;
    }
    [[nodiscard]] std::string token_body() const {
        const TenantOptions& options = tenant_.options();
        return "client_id=" + options.client_id +
               "&scope=" + percent_encoded(options.base_url + "/.default") +
               "&client_secret=" + percent_encoded(options.client_secret) + "&grant_type=client_credentials";
    }
    void sign_in(Instant now) {
        token_ = Document::parse(post_token(token_body(), now).body).at("access_token");
    }

    // The whole answer to a GET; signs in first when that was not done yet.
    Answer ask(const std::string& target, Instant now) {
        if (token_.empty()) sign_in(now);
        http::Request request;
        request.url.target = target;
        request.headers.set("authorization", "Bearer " + token_);
        request.headers.set("accept-encoding", "gzip");
        return tenant_.answer(request, now);
    }
    http::Response get(const std::string& target, Instant now) { return ask(target, now).response; }
    Document page(const std::string& target, Instant now) {
        return Document::parse(get(target, now).body, nullptr, false);
    }
    // A next link as a request target.
    [[nodiscard]] std::string next(const Document& page) const {
        const std::string link = page.value("@odata.nextLink", "");
        return link.empty() ? link : link.substr(tenant_.options().base_url.size());
    }

  private:
    Tenant& tenant_;
    std::string token_;
};

inline std::vector<std::string> ids_of(const Document& page) {
    std::vector<std::string> ids;
    for (const Document& record : page.at("value"))
        ids.push_back(record.at("id"));
    return ids;
}

inline std::string error_message(const http::Response& response) {
    return Document::parse(response.body).at("error").at("message");
}

// A small audit row, event time as given.
inline Document audit_at(Instant time, const std::string& id, const std::string& activity = "Update user") {
    return {{"id", id},
            {"activityDateTime", to_iso(time)},
            {"activityDisplayName", activity},
            {"category", "UserManagement"},
            {"loggedByService", "Core Directory"},
            {"result", "success"}};
}

inline const std::string audits_path = "/v1.0/auditLogs/directoryAudits";
inline const std::string sign_ins_path = "/beta/auditLogs/signIns";
inline const std::string risk_path = "/v1.0/identityProtection/riskDetections";

}  // namespace entrawatch::simulator
