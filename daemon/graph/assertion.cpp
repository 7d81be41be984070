#include "daemon/graph/assertion.hpp"

#include "core/base/digest.hpp"
#include "core/feed/json_write.hpp"

namespace entrawatch::graph {

namespace {

using namespace std::chrono_literals;

constexpr Ticks allowed_skew = 1min;
constexpr Ticks assertion_life = 10min;

// Whole seconds: the claims are JSON integers.
std::string numeric_date(Instant time) {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count());
}

std::string head_of(const Certificate& certificate) {
    JsonObjectWriter writer;
    writer.text("alg", "PS256");
    writer.text("typ", "JWT");
    writer.text("x5t#S256", to_base64_url(certificate.sha256_thumbprint()));
    return std::move(writer).take();
}

std::string body_of(const AssertionClaims& claims) {
    const Instant from = claims.now - allowed_skew;
    JsonObjectWriter writer;
    writer.text("aud", claims.audience);
    writer.text("iss", claims.client_id);
    writer.text("sub", claims.client_id);
    writer.text("jti", claims.id);
    writer.raw("nbf", numeric_date(from));
    writer.raw("iat", numeric_date(claims.now));
    writer.raw("exp", numeric_date(from + assertion_life));
    return std::move(writer).take();
}

}  // namespace

std::string client_assertion(const CertificatePair& pair, const AssertionClaims& claims) {
    std::string text = to_base64_url(head_of(pair.certificate)) + "." + to_base64_url(body_of(claims));
    const std::string signature = to_base64_url(pair.key.sign_ps256(text));
    return text + "." + signature;
}

}  // namespace entrawatch::graph
