#include "daemon/http/idle_connections.hpp"

#include <utility>

namespace entrawatch::http {
namespace {

constexpr std::size_t max_idle_per_origin = 2;
constexpr auto max_idle_time = std::chrono::seconds{60};

}  // namespace

IdleConnections::~IdleConnections() {
    for (auto& [origin, list] : by_origin_) {
        for (Idle& entry : list)
            entry.connection->cut();
    }
}

void IdleConnections::part_all() {
    for (auto& [origin, list] : by_origin_) {
        for (Idle& entry : list)
            entry.connection->part();
    }
    by_origin_.clear();
}

void IdleConnections::drop_stale() {
    const Deadline oldest = std::chrono::steady_clock::now() - max_idle_time;
    for (auto& [origin, list] : by_origin_) {
        std::erase_if(list, [&](const Idle& entry) {
            const bool stale = entry.since < oldest || !entry.connection->is_quiet();
            if (stale) entry.connection->part();
            return stale;
        });
    }
    std::erase_if(by_origin_, [](const auto& entry) { return entry.second.empty(); });
}

std::shared_ptr<Connection> IdleConnections::take(const std::string& origin) {
    const auto found = by_origin_.find(origin);
    if (found == by_origin_.end()) return nullptr;
    auto connection = std::move(found->second.back().connection);
    found->second.pop_back();
    if (found->second.empty()) by_origin_.erase(found);
    return connection;
}

void IdleConnections::put_back(const std::string& origin, std::shared_ptr<Connection> connection) {
    auto& list = by_origin_[origin];
    if (list.size() >= max_idle_per_origin) {
        list.front().connection->part();
        list.erase(list.begin());
    }
    list.push_back({std::move(connection), std::chrono::steady_clock::now()});
}

}  // namespace entrawatch::http
