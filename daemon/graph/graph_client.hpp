// GraphClient: one question to Graph, with token, limiter and the headers each page needs; 401 answered by
// one new token and one repeat.
//
// Follows next links verbatim and only on the configured host (the bearer never leaves it). Says what the
// answer means (answer.hpp); waiting longer and planning windows is the poller's part. Used by feed_poller,
// directory_poller and `check`. Everything on the I/O thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "config/settings.hpp"
#include "daemon/clock.hpp"
#include "daemon/graph/answer.hpp"
#include "daemon/graph/limiter.hpp"
#include "daemon/graph/link.hpp"
#include "daemon/graph/token.hpp"
#include "daemon/graph/token_answer.hpp"

namespace entrawatch::graph {

struct Got {
    Judgement judgement;
    std::string body;  // when judgement.outcome is page
    int status = 0;    // 0 when there was no answer
};

class GraphClient {
  public:
    GraphClient(const boost::asio::any_io_executor& executor, TenantSettings tenant,
                std::shared_ptr<http::HttpClient> client, std::shared_ptr<const Clock> clock);
    ~GraphClient();

    // `link`: a request target ("/v1.0/…") or a next link verbatim. Waits for the group's limiter; `priority`
    // 0 goes first (hot).
    [[nodiscard]] boost::asio::awaitable<Got> get(const Feed& feed, std::string link, int priority);
    // Directory reads: same care, BudgetGroup::directory (Conditional Access: identity_protection), 30 s.
    [[nodiscard]] boost::asio::awaitable<Got> get_directory(std::string target);
    // A question about the directory that needs a body (JSON) and is of no use later: `throttled` at once
    // when the budget is not free, else an answer within `patience`.
    [[nodiscard]] boost::asio::awaitable<Got> post_directory(std::string target, std::string body,
                                                             std::chrono::seconds patience);
    [[nodiscard]] TokenSource& tokens();
    // We are stopping: whoever waits for a limiter, or comes later, gets `transient` at once.
    void stop();

  private:
    struct Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace entrawatch::graph
