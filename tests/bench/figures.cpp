#include "tests/bench/figures.hpp"

#include <algorithm>
#include <cinttypes>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace entrawatch::bench {
namespace {

int decimals_of(double value) {
    if (value == 0 || std::abs(value) >= 100) return 0;
    return std::abs(value) >= 10 ? 1 : 2;
}

std::string text_of(std::string_view text) {
    return std::string{text};
}

}  // namespace

void Figures::section(std::string_view title) {
    std::printf("\n%s\n", text_of(title).c_str());
}

void Figures::tell(std::string_view name, double value, std::string_view unit) {
    std::printf("  %-58s %10.*f %s\n", text_of(name).c_str(), decimals_of(value), value,
                text_of(unit).c_str());
    std::fflush(stdout);
}

void Figures::at_most(std::string_view name, double value, double goal, std::string_view unit) {
    against(name, value, "<=", goal, unit, value <= goal);
}

void Figures::at_least(std::string_view name, double value, double goal, std::string_view unit) {
    against(name, value, ">=", goal, unit, value >= goal);
}

void Figures::against(std::string_view name, double value, std::string_view sign, double goal,
                      std::string_view unit, bool reached) {
    if (!reached) ++missed_;
    std::printf("  %-58s %10.*f %-10s goal %s %-8.6g %s\n", text_of(name).c_str(), decimals_of(value), value,
                text_of(unit).c_str(), text_of(sign).c_str(), goal, reached ? "ok" : "MISSED");
    std::fflush(stdout);
}

void Figures::remark(std::string_view text) {
    std::printf("  %s\n", text_of(text).c_str());
}

void Figures::check(std::string_view name, std::int64_t found, std::int64_t expected) {
    const bool right = found == expected;
    correct_ = correct_ && right;
    std::printf("  %-58s %10" PRId64 " %-10s must be %-6" PRId64 " %s\n", text_of(name).c_str(), found, "",
                expected, right ? "ok" : "WRONG");
    std::fflush(stdout);
}

double Stopwatch::cpu_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

Took Stopwatch::took() const {
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_;
    return {wall.count(), cpu_seconds() - cpu_};
}

double quantile(std::vector<double> values, double part) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    const double place = part * static_cast<double>(values.size() - 1);
    return values[static_cast<std::size_t>(std::lround(place))];
}

OneCore::OneCore() {
    ::sched_getaffinity(0, sizeof before_, &before_);
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(std::max(0, ::sched_getcpu())), &one);
    ::sched_setaffinity(0, sizeof one, &one);
}

OneCore::~OneCore() {
    ::sched_setaffinity(0, sizeof before_, &before_);
}

double load_average() {
    double load = 0;
    return ::getloadavg(&load, 1) == 1 ? load : 0;
}

}  // namespace entrawatch::bench
