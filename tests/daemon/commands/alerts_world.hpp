// AlertsCommands: a CommandWorld with alerts in it, for the tests of `alerts …`.
#pragma once

#include <sqlite3.h>

#include <nlohmann/json.hpp>

#include "tests/daemon/commands/command_world.hpp"

namespace entrawatch::test {

class AlertsCommands : public CommandWorld {
  protected:
    int alerts(const std::string& command, std::vector<std::string> more = {}) {
        std::vector<std::string> arguments{"alerts", command, "--config", config().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    nlohmann::json alerts_json(const std::string& command, std::vector<std::string> more = {}) {
        more.insert(more.end(), {"--format", "json"});
        EXPECT_EQ(alerts(command, more), exit_ok) << err;
        return nlohmann::json::parse(out);
    }
    // Two alerts, both due to `soc`; the newest last.
    void open_two() {
        import(role_record("d1", "2026-11-22T08:00:00Z", "eve@contoso.example",
                           "00000000-0000-4000-8000-000000000011"),
               "contoso", true);
        clock.advance(std::chrono::minutes{5});
        import(role_record("d2", "2026-11-22T08:01:00Z", "bob@contoso.example",
                           "00000000-0000-4000-8000-000000000012"),
               "contoso", true);
    }
    std::string newest_id(std::vector<std::string> more = {}) {
        return alerts_json("list", std::move(more))[0]["id"];
    }

    // What the delivery worker does: takes what is due and writes the verdict.
    void deliver_all(const std::string& verdict, int status) {
        Store daemon = store();
        auto transaction = must(daemon.begin());
        const Instant now = clock.now().wall;
        for (const DeliveryRow& row :
             must(daemon.lease_due("soc", now, now + std::chrono::seconds{60}, 100))) {
            AttemptRow attempt;
            attempt.delivery = row.id;
            attempt.number = row.attempts + 1;
            attempt.started_at = attempt.ended_at = now;
            attempt.http_status = status;
            attempt.verdict = verdict;
            const bool done = verdict == "delivered";
            ASSERT_TRUE(daemon.settle(
                attempt, {row.id, done ? "delivered" : "due", now + std::chrono::minutes{1}, true}));
        }
        ASSERT_TRUE(transaction.commit());
    }

    // One column of one row of a stable view.
    std::string sql(const std::string& query) {
        sqlite3* database_handle = nullptr;
        EXPECT_EQ(sqlite3_open_v2(database().c_str(), &database_handle, SQLITE_OPEN_READONLY, nullptr),
                  SQLITE_OK);
        std::string value;
        sqlite3_stmt* statement = nullptr;
        EXPECT_EQ(sqlite3_prepare_v2(database_handle, query.c_str(), -1, &statement, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database_handle);
        if (statement != nullptr && sqlite3_step(statement) == SQLITE_ROW) {
            const auto* text = sqlite3_column_text(statement, 0);
            for (int i = 0; text != nullptr && i < sqlite3_column_bytes(statement, 0); ++i)
                value += static_cast<char>(text[i]);
        }
        sqlite3_finalize(statement);
        sqlite3_close(database_handle);
        return value;
    }
};

}  // namespace entrawatch::test
