// query_candidates: which events of a day a filter can mean, from the lists and indexes that begin with the
// day.
//
// Every name, address, correlation or record id of the filter yields the events of one day that it touches;
// what is left after intersecting them is small, and is looked at row by row in query.cpp. Memory: the event
// numbers of one day.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/event_key.hpp"
#include "core/store/query.hpp"
#include "core/store/query_names.hpp"

namespace entrawatch {

class Candidates {
  public:
    // Resolves the filter's names once. Throws Failure invalid for a filter that cannot be read.
    Candidates(Database& db, const EventFilter& filter);

    // false: the filter names nothing that an index knows; walk the time line instead.
    [[nodiscard]] bool narrow() const { return !named_.empty() || !correlation_.empty() || !id_.empty(); }
    // true: one of the names was never seen, so that no event can match.
    [[nodiscard]] bool nothing() const;
    // Event numbers of the day, sorted, each once. May hold events that moved to another day since.
    [[nodiscard]] std::vector<std::int64_t> of_day(std::int64_t day) const;

  private:
    struct Named {
        NameSet names;
        std::vector<std::int64_t> roles;  // numbers of the roles that count; empty = all but `activity`
    };
    void add(NameSet names, std::string_view role);
    [[nodiscard]] std::int64_t number_of(std::string_view role) const;
    [[nodiscard]] bool counts(const Named& named, std::int64_t role) const;
    [[nodiscard]] std::vector<std::int64_t> listed(const Named& named, std::int64_t day) const;
    [[nodiscard]] std::vector<std::int64_t> correlated(std::int64_t day) const;
    [[nodiscard]] std::vector<std::int64_t> with_id(std::int64_t day) const;

    Database& db_;
    std::vector<Named> named_;
    std::string correlation_;
    std::string id_;
    EventKey key_;
    std::int64_t activity_role_;
};

}  // namespace entrawatch
