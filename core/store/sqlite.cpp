#include "core/store/sqlite.hpp"

#include <sqlite3.h>

#include "core/base/text.hpp"

namespace entrawatch {

namespace {

// Of SQLite's machine, between two looks at whether to stop: some hundred microseconds.
constexpr int steps_between_looks = 10'000;

[[noreturn]] void raise(sqlite3* db, int code, std::string_view doing) {
    throw Failure{sqlite_error(code, db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code), doing)};
}

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

Statement::Statement(sqlite3* db, std::string_view sql) {
    const int code = sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &stmt_, nullptr);
    if (code != SQLITE_OK) raise(db, code, "preparing a query");
}

Statement::~Statement() {
    sqlite3_finalize(stmt_);
}

Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(stmt_, other.stmt_);
    return *this;
}

std::vector<std::string> Statement::columns() const {
    const int count = sqlite3_column_count(stmt_);
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        names.emplace_back(sqlite3_column_name(stmt_, i));
    return names;
}

std::vector<std::string> Statement::parameters() const {
    const int count = sqlite3_bind_parameter_count(stmt_);
    std::vector<std::string> names;
    names.reserve(static_cast<std::size_t>(count));
    for (int i = 1; i <= count; ++i) {
        const char* name = sqlite3_bind_parameter_name(stmt_, i);
        names.emplace_back(name == nullptr ? "" : name);
    }
    return names;
}

bool Statement::reads_only() const {
    return sqlite3_stmt_readonly(stmt_) != 0;
}

Cursor::~Cursor() {
    if (stmt_ == nullptr) return;
    sqlite3_reset(stmt_);
    sqlite3_clear_bindings(stmt_);
}

bool Cursor::step() {
    const int code = sqlite3_step(stmt_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    raise(sqlite3_db_handle(stmt_), code, "using the event store");
}

bool Cursor::is_null(int column) const {
    return sqlite3_column_type(stmt_, column) == SQLITE_NULL;
}

bool Cursor::is_blob(int column) const {
    return sqlite3_column_type(stmt_, column) == SQLITE_BLOB;
}

bool Cursor::is_real(int column) const {
    return sqlite3_column_type(stmt_, column) == SQLITE_FLOAT;
}

double Cursor::real(int column) const {
    return sqlite3_column_double(stmt_, column);
}

AnyValue Cursor::value(int column) const {
    switch (sqlite3_column_type(stmt_, column)) {
        case SQLITE_NULL:
            return std::monostate{};
        case SQLITE_INTEGER:
            return integer(column);
        case SQLITE_BLOB:
            return Blob{blob(column)};
        default:
            return text(column);
    }
}

int Cursor::columns() const {
    return sqlite3_column_count(stmt_);
}

std::int64_t Cursor::integer(int column) const {
    return sqlite3_column_int64(stmt_, column);
}

std::string_view Cursor::text(int column) const {
    const void* data = sqlite3_column_text(stmt_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column));
    return data == nullptr ? std::string_view{} : std::string_view{static_cast<const char*>(data), size};
}

std::string_view Cursor::blob(int column) const {
    const void* data = sqlite3_column_blob(stmt_, column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(stmt_, column));
    return data == nullptr ? std::string_view{} : std::string_view{static_cast<const char*>(data), size};
}

std::optional<Instant> Cursor::maybe_instant(int column) const {
    if (is_null(column)) return std::nullopt;
    return instant(column);
}

void Cursor::bind_one(int position, std::nullopt_t) {
    sqlite3_bind_null(stmt_, position);
}

void Cursor::bind_one(int position, std::int64_t value) {
    sqlite3_bind_int64(stmt_, position, value);
}

void Cursor::bind_one(int position, std::string_view value) {
    // A null pointer would bind NULL; an empty text is a text.
    const char* data = value.data() != nullptr ? value.data() : "";
    const int code = sqlite3_bind_text64(stmt_, position, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
    if (code != SQLITE_OK) raise(sqlite3_db_handle(stmt_), code, "binding a text");
}

void Cursor::bind_one(int position, Blob value) {
    const char* data = value.octets.data() != nullptr ? value.octets.data() : "";
    const int code = sqlite3_bind_blob64(stmt_, position, data, value.octets.size(), SQLITE_STATIC);
    if (code != SQLITE_OK) raise(sqlite3_db_handle(stmt_), code, "binding octets");
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
        if (code != SQLITE_OK) raise(db_, code, "opening the database");
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
    // The page size must be chosen before WAL is. FULL: what was committed survives a power cut. The high
    // autocheckpoint keeps the rate flat; idle moments checkpoint earlier (Store::checkpoint).
    execute(
        "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
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
    if (code != SQLITE_OK) raise(db_, code, "running a script");
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
    if (code != SQLITE_OK) raise(db_, code, "moving the write-ahead log into the database");
    if (pages <= 0 || pages != moved) return;
    sqlite3_busy_timeout(db_, 0);  // shortening the file is not worth waiting for a reader
    sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(db_, patience_ms_);
}

}  // namespace entrawatch
