// AssertionJudge: whether a client assertion proves what it says, as Entra judges it: one that the
// application signed with a registered certificate (PS256), or the token of a workload identity's issuer.
//
// Remembers the ids it has seen: none is good twice. Used by token_service.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/time.hpp"

namespace entrawatch::simulator {

// Whose tokens an application takes for its own assertion. The issuer signs with PS256.
struct FederatedCredential {
    std::string issuer;
    std::string subject;
    std::string audience = "api://AzureADTokenExchange";
    std::string certificate_pem;
};

struct AssertionRules {
    std::string endpoint;  // the audience of what the application signs
    std::string client_id;
    std::vector<std::string> certificates;  // PEM
    std::optional<FederatedCredential> federated;
};

class AssertionJudge {
  public:
    // 0 = it is proof; else the AADSTS number.
    [[nodiscard]] int judge(std::string_view assertion, const AssertionRules& rules, Instant now);

  private:
    std::set<std::string, std::less<>> ids_;
};

}  // namespace entrawatch::simulator
