// The HTTP client through proxies: honest ones of every kind, and those that refuse, stall, cut or flood in
// each step.
#include <gmock/gmock.h>

#include <boost/asio/bind_cancellation_slot.hpp>

#include "tests/daemon/http/client_fixture.hpp"
#include "tests/support/test_proxy.hpp"

namespace entrawatch::http {
namespace {

using test::CloseCleanly;
using test::Cut;
using test::Drip;
using test::ProxyWish;
using test::RawPeer;
using test::ReadBytes;
using test::ReadFrame;
using test::ReadHead;
using test::Send;
using test::SendForEver;
using test::Silence;
using test::TestProxy;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::chrono_literals;

constexpr const char* elsewhere = "https://elsewhere.example";  // nobody but the proxy knows where that is

class ClientProxy : public ClientFixture {
  protected:
    void use(const std::string& url, const std::string& credentials = {}, const char* no_proxy = nullptr) {
        auto proxy = std::make_shared<Proxy>();
        proxy->url = Url::parse_proxy(url).value();
        proxy->credentials = Secret{credentials};
        proxy->ca_file = proxy_ca_file.path();
        if (no_proxy != nullptr) {
            ASSERT_TRUE(proxy->no_proxy.add(no_proxy));
        }
        client = HttpClient::create(io.get_executor(), {ca_file.path()}, proxy).value();
    }
    [[nodiscard]] ProxyWish knowing(const RawPeer& peer) const {
        return {.hosts = {{"elsewhere.example:443", peer.port()}}};
    }
    // What comes of a request through a proxy that plays `script`.
    [[nodiscard]] Exchanged through(test::Script script, const char* scheme = "http",
                                    std::chrono::milliseconds total = 10s,
                                    const std::string& credentials = {}) {
        std::optional<test::PemPair> certificate;
        if (std::string_view{scheme} == "https") certificate = proxy_authority().good();
        hostile.emplace(io, certificate, std::vector<test::Script>{std::move(script)});
        place = std::string{scheme} + "://127.0.0.1:" + std::to_string(hostile->port());
        use(place, credentials);
        return exchange(get(elsewhere, "/canary"), {total, 1000});
    }
    // That it failed for the proxy's sake, and says so.
    void expect_blame(const Exchanged& result, const std::string& words, bool timed_out = false) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().error.where, "the proxy " + place);
        EXPECT_THAT(result.error().error.what, HasSubstr(words));
        EXPECT_EQ(result.error().timed_out, timed_out) << result.error().error.what;
        for (const std::string& request : hostile->requests())
            EXPECT_THAT(request, Not(HasSubstr("canary"))) << "the proxy must not see the request";
    }
    static const test::TestAuthority& proxy_authority() {
        static const test::TestAuthority another;
        return another;
    }

    test::TemporaryFile proxy_ca_file{proxy_authority().ca_pem()};
    std::optional<RawPeer> hostile;
    std::string place;
};

TEST_F(ClientProxy, SpeaksTlsFromEndToEndThroughEveryKindOfProxy) {
    for (const char* kind : {"http", "https", "socks5h"}) {
        for (const char* credentials : {"", "scanner:s3:cret"}) {
            SCOPED_TRACE(std::string{kind} + " " + credentials);
            RawPeer target{io,
                           authority().for_another_host(),
                           {{ReadHead{}, Send{answer("one")}, ReadHead{}, Send{answer("two")}}}};
            ProxyWish wish = knowing(target);
            wish.socks = std::string_view{kind} == "socks5h";
            if (std::string_view{kind} == "https") wish.certificate = proxy_authority().good();
            wish.credentials = credentials;
            TestProxy proxy{io, wish};
            use(proxy.url(), credentials);
            const auto first = exchange(get(elsewhere));
            EXPECT_EQ(body_of(first), "one");
            EXPECT_EQ(body_of(exchange(get(elsewhere))), "two");
            EXPECT_EQ(first->remote_address, "127.0.0.1:" + std::to_string(proxy.port()) + " (proxy)");
            EXPECT_THAT(proxy.tunnels(), ElementsAre("elsewhere.example:443")) << "the tunnel is kept";
            EXPECT_THAT(proxy.faults(), IsEmpty());
            ASSERT_EQ(target.requests().size(), 2U);
            EXPECT_THAT(target.requests()[0], Not(HasSubstr("Proxy-Authorization")));
        }
    }
}

