// ServiceManager: tells systemd that we are ready, alive, reloading, stopping. Silent when nobody asked
// ($NOTIFY_SOCKET unset).
//
// Source: sd_notify(3): a datagram to the socket named by $NOTIFY_SOCKET; `@` stands for an abstract name.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace entrawatch {

class ServiceManager {
  public:
    // `socket`: the value of $NOTIFY_SOCKET, empty for none; `watchdog_usec`: that of $WATCHDOG_USEC.
    ServiceManager(std::string socket, std::string_view watchdog_usec);
    static ServiceManager from_environment();

    void ready() const { send("READY=1"); }
    void reloading() const;
    void stopping() const { send("STOPPING=1"); }
    void alive() const { send("WATCHDOG=1"); }
    void status(std::string_view text) const;
    // Half the time after which systemd would kill us; nullopt when it does not watch.
    [[nodiscard]] std::optional<std::chrono::microseconds> watchdog_interval() const { return interval_; }

  private:
    void send(std::string_view message) const;

    std::string socket_;
    std::optional<std::chrono::microseconds> interval_;
};

}  // namespace entrawatch
