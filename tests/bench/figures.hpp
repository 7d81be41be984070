// Figures: what was measured, printed line by line, each against its goal. And what measuring needs: a
// stopwatch of wall and CPU time, medians, and one core for oneself.
//
// A missed goal is printed and does not fail the run, because machines differ and neighbours make noise; a
// wrong result does. Used by every *_bench.cpp. Read next: bench_main.cpp.
#pragma once

#include <sched.h>
#include <chrono>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

namespace entrawatch::bench {

class Figures {
  public:
    void section(std::string_view title);
    // A figure without a goal.
    void tell(std::string_view name, double value, std::string_view unit);
    void at_most(std::string_view name, double value, double goal, std::string_view unit);
    void at_least(std::string_view name, double value, double goal, std::string_view unit);
    void remark(std::string_view text);
    // A result that must be exactly so; otherwise the run has failed.
    void check(std::string_view name, std::int64_t found, std::int64_t expected);

    [[nodiscard]] bool correct() const { return correct_; }
    [[nodiscard]] int missed() const { return missed_; }

  private:
    void against(std::string_view name, double value, std::string_view sign, double goal,
                 std::string_view unit, bool reached);

    bool correct_ = true;
    int missed_ = 0;
};

struct Took {
    double wall = 0;  // seconds
    double cpu = 0;   // seconds of this thread
};

class Stopwatch {
  public:
    Stopwatch() : wall_(std::chrono::steady_clock::now()), cpu_(cpu_seconds()) {}
    [[nodiscard]] Took took() const;

  private:
    [[nodiscard]] static double cpu_seconds();
    std::chrono::steady_clock::time_point wall_;
    double cpu_;
};

// Of the values in any order; 0 of none. `part` 0.5 is the median, 0.99 the 99th percentile.
[[nodiscard]] double quantile(std::vector<double> values, double part);
[[nodiscard]] inline double median(std::vector<double> values) {
    return quantile(std::move(values), 0.5);
}

// Keeps the calling thread on the core it runs on.
class OneCore {
  public:
    OneCore();
    ~OneCore();
    OneCore(const OneCore&) = delete;
    OneCore& operator=(const OneCore&) = delete;

  private:
    cpu_set_t before_{};
};

// Programs that wanted a core in the last minute.
[[nodiscard]] double load_average();

}  // namespace entrawatch::bench
