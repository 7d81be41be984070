// Octets to receivers that answer nothing: when they count as sent.
#include <gmock/gmock.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>

#include "tests/daemon/http/client_fixture.hpp"

namespace entrawatch::http {
namespace {

using test::CloseCleanly;
using test::Cut;
using test::NoHandshake;
using test::RawPeer;
using test::ReadFrame;
using test::Send;
using test::Silence;
using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::chrono_literals;

class ClientSend : public ClientFixture {
  protected:
    using Sent = tl::expected<std::string, ExchangeError>;

    [[nodiscard]] static Url peer_at(const char* scheme, int port) {
        return Url::parse_peer(std::string{scheme} + "://127.0.0.1:" + std::to_string(port)).value();
    }
    [[nodiscard]] Sent send(const Url& peer, std::string octets, std::chrono::milliseconds total = 10s) {
        return test::run(io, client->send(peer, std::move(octets), total));
    }
    // "sent to ADDRESS", or the error in words.
    [[nodiscard]] static std::string words_of(const Sent& sent) {
        return sent ? "sent to " + *sent : sent.error().error.text();
    }
};

TEST_F(ClientSend, EndsOnceThePeerHasItAndKeepsTheConnection) {
    for (const bool secure : {false, true}) {
        SCOPED_TRACE(secure);
        std::optional<test::PemPair> certificate;
        if (secure) certificate = authority().good();
        RawPeer peer{io, certificate, {{ReadFrame{}, ReadFrame{}, Silence{}}}};
        const Url url = peer_at(secure ? "tls" : "tcp", peer.port());
        EXPECT_EQ(words_of(send(url, "5 first")), "sent to 127.0.0.1:" + std::to_string(peer.port()));
        EXPECT_EQ(words_of(send(url, "6 second")), "sent to 127.0.0.1:" + std::to_string(peer.port()));
        test::run_until(io, [&] { return peer.requests().size() == 2; });
        EXPECT_THAT(peer.requests(), ElementsAre("first", "second"));
        EXPECT_EQ(peer.connections(), 1);
    }
}

TEST_F(ClientSend, WhatAReceiverSaysIsPassedOver) {
    RawPeer peer{io, std::nullopt, {{ReadFrame{}, Send{"220 hello\r\n"}, ReadFrame{}, Silence{}}}};
    const Url url = peer_at("tcp", peer.port());
    EXPECT_TRUE(send(url, "5 first"));
    EXPECT_TRUE(send(url, "6 second"));
    EXPECT_EQ(peer.connections(), 1);
}

TEST_F(ClientSend, AReceiverThatClosesOnTheMessageDidNotTakeIt) {
    for (const bool secure : {false, true}) {
        SCOPED_TRACE(secure);
        std::optional<test::PemPair> certificate;
        if (secure) certificate = authority().good();
        RawPeer peer{io, certificate, {{ReadFrame{}, CloseCleanly{}}}};
        const Sent sent = send(peer_at(secure ? "tls" : "tcp", peer.port()), "5 first");
        ASSERT_FALSE(sent);
        EXPECT_THAT(words_of(sent), HasSubstr("closed the connection after the message"));
        EXPECT_FALSE(sent.error().certificate);
        EXPECT_EQ(sent.error().error.code, ErrorCode::unavailable);
    }
}

TEST_F(ClientSend, PartsFromAReceiverWithTheClosingNotice) {
    RawPeer peer{io, authority().good(), {{ReadFrame{}, test::ReadClosingNotice{}}}};
    EXPECT_TRUE(send(peer_at("tls", peer.port()), "5 first"));
    client->close_idle();
    test::run_until(io, [&] { return peer.requests().size() == 2; });
    EXPECT_THAT(peer.requests(), ElementsAre("first", "closing notice"));
}

TEST_F(ClientSend, AResetIsAFailure) {
    RawPeer peer{io, std::nullopt, {{ReadFrame{}, Cut{}}}};
    const Sent sent = send(peer_at("tcp", peer.port()), "5 first");
    ASSERT_FALSE(sent);
    EXPECT_THAT(words_of(sent), HasSubstr("the connection ended after the message"));
}

TEST_F(ClientSend, AConnectionThatEndedMeanwhileIsNotUsedAgain) {
    using boost::asio::ip::tcp;
    for (const bool half : {false, true}) {
        SCOPED_TRACE(half);
        tcp::acceptor receiver{io, {boost::asio::ip::address_v4::loopback(), 0}};
        const Url url = peer_at("tcp", receiver.local_endpoint().port());
        ASSERT_TRUE(send(url, "5 first"));
        tcp::socket first = receiver.accept();
        half ? first.shutdown(tcp::socket::shutdown_send) : first.close();
        ASSERT_TRUE(send(url, "6 second"));
        tcp::socket second = receiver.accept();
        std::string octets(8, ' ');
        boost::asio::read(second, boost::asio::buffer(octets));
        EXPECT_EQ(octets, "6 second");
    }
}

TEST_F(ClientSend, AfterAFailureANewConnectionIsMade) {
    RawPeer peer{io, std::nullopt, {{ReadFrame{}, ReadFrame{}, CloseCleanly{}}, {ReadFrame{}, Silence{}}}};
    const Url url = peer_at("tcp", peer.port());
    ASSERT_TRUE(send(url, "5 first"));
    ASSERT_FALSE(send(url, "6 second")) << "closed on this one";
    ASSERT_TRUE(send(url, "6 second"));
    test::run_until(io, [&] { return peer.requests().size() == 3; });
    EXPECT_THAT(peer.requests(), ElementsAre("first", "second", "second"));
    EXPECT_EQ(peer.connections(), 2);
}

TEST_F(ClientSend, ARefusedConnectionIsAFailure) {
    boost::asio::ip::tcp::acceptor taken{io, {boost::asio::ip::address_v4::loopback(), 0}};
    const int port = taken.local_endpoint().port();
    taken.close();
    const Sent sent = send(peer_at("tcp", port), "5 first");
    ASSERT_FALSE(sent);
    EXPECT_THAT(words_of(sent), HasSubstr("cannot connect: Connection refused"));
    EXPECT_THAT(words_of(sent), HasSubstr("tcp://127.0.0.1:" + std::to_string(port)));
}

TEST_F(ClientSend, ACertificateThatIsNotTrustedIsToldAsSuch) {
    RawPeer peer{io, test::self_signed(), {{ReadFrame{}, Silence{}}}};
    const Sent sent = send(peer_at("tls", peer.port()), "5 first");
    ASSERT_FALSE(sent);
    EXPECT_TRUE(sent.error().certificate);
    EXPECT_TRUE(peer.requests().empty());
}

TEST_F(ClientSend, ShowsItsCertificateToAReceiverThatAsks) {
    const test::TestAuthority clients;
    const test::PemPair ours = clients.good();
    const test::TemporaryFile certificate{ours.certificate_pem};
    const test::TemporaryFile key{ours.key_pem};
    RawPeer peer{io, authority().good(), {{ReadFrame{}, Silence{}}}};
    peer.ask_for_certificate_of(clients.ca_pem());
    const Url url = peer_at("tls", peer.port());
    const Sent without = send(url, "5 first");
    ASSERT_FALSE(without) << "TLS 1.3 refuses only after the handshake";
    EXPECT_FALSE(without.error().certificate) << "it is not the server's that is at fault";
    EXPECT_TRUE(peer.requests().empty());
    client = HttpClient::create(io.get_executor(), {ca_file.path(), certificate.path(), key.path()}).value();
    EXPECT_TRUE(send(url, "5 first"));
    EXPECT_THAT(peer.requests(), ElementsAre("first"));
    EXPECT_FALSE(
        HttpClient::create(io.get_executor(), {ca_file.path(), certificate.path(), certificate.path()}));
}

TEST_F(ClientSend, AReceiverWithoutTlsIsAFailure) {
    RawPeer peer{io, authority().good(), {{NoHandshake{}, Send{"220 plain\r\n"}, Silence{}}}};
    const Sent sent = send(peer_at("tls", peer.port()), "5 first");
    ASSERT_FALSE(sent);
    EXPECT_FALSE(sent.error().certificate);
}

TEST_F(ClientSend, WhatIsNeverAcknowledgedMeetsTheDeadline) {
    // Accepted by the kernel and never read: once its buffers are full, nothing more is acknowledged.
    boost::asio::ip::tcp::acceptor deaf{io, {boost::asio::ip::address_v4::loopback(), 0}};
    const Sent sent =
        send(peer_at("tcp", deaf.local_endpoint().port()), std::string(64UL << 20U, 'x'), 300ms);
    ASSERT_FALSE(sent);
    EXPECT_TRUE(sent.error().timed_out);
}

TEST_F(ClientSend, GoesInTheClearToThisMachineOnly) {
    Url url = peer_at("tcp", 514);
    url.host = "192.0.2.1";
    const Sent sent = send(url, "5 first");
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().error.what, "plain tcp is only allowed to a loopback address; use tls");
}

TEST_F(ClientSend, APeerIsSchemeHostAndPort) {
    const Url url = Url::parse_peer("TLS://[::1]:6514").value();
    EXPECT_EQ(url.origin(), "tls://[::1]:6514");
    EXPECT_TRUE(url.is_secure());
    EXPECT_FALSE(Url::parse_peer("tcp://localhost:514").value().is_secure());
    for (const char* text : {"", "tls://", "tls://host", "https://host:6514", "tls://host:6514/",
                             "tls://u@host:6514", "tls://host:0", "tls://host:6514?x"})
        EXPECT_FALSE(Url::parse_peer(text)) << text;
}

}  // namespace
}  // namespace entrawatch::http
