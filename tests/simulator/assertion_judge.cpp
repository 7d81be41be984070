#include "tests/simulator/assertion_judge.hpp"

#include <nlohmann/json.hpp>

#include "core/base/digest.hpp"
#include "core/base/guid.hpp"
#include "core/base/rsa.hpp"

namespace entrawatch::simulator {
namespace {

using Claims = nlohmann::json;

enum Refusal : int {
    proof = 0,
    broken = 50027,
    signature = 50013,
    another_application = 700021,
    audience = 700023,
    time_range = 700024,
    own_signature = 700027,
    federated_issuer = 700211,
    federated_audience = 700212,
    federated_subject = 700213,
};

struct Assertion {
    Claims head, claims;
    std::string signed_text, signature;
};

Claims part(std::string_view text) {
    const auto bytes = from_base64(text);
    return bytes ? Claims::parse(*bytes, nullptr, false) : Claims{Claims::value_t::discarded};
}

std::optional<Assertion> read(std::string_view text) {
    const auto first = text.find('.');
    const auto last = text.rfind('.');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    const auto signature = from_base64(text.substr(last + 1));
    if (!signature) return std::nullopt;
    Assertion out{part(text.substr(0, first)), part(text.substr(first + 1, last - first - 1)),
                  std::string{text.substr(0, last)}, *signature};
    if (!out.head.is_object() || !out.claims.is_object()) return std::nullopt;
    return out;
}

std::string text_at(const Claims& claims, const char* name) {
    const auto found = claims.find(name);
    return found != claims.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

// Entra reads floats too; nobody should send them.
std::optional<Instant> time_at(const Claims& claims, const char* name) {
    const auto found = claims.find(name);
    if (found == claims.end() || !found->is_number_integer()) return std::nullopt;
    return Instant{std::chrono::seconds{found->get<std::int64_t>()}};
}

bool is_signed_by(const Assertion& assertion, const Certificate& certificate) {
    return text_at(assertion.head, "alg") == "PS256" && text_at(assertion.head, "typ") == "JWT" &&
           certificate.verifies_ps256(assertion.signed_text, assertion.signature);
}

// 0, or what is wrong with the times.
int judge_times(const Claims& claims, Instant now) {
    const auto from = time_at(claims, "nbf");
    const auto to = time_at(claims, "exp");
    if (!to || (claims.contains("nbf") && !from)) return broken;
    return (from && now < *from) || now >= *to ? time_range : proof;
}

int judge_own(const Assertion& assertion, const AssertionRules& rules, Instant now) {
    const std::string thumbprint = text_at(assertion.head, "x5t#S256");
    bool known = false;
    for (const std::string& pem : rules.certificates) {
        const auto certificate = Certificate::parse(pem);
        known = known || (certificate && now <= certificate->not_after() &&
                          to_base64_url(certificate->sha256_thumbprint()) == thumbprint &&
                          is_signed_by(assertion, *certificate));
    }
    if (!known) return own_signature;
    if (text_at(assertion.claims, "iss") != rules.client_id ||
        text_at(assertion.claims, "sub") != rules.client_id)
        return another_application;
    if (text_at(assertion.claims, "aud") != rules.endpoint) return audience;
    if (!is_guid(text_at(assertion.claims, "jti"))) return broken;
    return judge_times(assertion.claims, now);
}

int judge_federated(const Assertion& assertion, const AssertionRules& rules, Instant now) {
    if (!rules.federated || text_at(assertion.claims, "iss") != rules.federated->issuer)
        return federated_issuer;
    if (text_at(assertion.claims, "aud") != rules.federated->audience) return federated_audience;
    if (text_at(assertion.claims, "sub") != rules.federated->subject) return federated_subject;
    const auto certificate = Certificate::parse(rules.federated->certificate_pem);
    if (!certificate || !is_signed_by(assertion, *certificate)) return signature;
    return judge_times(assertion.claims, now);
}

}  // namespace

int AssertionJudge::judge(std::string_view text, const AssertionRules& rules, Instant now) {
    const auto assertion = read(text);
    if (!assertion) return broken;
    if (!assertion->head.contains("x5t#S256")) return judge_federated(*assertion, rules, now);
    if (const int refusal = judge_own(*assertion, rules, now); refusal != proof) return refusal;
    return ids_.insert(text_at(assertion->claims, "jti")).second ? proof : broken;
}

}  // namespace entrawatch::simulator
