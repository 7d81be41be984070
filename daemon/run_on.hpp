// run_on: work for another thread, awaited. Used by StoreLane and by the Api.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <type_traits>
#include <utility>

namespace entrawatch {

// Runs `work` there and hands its answer to the coroutine that waits. An exception in it is a bug and ends
// the process.
//
// `work` is a named variable and is moved from: GCC 12 copies closures that stand inside a co_await
// expression bit by bit, which breaks what they hold (GCC bug 99576), so a temporary does not compile here.
template <class Executor, class Work>
[[nodiscard]] auto run_on(Executor there, Work& work) -> boost::asio::awaitable<std::invoke_result_t<Work>> {
    using JobAnswer = std::invoke_result_t<Work>;
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void(JobAnswer)>(
        [there](auto handler, auto job) {
            auto back = boost::asio::get_associated_executor(handler);
            // The I/O thread must not run out of work while the other has its turn.
            auto guard = boost::asio::make_work_guard(back);
            boost::asio::post(there, [back, guard = std::move(guard), handler = std::move(handler),
                                      job = std::move(job)]() mutable {
                auto answer = job();
                boost::asio::post(back, [handler = std::move(handler), answer = std::move(answer)]() mutable {
                    std::move(handler)(std::move(answer));
                });
            });
        },
        boost::asio::use_awaitable, std::move(work));
}

}  // namespace entrawatch
