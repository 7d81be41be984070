// Api: /api/v1. Asks the tenants' stores what the commands of the same name ask, and answers their JSON.
//
// One question at a time, on a thread and on connections of its own, so that no question holds up a tenant's
// lane; a question that takes longer than `patience`, or whose answer is larger than `most_bytes`, is ended
// with words that say how to narrow it. Used by App. Read next: question.hpp (what may be asked), access.hpp
// (by whom).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>
#include <vector>

#include "config/settings.hpp"
#include "config/shipped.hpp"
#include "core/rules/rule_set.hpp"
#include "daemon/clock.hpp"
#include "daemon/http/message.hpp"

namespace entrawatch::api {

class Api {
  public:
    static constexpr std::size_t most_bytes = std::size_t{32} * 1024 * 1024;
    static constexpr std::chrono::seconds patience{20};
    static constexpr int most_waiting = 16;  // further questions are turned away

    // All of it outlives the Api.
    struct Parts {
        const Settings& settings;
        const RuleSet& rules;
        const std::vector<Scenario>& scenarios;
        std::shared_ptr<const Clock> clock;
    };

    explicit Api(Parts parts);
    ~Api();  // joins its thread; stop() before it
    // `request` is below /api/v1.
    [[nodiscard]] boost::asio::awaitable<http::Response> answer(http::Request request);
    void stop();  // ends the question that runs

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace entrawatch::api
