#include "daemon/service_manager.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <cstddef>

#include "daemon/app.hpp"
#include "tests/support/source_tree.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch {
namespace {

// The other end of $NOTIFY_SOCKET.
class NotifySocket {
  public:
    NotifySocket()
        : path_((folder_.path() / "notify").string()), fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path_.copy(address.sun_path, sizeof address.sun_path - 1);
        EXPECT_EQ(::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    }
    ~NotifySocket() { ::close(fd_); }
    NotifySocket(const NotifySocket&) = delete;
    NotifySocket& operator=(const NotifySocket&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }
    std::string next() {
        char buffer[256];
        const auto n = ::recv(fd_, buffer, sizeof buffer, 0);
        return n < 0 ? "" : std::string{buffer, static_cast<std::size_t>(n)};
    }

  private:
    test::TempFolder folder_;
    std::string path_;
    int fd_;
};

TEST(ServiceManager, SaysReadyAliveAndStopping) {
    NotifySocket socket;
    const ServiceManager service{socket.path(), "60000000"};
    service.ready();
    service.alive();
    service.stopping();
    EXPECT_EQ(socket.next(), "READY=1");
    EXPECT_EQ(socket.next(), "WATCHDOG=1");
    EXPECT_EQ(socket.next(), "STOPPING=1");
    EXPECT_EQ(socket.next(), "");
}

TEST(ServiceManager, SaysWhenAReloadBegan) {
    NotifySocket socket;
    ServiceManager{socket.path(), ""}.reloading();
    const std::string said = socket.next();
    const std::string begin = "RELOADING=1\nMONOTONIC_USEC=";
    ASSERT_TRUE(said.starts_with(begin)) << said;
    EXPECT_GT(std::stoll(said.substr(begin.size())), 0);
}

TEST(ServiceManager, IsAliveTwiceInTheTimeSystemdWaits) {
    const ServiceManager service{"", "60000000"};
    EXPECT_EQ(service.watchdog_interval(), std::chrono::microseconds{30'000'000});
    EXPECT_FALSE(ServiceManager("", "nonsense").watchdog_interval().has_value());
}

TEST(ServiceManager, IsSilentWhenNobodyAsked) {
    ServiceManager{"", ""}.ready();
}

// The unit must not cut a shutdown that the daemon still allows.
TEST(Unit, WaitsLongerForTheStopThanTheDaemonTakes) {
    const std::string unit = test::read_text(test::source_dir() / "systemd" / "entrawatch.service");
    const std::string name = "TimeoutStopSec=";
    const auto found = unit.find(name);
    ASSERT_NE(found, std::string::npos);
    constexpr std::chrono::seconds cutting{10};
    EXPECT_GT(std::chrono::seconds{std::stoi(unit.substr(found + name.size()))}, App::grace + cutting);
}

}  // namespace
}  // namespace entrawatch