TEST_F(ClientProxy, CarriesSyslogAndAClientsCertificate) {
    const test::PemPair ours = authority().good();
    const test::TemporaryFile certificate{ours.certificate_pem};
    const test::TemporaryFile key{ours.key_pem};
    RawPeer target{io, authority().for_another_host(), {{ReadFrame{}, Silence{}}}};
    target.ask_for_certificate_of(authority().ca_pem());
    ProxyWish wish{.hosts = {{"elsewhere.example:6514", target.port()}}};
    TestProxy proxy{io, wish};
    auto settings = std::make_shared<Proxy>();
    settings->url = Url::parse_proxy(proxy.url()).value();
    client = HttpClient::create(io.get_executor(), {ca_file.path(), certificate.path(), key.path()}, settings)
                 .value();
    const auto sent = test::run(
        io, client->send(Url::parse_peer("tls://elsewhere.example:6514").value(), "7 message", 10s));
    ASSERT_TRUE(sent) << sent.error().error.text();
    EXPECT_THAT(*sent, testing::EndsWith(" (proxy)"));
    test::run_until(io, [&] { return !target.requests().empty(); });
    EXPECT_THAT(target.requests(), ElementsAre("message"));
    EXPECT_THAT(proxy.faults(), IsEmpty());
}

TEST_F(ClientProxy, ATargetWithTheWrongCertificateIsRefusedInsideTheTunnel) {
    // The second: an https proxy's own CA may vouch for the proxy, and for nobody behind it.
    for (const test::PemPair& certificate : {authority().good(), proxy_authority().for_another_host()}) {
        RawPeer target{io, certificate, {{ReadHead{}, Send{answer("must not be read")}}}};
        ProxyWish wish = knowing(target);
        wish.certificate = proxy_authority().good();
        TestProxy proxy{io, wish};
        use(proxy.url());
        const auto result = exchange(get(elsewhere));
        ASSERT_FALSE(result);
        EXPECT_TRUE(result.error().certificate);
        EXPECT_EQ(result.error().error.where,
                  "https://elsewhere.example:443 through the proxy " + proxy.url());
        EXPECT_TRUE(target.requests().empty());
    }
}

TEST_F(ClientProxy, AProxyWithTheWrongCertificateIsToldNothing) {
    for (const test::PemPair& certificate :
         {proxy_authority().for_another_host(), authority().good(), proxy_authority().expired()}) {
        TestProxy proxy{io, {.certificate = certificate, .credentials = "scanner:s3cret"}};
        use(proxy.url(), "scanner:s3cret");
        const auto result = exchange(get(elsewhere));
        ASSERT_FALSE(result);
        EXPECT_TRUE(result.error().certificate);
        EXPECT_EQ(result.error().error.where, "the proxy " + proxy.url());
        EXPECT_TRUE(proxy.tunnels().empty());
        EXPECT_THAT(proxy.faults(), IsEmpty());
    }
}

TEST_F(ClientProxy, WhoIsInNoProxyOrOnThisMachineIsReachedDirectly) {
    TestProxy proxy{io, {}};
    use(proxy.url(), {}, "direct.invalid");
    RawPeer here{io, authority().good(), {{ReadHead{}, Send{answer("direct")}}}};
    EXPECT_EQ(body_of(exchange(get(https(here.port())))), "direct");
    EXPECT_EQ(body_of(exchange(get("https://localhost:" + std::to_string(here.port())))), "direct");
    RawPeer plain{io, std::nullopt, {{ReadHead{}, Send{answer("plain")}}}};
    EXPECT_EQ(body_of(exchange(get(http(plain.port())))), "plain");
    EXPECT_THAT(exchange(get("https://direct.invalid")).error().error.text(),
                HasSubstr("https://direct.invalid:443: the host name cannot be resolved"));
    EXPECT_EQ(exchange(get("http://192.0.2.1")).error().error.code, ErrorCode::invalid);
    EXPECT_EQ(exchange(get("http://elsewhere.example")).error().error.code, ErrorCode::invalid);
    EXPECT_EQ(proxy.connections(), 0);
}

TEST_F(ClientProxy, AnHonestRefusalIsExplained) {
    TestProxy proxy{io, {}};
    use(proxy.url());
    const auto unknown = exchange(get(elsewhere));
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().error.text(),
              "the proxy " + proxy.url() +
                  ": no tunnel to elsewhere.example:443: the proxy cannot reach it (502 Bad Gateway)");
    EXPECT_FALSE(unknown.error().must_be_mended());
    TestProxy closed{io, {.credentials = "scanner:s3cret"}};
    use(closed.url(), "scanner:wrong");
    const auto wrong = exchange(get(elsewhere));
    ASSERT_FALSE(wrong);
    EXPECT_TRUE(wrong.error().must_be_mended());
    EXPECT_FALSE(wrong.error().certificate);
    EXPECT_THAT(wrong.error().error.what, HasSubstr("(407)"));
}

TEST_F(ClientProxy, AProxyThatIsNotThereIsBlamed) {
    {
        RawPeer gone{io, std::nullopt, {{Silence{}}}};
        place = "http://127.0.0.1:" + std::to_string(gone.port());
    }
    hostile.emplace(io, std::nullopt, std::vector<test::Script>{{Silence{}}});
    use(place);
    expect_blame(exchange(get(elsewhere)), "cannot connect: Connection refused");
    place = "socks5h://no-such-proxy.invalid:1080";
    use(place);
    expect_blame(exchange(get(elsewhere)), "the host name cannot be resolved");
}

