#include "tests/simulator/limits.hpp"

namespace entrawatch::simulator {
namespace {

struct Limit {
    std::size_t calls;
    Ticks within;
};

// Reports: per app and tenant. Identity protection: per tenant for all apps together. Directory reads: far
// above what a collector uses.
Limit limit_of(BudgetGroup group) {
    switch (group) {
        case BudgetGroup::reports:
            return {5, std::chrono::seconds{10}};
        case BudgetGroup::identity_protection:
            return {1, std::chrono::seconds{1}};
        case BudgetGroup::security:
            return {150, std::chrono::minutes{1}};
        case BudgetGroup::directory:
            break;
    }
    return {3500, std::chrono::seconds{10}};
}

}  // namespace

bool Limits::admit(BudgetGroup group, Instant now) {
    const Limit limit = limit_of(group);
    std::deque<Instant>& calls = calls_[group];
    while (!calls.empty() && calls.front() <= now - limit.within)
        calls.pop_front();
    calls.push_back(now);
    return calls.size() <= limit.calls;
}

}  // namespace entrawatch::simulator
