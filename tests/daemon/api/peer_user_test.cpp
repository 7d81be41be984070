#include "daemon/api/peer_user.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

namespace entrawatch::api {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr std::string_view table =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
    "   0: 0100007F:24F8 00000000:0000 0A 00000000:00000000 00:00000000 00000000   998        0 111 1 0 100 "
    "0 0 10 0\n"
    "   1: 0100007F:D0A4 0100007F:24F8 01 00000000:00000000 00:00000000 00000000  1000        0 222 1 0 20 4 "
    "30 10 -1\n"
    "   2: 0100007F:24F8 0100007F:D0A4 01 00000000:00000000 00:00000000 00000000   998        0 333 1 0 20 4 "
    "30 10 -1\n"
    "broken\n";

TEST(PeerUser, IsTheOwnerOfTheOtherEndAndNotOfOurs) {
    EXPECT_EQ(user_in_table(table, {"127.0.0.1:53412", "127.0.0.1:9464"}), 1000U);
}

TEST(PeerUser, IsNobodyWhereTheTableHasNoSuchConnection) {
    EXPECT_EQ(user_in_table(table, {"127.0.0.1:53413", "127.0.0.1:9464"}), std::nullopt);
    EXPECT_EQ(user_in_table(table, {"192.0.2.1:53412", "127.0.0.1:9464"}), std::nullopt);
    EXPECT_EQ(user_in_table("", {"127.0.0.1:53412", "127.0.0.1:9464"}), std::nullopt);
    EXPECT_EQ(user_in_table(table, {"", ""}), std::nullopt);
}

TEST(PeerUser, IsFoundWhereAnIPv4ClientHoldsAnIPv6Socket) {
    EXPECT_EQ(
        user_in_table("   1: 0000000000000000FFFF00000100007F:D0A4 0000000000000000FFFF00000100007F:24F8 01 "
                      "00000000:00000000 00:00000000 00000000  1000        0 222\n",
                      {"127.0.0.1:53412", "127.0.0.1:9464"}),
        1000U);
}

// What the kernel says of a connection that this test has with itself.
void expect_own_user(const tcp::endpoint& listening) {
    asio::io_context io;
    tcp::acceptor acceptor{io, listening};
    tcp::socket client{io};
    client.connect(acceptor.local_endpoint());
    tcp::socket served = acceptor.accept();
    const auto text = [](const tcp::endpoint& end) {
        const std::string address = end.address().to_string();
        return (end.address().is_v6() ? "[" + address + "]" : address) + ":" + std::to_string(end.port());
    };
    EXPECT_EQ(user_of_peer({text(served.remote_endpoint()), text(served.local_endpoint())}), geteuid());
}

TEST(PeerUser, IsWhomTheKernelKnows) {
    expect_own_user({asio::ip::make_address("127.0.0.1"), 0});
}

TEST(PeerUser, IsWhomTheKernelKnowsOverIPv6) {
    boost::system::error_code error;
    asio::io_context io;
    tcp::acceptor probe{io};
    probe.open(tcp::v6(), error);
    if (!error) probe.bind({asio::ip::make_address("::1"), 0}, error);
    if (error) GTEST_SKIP() << "this machine has no IPv6 loopback: " << error.message();
    expect_own_user({asio::ip::make_address("::1"), 0});
}

}  // namespace
}  // namespace entrawatch::api
