// EntityLists: gathers which events touch which ids and names, and writes them once per transaction.
//
// A page of sign-ins names the same few hundred users and apps again and again; one row for each (day,
// entity, role) of a transaction, in index order, costs a fraction of a row for each event. Used by
// event_writer and store_impl.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/store/sqlite.hpp"
#include "core/store/uuid.hpp"

namespace entrawatch {

class EntityLists {
  public:
    // `entity` and `role` are numbers of the string table. An event may be added twice.
    void add(std::int64_t day, std::int64_t entity, std::int64_t role, std::int64_t event);
    // For a UUID (16 bytes) that hardly ever repeats.
    void add(std::int64_t day, const Uuid& uuid, std::int64_t role, std::int64_t event);
    // Too many to hold: write now, in the middle of the transaction.
    [[nodiscard]] bool full() const;
    void write(Database& db);
    void clear();

  private:
    using Listed =
        std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>;  // day, entity, role, event
    using ListedUuid = std::tuple<std::int64_t, Uuid, std::int64_t, std::int64_t>;

    std::vector<Listed> numbers_;
    std::vector<ListedUuid> uuids_;
};

}  // namespace entrawatch
