// Receiver: the other end of a webhook destination, as a pure model: it checks signatures as a careful
// receiver does, answers as scripted, and keeps every POST as it came.
//
// Transport is simulator_server.hpp. Used by the demo and by tests of the delivery.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "alerts/signature.hpp"
#include "daemon/http/message.hpp"
#include "tests/simulator/tenant.hpp"

namespace entrawatch::simulator {

// One answer of the script; after the script, 204 for ever.
struct ScriptedAnswer {
    int status = 204;
    std::string retry_after;  // header as sent; empty = none
    Ticks hang{0};            // how long the answer takes
    bool cut = false;         // the connection is closed without an answer
};

struct Received {
    Instant at;
    http::Headers headers;
    std::string body;
    bool verified = false;
    std::string why_not;  // of the signature, when it is not verified
    int answered = 0;     // 0 = cut
};

class Receiver {
  public:
    // Without keys nothing is verified, and nothing is called so.
    explicit Receiver(std::vector<SigningKey> keys) : keys_(std::move(keys)) {}

    void script(ScriptedAnswer answer) { script_.push_back(std::move(answer)); }
    [[nodiscard]] Answer answer(const http::Request& request, Instant now);
    // Every POST, oldest first, whatever it was answered.
    [[nodiscard]] const std::vector<Received>& received() const { return received_; }

  private:
    std::vector<SigningKey> keys_;
    std::deque<ScriptedAnswer> script_;
    std::vector<Received> received_;
};

}  // namespace entrawatch::simulator
