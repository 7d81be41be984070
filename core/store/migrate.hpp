// migrate: brings a database to the schema of this program, step by step; each step commits alone or not at
// all.
//
// Used by Store::open and by the tests, which also hand in migrations of their own.
#pragma once

#include <span>

#include "core/store/sqlite.hpp"

namespace entrawatch {

// Marks a file as ours ("EWST"), so that somebody else's database is never migrated.
inline constexpr std::int64_t application_id = 0x45575354;

// Runs the migrations after the database's version. Throws Failure: `refused` for a database that is newer
// than `migrations`, `corrupt` for one that is not ours. A failed step leaves the version before it.
void migrate(Database& db, std::span<const sql::Migration> migrations, Instant now);

// Throws Failure as above, and `refused` when the database is older: readers do not migrate.
void require_current(Database& db, std::span<const sql::Migration> migrations);

}  // namespace entrawatch
