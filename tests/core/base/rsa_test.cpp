#include "core/base/rsa.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_certificates.hpp"

namespace entrawatch {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const test::PemPair& a_pair() {
    static const test::PemPair pair = test::application_certificate();
    return pair;
}

std::string refusal_of_key(const std::string& pem) {
    const auto key = RsaKey::parse(pem);
    return key ? "taken" : key.error().what;
}

TEST(Rsa, SignsWhatItsCertificateVerifies) {
    const RsaKey key = RsaKey::parse(a_pair().key_pem).value();
    const Certificate certificate = Certificate::parse(a_pair().certificate_pem).value();
    std::string signature = key.sign_ps256("message");
    EXPECT_EQ(signature.size(), 256U);
    EXPECT_TRUE(certificate.verifies_ps256("message", signature));
    EXPECT_FALSE(certificate.verifies_ps256("messagf", signature));
    EXPECT_FALSE(certificate.verifies_ps256("message", ""));
    signature[100] = static_cast<char>(signature[100] ^ 1);
    EXPECT_FALSE(certificate.verifies_ps256("message", signature));
    EXPECT_NE(key.sign_ps256("message"), key.sign_ps256("message")) << "the salt is random";
}

TEST(Rsa, KnowsWhichKeyBelongsToACertificate) {
    const Certificate certificate = Certificate::parse(a_pair().certificate_pem).value();
    EXPECT_TRUE(certificate.belongs_to(RsaKey::parse(a_pair().key_pem).value()));
    const auto other = test::application_certificate();
    EXPECT_FALSE(certificate.belongs_to(RsaKey::parse(other.key_pem).value()));
}

TEST(Rsa, ReadsTheTimesOfACertificate) {
    const auto pair = test::application_certificate(
        {.not_before = *parse_iso("2026-01-02T03:04:05Z"), .not_after = *parse_iso("2051-01-02T03:04:05Z")});
    const Certificate certificate = Certificate::parse(pair.certificate_pem).value();
    EXPECT_EQ(to_iso(certificate.not_before()), "2026-01-02T03:04:05Z");
    EXPECT_EQ(to_iso(certificate.not_after()), "2051-01-02T03:04:05Z");
}

TEST(Rsa, TakesBothFromOneText) {
    const std::string both = a_pair().key_pem + a_pair().certificate_pem;
    EXPECT_TRUE(Certificate::parse(both)->belongs_to(RsaKey::parse(both).value()));
}

TEST(Rsa, SaysWhatIsWrongWithAKeyAndNeverQuotesIt) {
    EXPECT_THAT(refusal_of_key(test::with_password(a_pair().key_pem)), HasSubstr("encrypted"));
    EXPECT_THAT(refusal_of_key(test::self_signed().key_pem), HasSubstr("no RSA key"));
    EXPECT_THAT(refusal_of_key(test::application_certificate({.bits = 1024}).key_pem),
                HasSubstr("1024 bits"));
    for (const std::string& text : {std::string{}, std::string{"no key"}, a_pair().certificate_pem,
                                    a_pair().key_pem.substr(0, 300), std::string(70'000, '-')}) {
        EXPECT_THAT(refusal_of_key(text), HasSubstr("no private key")) << text.substr(0, 40);
        EXPECT_THAT(refusal_of_key(text), Not(HasSubstr(a_pair().key_pem.substr(40, 40))));
    }
}

TEST(Rsa, RefusesWhatIsNoCertificate) {
    for (const std::string& text :
         {std::string{}, a_pair().key_pem, a_pair().certificate_pem.substr(0, 300),
          std::string{"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"}}) {
        EXPECT_FALSE(Certificate::parse(text)) << text.substr(0, 40);
    }
}

}  // namespace
}  // namespace entrawatch
