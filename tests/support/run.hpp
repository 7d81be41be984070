// run: one coroutine from a test, to its end, with whatever else the io_context has to do meanwhile.
//
// A test that would hang fails after `stuck_after` instead. Used by every test of the daemon floor.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>

namespace entrawatch::test {

inline constexpr auto stuck_after = std::chrono::seconds{20};

// Work until `done()`, or fail.
template <class Predicate>
void run_until(boost::asio::io_context& io, Predicate done) {
    io.restart();
    const auto deadline = std::chrono::steady_clock::now() + stuck_after;
    while (!done()) {
        if (io.run_one_until(deadline) == 0) throw std::runtime_error{"the coroutine under test is stuck"};
    }
}

template <class T>
T run(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
    std::optional<T> result;
    std::exception_ptr thrown;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr error, T value) {
        thrown = error;
        if (!error) result.emplace(std::move(value));
    });
    run_until(io, [&] { return result.has_value() || thrown != nullptr; });
    if (thrown) std::rethrow_exception(thrown);
    return std::move(*result);
}

inline void run(boost::asio::io_context& io, boost::asio::awaitable<void> work) {
    bool ended = false;
    std::exception_ptr thrown;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr error) {
        thrown = error;
        ended = true;
    });
    run_until(io, [&] { return ended; });
    if (thrown) std::rethrow_exception(thrown);
}

}  // namespace entrawatch::test
