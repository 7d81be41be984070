#include "core/store/migrate.hpp"

#include <string>

namespace entrawatch {

namespace {

// The database's version; 0 for a new one.
int checked_version(Database& db, std::span<const sql::Migration> migrations) {
    const auto version = static_cast<int>(db.pragma("user_version"));
    const std::int64_t application = db.pragma("application_id");
    const bool empty = version == 0 && db.pragma("schema_version") == 0;
    if (application != application_id && !empty) {
        throw Failure{{ErrorCode::corrupt,
                       "the file is an SQLite database, but not one of Entrawatch; name another file",
                       {}}};
    }
    const int newest = migrations.empty() ? 0 : migrations.back().version;
    if (version > newest) {
        throw Failure{{ErrorCode::refused,
                       "the database has schema version " + std::to_string(version) +
                           ", newer than this program's " + std::to_string(newest) +
                           "; install the program that wrote it, or a later one",
                       {}}};
    }
    return version;
}

void apply(Database& db, const sql::Migration& migration, Instant now) {
    DatabaseTransaction transaction{db};
    db.execute(std::string{migration.text});
    db.execute("PRAGMA application_id = " + std::to_string(application_id));
    db.set_user_version(migration.version);
    {
        Cursor cursor = db.use(sql::Query::migration_add);
        cursor.bind(migration.version, migration.name, now).run();
    }
    transaction.commit();
}

}  // namespace

void migrate(Database& db, std::span<const sql::Migration> migrations, Instant now) {
    const int version = checked_version(db, migrations);
    for (const sql::Migration& migration : migrations) {
        if (migration.version <= version) continue;
        try {
            apply(db, migration, now);
        } catch (Failure& failure) {
            failure.error.what.insert(0, "migration " + std::string{migration.name} + ": ");
            throw;
        }
    }
}

void require_current(Database& db, std::span<const sql::Migration> migrations) {
    const int version = checked_version(db, migrations);
    const int newest = migrations.empty() ? 0 : migrations.back().version;
    if (version == newest) return;
    throw Failure{{ErrorCode::refused,
                   "the database has schema version " + std::to_string(version) + " and this program needs " +
                       std::to_string(newest) +
                       "; start the daemon of this program once, it brings the file up to date",
                   {}}};
}

}  // namespace entrawatch
