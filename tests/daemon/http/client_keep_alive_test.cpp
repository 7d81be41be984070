#include "tests/daemon/http/client_fixture.hpp"

namespace entrawatch::http {
namespace {

using test::CloseCleanly;
using test::Cut;
using test::RawPeer;
using test::ReadHead;
using test::Send;
using test::Silence;
using namespace std::chrono_literals;

class KeepAlive : public ClientFixture {
  protected:
    [[nodiscard]] static Request post(const std::string& base) {
        Request request = get(base);
        request.method = "POST";
        request.body = "{}";
        return request;
    }
    // Lets the peer's close reach our socket.
    void settle(const std::string& base) { static_cast<void>(exchange(get(base, "/other"))); }
};

TEST_F(KeepAlive, UsesOneConnectionAgain) {
    RawPeer peer{io, authority().good(), {{ReadHead{}, Send{answer("1")}, ReadHead{}, Send{answer("2")}}}};
    EXPECT_EQ(body_of(exchange(get(https(peer.port())))), "1");
    EXPECT_EQ(body_of(exchange(get(https(peer.port())))), "2");
    EXPECT_EQ(peer.connections(), 1);
}

TEST_F(KeepAlive, OpensANewConnectionAfterConnectionClose) {
    RawPeer peer{io,
                 authority().good(),
                 {{ReadHead{}, Send{answer("1", "Connection: close\r\n")}, Silence{}},
                  {ReadHead{}, Send{answer("2")}}}};
    EXPECT_EQ(body_of(exchange(get(https(peer.port())))), "1");
    EXPECT_EQ(body_of(exchange(get(https(peer.port())))), "2");
    EXPECT_EQ(peer.connections(), 2);
}

TEST_F(KeepAlive, CloseIdleForgetsConnections) {
    RawPeer peer{io,
                 authority().good(),
                 {{ReadHead{}, Send{answer("1")}, Silence{}}, {ReadHead{}, Send{answer("2")}}}};
    EXPECT_TRUE(exchange(get(https(peer.port()))));
    client->close_idle();
    EXPECT_EQ(body_of(exchange(get(https(peer.port())))), "2");
    EXPECT_EQ(peer.connections(), 2);
}

TEST_F(KeepAlive, NeverUsesAConnectionKnownToBeClosed) {
    RawPeer peer{io,
                 authority().good(),
                 {{ReadHead{}, Send{answer("1")}, CloseCleanly{}}, {ReadHead{}, Send{answer("2")}}}};
    RawPeer other{io, std::nullopt, {{ReadHead{}, Send{answer("x")}}}};
    EXPECT_TRUE(exchange(get(https(peer.port()))));
    settle(http(other.port()));
    // A POST is never repeated, so this only works when the closed connection was not tried.
    EXPECT_EQ(body_of(exchange(post(https(peer.port())))), "2");
}

TEST_F(KeepAlive, NeverUsesAConnectionOnWhichTheServerSpokeUnasked) {
    RawPeer peer{
        io,
        std::nullopt,
        {{ReadHead{}, Send{answer("1") + answer("smuggled")}, Silence{}}, {ReadHead{}, Send{answer("2")}}}};
    EXPECT_EQ(body_of(exchange(get(http(peer.port())))), "1");
    EXPECT_EQ(body_of(exchange(get(http(peer.port())))), "2");
    EXPECT_EQ(peer.connections(), 2);
}

TEST_F(KeepAlive, AGetOnAKeptConnectionThatDiesUnheardIsRepeatedOnce) {
    RawPeer peer{io,
                 authority().good(),
                 {{ReadHead{}, Send{answer("1")}, ReadHead{}, Cut{}}, {ReadHead{}, Send{answer("2")}}}};
    EXPECT_TRUE(exchange(get(https(peer.port()))));
    const auto again = exchange(get(https(peer.port())));
    ASSERT_TRUE(again);
    EXPECT_EQ(again->body, "2");
    EXPECT_EQ(peer.requests().size(), 3U);
}

TEST_F(KeepAlive, ItIsRepeatedOnlyOnce) {
    RawPeer peer{
        io, authority().good(), {{ReadHead{}, Send{answer("1")}, ReadHead{}, Cut{}}, {ReadHead{}, Cut{}}}};
    EXPECT_TRUE(exchange(get(https(peer.port()))));
    EXPECT_FALSE(exchange(get(https(peer.port()))));
    EXPECT_EQ(peer.requests().size(), 3U);
}

TEST_F(KeepAlive, APostOnAKeptConnectionThatDiesIsNeverRepeated) {
    RawPeer peer{io,
                 authority().good(),
                 {{ReadHead{}, Send{answer("1")}, ReadHead{}, Cut{}}, {ReadHead{}, Send{answer("2")}}}};
    EXPECT_TRUE(exchange(get(https(peer.port()))));
    EXPECT_FALSE(exchange(post(https(peer.port()))));
    EXPECT_EQ(peer.requests().size(), 2U);
}

TEST_F(KeepAlive, NothingIsRepeatedOnceAByteOfTheAnswerCame) {
    RawPeer peer{io,
                 authority().good(),
                 {{ReadHead{}, Send{answer("1")}, ReadHead{}, Send{"HTTP/1."}, Cut{}},
                  {ReadHead{}, Send{answer("2")}}}};
    EXPECT_TRUE(exchange(get(https(peer.port()))));
    EXPECT_FALSE(exchange(get(https(peer.port()))));
    EXPECT_EQ(peer.requests().size(), 2U);
}

TEST_F(KeepAlive, ATimeOutOnAKeptConnectionIsNotRepeated) {
    RawPeer peer{io,
                 authority().good(),
                 {{ReadHead{}, Send{answer("1")}, ReadHead{}, Silence{}}, {ReadHead{}, Send{answer("2")}}}};
    EXPECT_TRUE(exchange(get(https(peer.port()))));
    const auto late = exchange(get(https(peer.port())), {100ms, 1000});
    ASSERT_FALSE(late);
    EXPECT_TRUE(late.error().timed_out);
    EXPECT_EQ(peer.requests().size(), 2U);
}

TEST_F(KeepAlive, AFirstConnectionThatDiesIsNotRepeated) {
    RawPeer peer{io, authority().good(), {{ReadHead{}, Cut{}}, {ReadHead{}, Send{answer("2")}}}};
    EXPECT_FALSE(exchange(get(https(peer.port()))));
    EXPECT_EQ(peer.requests().size(), 1U);
}

TEST_F(KeepAlive, ConnectionsAreNotSharedBetweenOrigins) {
    RawPeer one{
        io, authority().good(), {{ReadHead{}, Send{answer("one")}, ReadHead{}, Send{answer("one again")}}}};
    RawPeer two{io, authority().good(), {{ReadHead{}, Send{answer("two")}}}};
    EXPECT_EQ(body_of(exchange(get(https(one.port())))), "one");
    EXPECT_EQ(body_of(exchange(get(https(two.port())))), "two");
    EXPECT_EQ(body_of(exchange(get(https(one.port())))), "one again");
}

}  // namespace
}  // namespace entrawatch::http
