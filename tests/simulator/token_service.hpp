// TokenService: the tenant's OAuth endpoint for secrets and assertions, and the judge of bearer tokens.
//
// Tokens look like JWTs (clients may peek at `roles`), but are known by their text; roles are frozen when a
// token is issued. Refusals carry AADSTS codes in Entra's shape. Used by tenant.
#pragma once

#include <map>
#include <set>
#include <string>

#include "core/base/time.hpp"
#include "daemon/http/message.hpp"
#include "tests/simulator/assertion_judge.hpp"
#include "tests/simulator/dice.hpp"

namespace entrawatch::simulator {

struct Registration {
    std::string tenant_id;
    std::string client_id;
    std::string client_secret;
    std::string scope;  // "https://graph…/.default"
    std::set<std::string> granted;
    Ticks token_life = std::chrono::seconds{3599};
    int refuse_with =
        0;  // an AADSTS number: every request is refused with it (7000222 expired secret, 90033 transient, …)
    std::string endpoint;                   // where tokens are asked for: the audience of assertions
    std::vector<std::string> certificates;  // PEM
    std::optional<FederatedCredential> federated;
};

class TokenService {
  public:
    explicit TokenService(std::uint64_t seed) : dice_(seed) {}

    [[nodiscard]] http::Response answer(const http::Request& request, const Registration& registration,
                                        Instant now);
    // The roles of a living token; nullptr when it is unknown or expired.
    [[nodiscard]] const std::set<std::string>* roles_of(std::string_view bearer, Instant now) const;
    void revoke_all() { issued_.clear(); }
    // A token as Entra writes it, good from now on.
    [[nodiscard]] std::string issue(const Registration& registration, Instant now);
    [[nodiscard]] int issued_count() const { return issued_count_; }

  private:
    struct Issued {
        std::set<std::string> roles;
        Instant expires_at;
    };
    [[nodiscard]] int judge_request(const http::Request& request, const Registration& registration,
                                    Instant now);
    [[nodiscard]] http::Response refusal(int code, Instant now);

    Dice dice_;
    AssertionJudge assertions_;
    std::map<std::string, Issued, std::less<>> issued_;
    int issued_count_ = 0;
};

}  // namespace entrawatch::simulator