TEST_F(ClientProxy, IsNotHeldUpByAProxyThatStallsInAnyStep) {
    for (const auto& [script, scheme] : std::vector<std::pair<test::Script, const char*>>{
             {{Silence{}}, "http"},
             {{ReadHead{}, Silence{}}, "http"},
             {{ReadHead{}, Send{"HTTP/1.1 200 OK\r\n"}, Silence{}}, "http"},
             {{ReadHead{}, Drip{"HTTP/1.1 200 OK\r\nX: " + std::string(9000, 'x'), 10ms}}, "http"},
             {{ReadHead{}, Silence{}}, "https"},
             {{test::NoHandshake{}, Silence{}}, "https"},
             {{Silence{}}, "socks5h"},
             {{ReadBytes{3}, Send{std::string{"\5", 1}}, Silence{}}, "socks5h"},
             {{ReadBytes{3}, Send{std::string{"\5\0", 2}}, Silence{}}, "socks5h"}}) {
        const auto result = through(script, scheme, 150ms);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().error.where, "the proxy " + place);
        EXPECT_TRUE(result.error().timed_out) << result.error().error.text();
    }
    // Once the tunnel stands, it is the target that does not answer, or what is in between.
    const auto beyond = through({ReadHead{}, Send{"HTTP/1.1 200 OK\r\n\r\n"}, Silence{}}, "http", 150ms);
    ASSERT_FALSE(beyond);
    EXPECT_EQ(beyond.error().error.where, "https://elsewhere.example:443 through the proxy " + place);
    EXPECT_TRUE(beyond.error().timed_out);
}

TEST_F(ClientProxy, SaysWhereAProxyHungUp) {
    for (const auto& [script, scheme] : std::vector<std::pair<test::Script, const char*>>{
             {{ReadHead{}, CloseCleanly{}}, "http"},
             {{ReadHead{}, Cut{}}, "http"},
             {{ReadHead{}, Send{"HTTP/1.1 200 OK\r\n"}, Cut{}}, "http"},
             {{ReadHead{}, CloseCleanly{}}, "https"},
             {{ReadHead{}, Cut{}}, "https"},
             {{Cut{}}, "socks5h"},
             {{ReadBytes{3}, CloseCleanly{}}, "socks5h"},
             {{ReadBytes{3}, Send{std::string{"\5\0", 2}}, ReadBytes{24}, Cut{}}, "socks5h"},
             {{ReadBytes{3}, Send{std::string{"\5\0", 2}}, ReadBytes{24}, Send{std::string{"\5\0\0\1", 4}},
               CloseCleanly{}},
              "socks5h"}}) {
        const auto result = through(script, scheme);
        expect_blame(result, "no tunnel to elsewhere.example:443: ");
        EXPECT_EQ(result.error().error.code, ErrorCode::unavailable);
    }
    const auto beyond = through({ReadHead{}, Send{"HTTP/1.1 200 OK\r\n\r\n"}, Cut{}});
    ASSERT_FALSE(beyond);
    EXPECT_EQ(beyond.error().error.where, "https://elsewhere.example:443 through the proxy " + place);
    EXPECT_THAT(beyond.error().error.what, HasSubstr("no TLS connection"));
}

TEST_F(ClientProxy, EndsAFloodAndAWordTooMuch) {
    expect_blame(through({ReadHead{}, Send{"HTTP/1.1 200 OK\r\n"},
                          SendForEver{"X-Flood: " + std::string(1000, 'f') + "\r\n"}}),
                 "the proxy's answer is over 16 KiB");
    expect_blame(through({ReadHead{}, SendForEver{"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"}}),
                 "the proxy said more than its answer");
    expect_blame(through({ReadBytes{3}, SendForEver{std::string(1000, '\5')}}, "socks5h"),
                 "what answers is no SOCKS 5 proxy");
    expect_blame(through({Send{"SSH-2.0-OpenSSH_9.2\r\n"}, Silence{}}), "what answers is no HTTP proxy");
    expect_blame(through({Send{"HTTP/1.1 400 Bad Request\r\n\r\n"}, Silence{}}, "socks5h"),
                 "what answers is no SOCKS 5 proxy");
}

TEST_F(ClientProxy, IsCutWhenTheProgramStops) {
    hostile.emplace(io, std::nullopt, std::vector<test::Script>{{ReadHead{}, Silence{}}});
    use("http://127.0.0.1:" + std::to_string(hostile->port()));
    std::optional<Exchanged> result;
    boost::asio::cancellation_signal signal;
    boost::asio::co_spawn(
        io, client->exchange(get(elsewhere), {}),
        boost::asio::bind_cancellation_slot(
            signal.slot(), [&](const std::exception_ptr&, Exchanged got) { result = std::move(got); }));
    test::run_until(io, [&] { return !hostile->requests().empty(); });
    signal.emit(boost::asio::cancellation_type::terminal);
    test::run_until(io, [&] { return result.has_value(); });
    ASSERT_FALSE(*result);
    EXPECT_THAT(result->error().error.what, HasSubstr("cut short because we are stopping"));
}

}  // namespace
}  // namespace entrawatch::http
