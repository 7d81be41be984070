// IdleConnections: connections that an exchange has left open, until the next one to the same origin.
//
// Of one HttpClient, on its thread. Read next: connection.hpp.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "daemon/http/connection.hpp"

namespace entrawatch::http {

class IdleConnections {
  public:
    IdleConnections() = default;
    ~IdleConnections();  // cuts them: one that is listened to lives until it is closed
    IdleConnections(const IdleConnections&) = delete;
    IdleConnections& operator=(const IdleConnections&) = delete;

    void part_all();
    // Parts from those that have been idle for a minute, or that the other side has ended or spoken on.
    void drop_stale();
    // The one that was used last; nullptr when there is none.
    [[nodiscard]] std::shared_ptr<Connection> take(const std::string& origin);
    // At most two of an origin are kept: it parts from the oldest.
    void put_back(const std::string& origin, std::shared_ptr<Connection> connection);

  private:
    struct Idle {
        std::shared_ptr<Connection> connection;
        Deadline since;
    };
    std::map<std::string, std::vector<Idle>> by_origin_;
};

}  // namespace entrawatch::http
