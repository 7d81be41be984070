#include "core/store/sqlite.hpp"

#include <sqlite3.h>

#include "core/base/percent.hpp"

namespace entrawatch {

namespace {

// Of SQLite's machine, between two looks at whether to stop: some hundred microseconds.
constexpr int steps_between_looks = 10'000;

ErrorCode code_of(int code) {
    switch (code & 0xff) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_FORMAT:
            return ErrorCode::corrupt;
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return ErrorCode::refused;
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_RANGE:
        case SQLITE_MISUSE:
        case SQLITE_ERROR:
            return ErrorCode::invalid;
        case SQLITE_TOOBIG:
            return ErrorCode::too_large;
        default:
            return ErrorCode::unavailable;  // BUSY, LOCKED, FULL, IOERR, NOMEM, CANTOPEN, INTERRUPT …
    }
}

std::string_view remedy_of(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
            return "; free some space on the disk";
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "; another process holds the database, it is tried again";
        case SQLITE_INTERRUPT:
            return "; it was stopped before its end";
        case SQLITE_CORRUPT:
            return "; restore the file from a backup";
        case SQLITE_NOTADB:
            return "; the file is no Entrawatch database";
        case SQLITE_READONLY:
        case SQLITE_CANTOPEN:
            return "; check the owner and mode of the file and its folder";
        default:
            return "";
    }
}

}  // namespace

Error sqlite_error(int code, std::string_view detail, std::string_view doing) {
    std::string what{doing};
    what.append(": ").append(detail).append(remedy_of(code));
    return Error{code_of(code), std::move(what), {}};
}

void raise_sqlite(sqlite3* db, int code, std::string_view doing) {
    throw Failure{sqlite_error(code, db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code), doing)};
}

Database::Database(const DatabaseOptions& options) : patience_ms_(options.patience_ms), stop_(options.stop) {
    // Counting every allocation under a lock is a tenth of an insert, and nobody reads the count. Once,
    // before SQLite's first use.
    [[maybe_unused]] static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    const int flags = (options.read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                      (options.immutable ? SQLITE_OPEN_URI : 0) | SQLITE_OPEN_NOMUTEX |
                      SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE;
    const std::string name = options.immutable
                                 ? "file:" + percent_encoded(options.file.string(), "/") + "?immutable=1"
                                 : options.file.string();
    const int code = sqlite3_open_v2(name.c_str(), &db_, flags, nullptr);
    try {
        if (code != SQLITE_OK) raise_sqlite(db_, code, "opening the database");
        configure(options);
    } catch (...) {
        sqlite3_close_v2(db_);
        throw;
    }
}

void Database::configure(const DatabaseOptions& options) {
    sqlite3_busy_timeout(db_, patience_ms_);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    execute("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA temp_store = FILE;");
    // A negative size is in KiB.
    execute("PRAGMA cache_size = -" + std::to_string(options.cache_kib));
    if (stop_ != nullptr) {
        const auto asked = [](void* stop) { return **static_cast<const std::atomic<bool>**>(stop) ? 1 : 0; };
        sqlite3_progress_handler(db_, steps_between_looks, asked, &stop_);
    }
    if (options.read_only) return;
    // The page size and how free pages are given back must be chosen before WAL is. FULL: what was committed
    // survives a power cut. The high autocheckpoint keeps the rate flat; idle moments checkpoint earlier
    // (Store::checkpoint).
    execute(
        "PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA "
        "synchronous = FULL;"
        "PRAGMA wal_autocheckpoint = 16384; PRAGMA journal_size_limit = 67108864;");
}

Database::~Database() {
    for (Statement& statement : statements_)
        statement = Statement{};
    sqlite3_close_v2(db_);
}

Statement Database::prepare(sql::Query query) const {
    return Statement{db_, sql::text_of(query)};
}

Statement Database::prepare(const sql::Question& question) const {
    return Statement{db_, question.text};
}

Statement Database::prepare_plan(const sql::Question& question) const {
    return Statement{db_, "EXPLAIN QUERY PLAN " + std::string{question.text}};
}

Cursor Database::use(sql::Query query) {
    Statement& statement = statements_[static_cast<std::size_t>(query)];
    if (statement.get() == nullptr) statement = prepare(query);
    return Cursor{statement.get()};
}

void Database::execute(const std::string& script) {
    const int code = sqlite3_exec(db_, script.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) raise_sqlite(db_, code, "running a script");
}

std::int64_t Database::pragma(const char* name) {
    const Statement statement{db_, std::string{"PRAGMA "} + name};
    Cursor cursor{statement.get()};
    return cursor.step() ? cursor.integer(0) : 0;
}

std::string Database::integrity() {
    const Statement statement{db_, "PRAGMA integrity_check(1)"};
    Cursor cursor{statement.get()};
    return cursor.step() ? cursor.string(0) : "ok";
}

void Database::give_back(int pages) {
    execute("PRAGMA incremental_vacuum(" + std::to_string(pages) + ")");
}

void Database::set_user_version(int version) {
    execute("PRAGMA user_version = " + std::to_string(version));
}

void Database::begin() {
    execute("BEGIN IMMEDIATE");
}

void Database::begin_reading() {
    execute("BEGIN");
}

void Database::commit() {
    execute("COMMIT");
}

void Database::rollback() noexcept {
    // SQLite has rolled back by itself after a full disk or a failed read.
    if (in_transaction()) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(db_) == 0;
}

int Database::changes() const {
    return sqlite3_changes(db_);
}

std::int64_t Database::last_row() const {
    return sqlite3_last_insert_rowid(db_);
}

void Database::checkpoint() {
    int pages = 0;
    int moved = 0;
    const int code = sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &moved);
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) return;  // somebody else is at it
    if (code != SQLITE_OK) raise_sqlite(db_, code, "moving the write-ahead log into the database");
    if (pages <= 0 || pages != moved) return;
    sqlite3_busy_timeout(db_, 0);  // shortening the file is not worth waiting for a reader
    sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(db_, patience_ms_);
}

}  // namespace entrawatch
