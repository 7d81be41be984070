#include "tests/daemon/http/client_fixture.hpp"

namespace entrawatch::http {
namespace {

using test::NoHandshake;
using test::PemPair;
using test::RawPeer;
using test::ReadHead;
using test::Send;
using test::Silence;
using namespace std::chrono_literals;

class ClientTls : public ClientFixture {
  protected:
    // Fails, for the certificate's sake, before a byte of the request is sent.
    void expect_certificate_refused(PemPair certificate, const std::string& words) {
        RawPeer peer{io, std::move(certificate), {{ReadHead{}, Send{answer("must not be read")}}}};
        const auto response = exchange(get(https(peer.port())));
        ASSERT_FALSE(response);
        EXPECT_TRUE(response.error().certificate);
        EXPECT_EQ(response.error().error.code, ErrorCode::refused);
        EXPECT_NE(response.error().error.what.find(words), std::string::npos) << response.error().error.what;
        EXPECT_TRUE(peer.requests().empty());
    }
};

TEST_F(ClientTls, AcceptsACertificateOfTheNamedCa) {
    RawPeer peer{io, authority().good(), {{ReadHead{}, Send{answer("trusted")}}}};
    EXPECT_EQ(body_of(exchange(get(https(peer.port())))), "trusted");
}

TEST_F(ClientTls, RefusesACertificateForAnotherHost) {
    expect_certificate_refused(authority().for_another_host(), "not for 127.0.0.1");
}
TEST_F(ClientTls, RefusesAnExpiredCertificate) {
    expect_certificate_refused(authority().expired(), "expired");
}
TEST_F(ClientTls, RefusesACertificateOfTheFuture) {
    expect_certificate_refused(authority().not_yet_valid(), "not valid yet");
}
TEST_F(ClientTls, RefusesASelfSignedCertificate) {
    expect_certificate_refused(test::self_signed(), "not trusted");
}
TEST_F(ClientTls, RefusesACertificateOfAnUnknownCa) {
    expect_certificate_refused(test::TestAuthority{}.good(), "not trusted");
}

TEST_F(ClientTls, ChecksNamesAsWellAsAddresses) {
    RawPeer peer{io, authority().for_another_host(), {{ReadHead{}, Send{answer("must not be read")}}}};
    const auto response = exchange(get("https://localhost:" + std::to_string(peer.port())));
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().certificate);
}

TEST_F(ClientTls, WithoutTheCaFileTheTestCaIsUnknown) {
    client = HttpClient::create(io.get_executor(), {}).value();
    expect_certificate_refused(authority().good(), "ca_file");
}

TEST_F(ClientTls, AServerWithoutTlsIsNoCertificateFault) {
    RawPeer peer{
        io, authority().good(), {{NoHandshake{}, Send{"HTTP/1.1 400 Bad Request\r\n\r\n"}, Silence{}}}};
    const auto response = exchange(get(https(peer.port())));
    ASSERT_FALSE(response);
    EXPECT_FALSE(response.error().certificate);
    EXPECT_EQ(response.error().error.code, ErrorCode::unavailable);
}

TEST_F(ClientTls, AHandshakeThatNeverEndsMeetsTheDeadline) {
    RawPeer peer{io, authority().good(), {{NoHandshake{}, Silence{}}}};
    const auto response = exchange(get(https(peer.port())), {100ms, 1000});
    ASSERT_FALSE(response);
    EXPECT_TRUE(response.error().timed_out);
}

TEST_F(ClientTls, ACaFileThatIsMissingOrEmptyIsAnErrorThatNamesIt) {
    const auto missing = HttpClient::create(io.get_executor(), {"/nonexistent/ca.pem"});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().where, "/nonexistent/ca.pem");
    const test::TemporaryFile empty{""};
    EXPECT_FALSE(HttpClient::create(io.get_executor(), {empty.path()}));
}

}  // namespace
}  // namespace entrawatch::http
