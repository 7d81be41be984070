// What a Store is made of, for the files of this room: connection, strings, records, and the one transaction.
#pragma once

#include <string>
#include <utility>

#include "core/store/chain.hpp"
#include "core/store/entity_lists.hpp"
#include "core/store/raw_store.hpp"
#include "core/store/sqlite.hpp"
#include "core/store/store.hpp"
#include "core/store/string_table.hpp"

namespace entrawatch {

struct Store::Impl {
    explicit Impl(const DatabaseOptions& options) : db(options) {}

    Database db;
    Chain chain{db};  // what the open transaction wrote
    StringTable strings{db, chain};
    RawStore raws{db, chain};
    EntityLists entities;  // of the open transaction
    // A new record mostly follows a new one, a known one a known one: which is tried first, the insert or the
    // look-up, is a matter of time only.
    bool expects_new = false;
    bool in_transaction = false;
    bool broken = false;  // an operation inside the transaction failed half-way: it must not be committed
    // Moved into the table of counters at commit.
    std::int64_t new_events = 0, new_revisions = 0, new_rejections = 0;

    void begin();
    void commit();
    void rollback() noexcept;

    // Runs a read.
    template <class Work>
    [[nodiscard]] auto read(Work&& work) {
        return guarded(std::forward<Work>(work));
    }
    // Runs a write: inside the transaction, or in one of its own when there is none.
    template <class Work>
    [[nodiscard]] auto write(Work&& work) -> Result<std::invoke_result_t<Work>> {
        if (in_transaction) {
            auto result = guarded(std::forward<Work>(work));
            if (!result) broken = true;
            return result;
        }
        auto result = guarded([&]() -> std::invoke_result_t<Work> {
            begin();
            if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
                work();
                commit();
            } else {
                auto value = work();
                commit();
                return value;
            }
        });
        if (!result) rollback();
        return result;
    }
};

// Throws Failure not_found for an alert that is not there.
[[nodiscard]] std::int64_t alert_number(Database& db, std::string_view alert_id);
// A feed's number as stored; throws Failure corrupt when no feed has it.
[[nodiscard]] FeedId feed_from(std::int64_t stored);
[[nodiscard]] Severity severity_from(std::int64_t stored);
// The id of an event from its two columns, and a correlation id from its one.
[[nodiscard]] std::string id_from(const Cursor& row, int key_column, int id_column);
[[nodiscard]] std::string correlation_from(const Cursor& row, int column);

}  // namespace entrawatch
