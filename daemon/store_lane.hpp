// StoreLane: where a tenant's blocking work runs, one job at a time: parsing, rules and the store.
//
// Lanes share a pool of as many threads as cores. A coroutine hands in a job and waits for its result: values
// in, values out, and at most one job in flight for each coroutine, which is all the back-pressure there is
// to need. A job is a plain function of (Store&, RuleScratch&); an exception in it is a bug and ends the
// process.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <memory>
#include <utility>

#include "core/rules/rule_set.hpp"
#include "core/store/store.hpp"

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

    // `job` is a named variable and is moved from: GCC 12 copies closures that stand inside a co_await
    // expression bit by bit, which breaks what they hold (GCC bug 99576), so a temporary does not compile
    // here.
    template <class Job>
    [[nodiscard]] auto run(Job& job)
        -> boost::asio::awaitable<std::invoke_result_t<Job, Store&, RuleScratch&>> {
        using JobAnswer = std::invoke_result_t<Job, Store&, RuleScratch&>;
        return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(JobAnswer)>(
            [strand = strand_, state = state_](auto handler, auto work) {
                auto back = boost::asio::get_associated_executor(handler);
                // The I/O thread must not run out of work while a lane has its turn.
                auto guard = boost::asio::make_work_guard(back);
                boost::asio::post(strand, [state, back, guard = std::move(guard),
                                           handler = std::move(handler), work = std::move(work)]() mutable {
                    auto answer = work(state->store, *state->scratch);
                    boost::asio::post(back,
                                      [handler = std::move(handler), answer = std::move(answer)]() mutable {
                                          std::move(handler)(std::move(answer));
                                      });
                });
            },
            boost::asio::use_awaitable, std::move(job));
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
