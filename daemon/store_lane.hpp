// StoreLane: where a tenant's blocking work runs, one job at a time: parsing, rules and the store.
//
// Lanes share a pool of as many threads as cores. A coroutine hands in a job and waits for its result: values
// in, values out, and at most one job in flight for each coroutine, which is all the back-pressure there is
// to need. A job is a plain function of (Store&, RuleScratch&); an exception in it is a bug and ends the
// process.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <utility>

#include "core/rules/rule_set.hpp"
#include "core/store/store.hpp"
#include "daemon/run_on.hpp"

namespace entrawatch {

// Runs `work(store)` (a Result) in a transaction of its own: committed when it succeeds, nothing otherwise.
template <class Work>
[[nodiscard]] auto transact(Store& store, Work work) -> std::invoke_result_t<Work, Store&> {
    auto transaction = store.begin();
    if (!transaction) return fail(transaction.error());
    auto answer = work(store);
    if (!answer) return answer;
    if (auto done = transaction->commit(); !done) return fail(done.error());
    return answer;
}

class StoreLane {
  public:
    StoreLane(boost::asio::thread_pool& pool, Store store)
        : strand_(boost::asio::make_strand(pool)), state_(std::make_shared<State>(std::move(store))) {}

    // `job` is a named variable and is moved from: see run_on().
    template <class Job>
    [[nodiscard]] auto run(Job& job)
        -> boost::asio::awaitable<std::invoke_result_t<Job, Store&, RuleScratch&>> {
        auto work = [state = state_, job = std::move(job)]() mutable {
            return job(state->store, *state->scratch);
        };
        return run_on(strand_, work);
    }

  private:
    struct State {
        explicit State(Store opened) : store(std::move(opened)), scratch(make_rule_scratch()) {}
        Store store;
        RuleScratchPtr scratch;
    };
    boost::asio::strand<boost::asio::thread_pool::executor_type> strand_;
    std::shared_ptr<State> state_;
};

}  // namespace entrawatch
