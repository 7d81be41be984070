// sqlite: RAII over one SQLite connection and its prepared statements. The only place that knows
// sqlite3_step.
//
// Inside this room a failure is thrown as Failure and becomes an Error at the door (guarded(), used by every
// operation of Store), so that a dozen statements in a row read as what they do. Statements are prepared
// once, under the name of their query file. Used by core/store only. Read next: migrate.hpp, store_impl.hpp.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/time.hpp"
#include "store_sql.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace entrawatch {

// A failure on its way to the door of the room; never leaves it.
struct Failure {
    Error error;
};

// Runs `work` and turns a Failure into an Error.
template <class Work>
[[nodiscard]] auto guarded(Work&& work) -> Result<std::invoke_result_t<Work>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (Failure& failure) {
        return fail(std::move(failure.error));
    }
}

// Octets, bound as a BLOB.
struct Blob {
    std::string_view octets;
};

// For columns of type ANY; monostate is NULL.
using AnyValue = std::variant<std::monostate, std::int64_t, std::string_view, Blob>;

class Statement {
  public:
    Statement() = default;
    Statement(sqlite3* db, std::string_view sql);
    ~Statement();
    Statement(Statement&& other) noexcept : stmt_(std::exchange(other.stmt_, nullptr)) {}
    Statement& operator=(Statement&& other) noexcept;
    [[nodiscard]] sqlite3_stmt* get() const { return stmt_; }
    // Names of the columns of a row; of the parameters, with their colon.
    [[nodiscard]] std::vector<std::string> columns() const;
    [[nodiscard]] std::vector<std::string> parameters() const;
    [[nodiscard]] bool reads_only() const;

  private:
    sqlite3_stmt* stmt_ = nullptr;
};

// One use of a prepared statement: bind, step, read; reset when it goes out of scope. What is bound must live
// until then.
class Cursor {
  public:
    explicit Cursor(sqlite3_stmt* stmt) : stmt_(stmt) {}
    ~Cursor();
    Cursor(Cursor&& other) noexcept : stmt_(std::exchange(other.stmt_, nullptr)) {}
    Cursor(const Cursor&) = delete;
    Cursor& operator=(const Cursor&) = delete;
    Cursor& operator=(Cursor&&) = delete;

    // Binds the parameters in the order in which they first appear in the query file.
    template <class... Values>
    Cursor& bind(const Values&... values) {
        int position = 0;
        (bind_one(++position, values), ...);
        return *this;
    }
    // The same by position, for queries whose parameters are read from them; nullopt is NULL.
    Cursor& bind_texts(const std::vector<std::optional<std::string>>& values) {
        for (std::size_t i = 0; i < values.size(); ++i)
            bind_one(static_cast<int>(i) + 1, values[i]);
        return *this;
    }
    [[nodiscard]] bool step();  // true: a row is there to read
    void run() {
        while (step()) {
        }
    }

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] int small(int column) const { return static_cast<int>(integer(column)); }
    [[nodiscard]] std::string_view text(int column) const;  // until the next step; empty for NULL
    [[nodiscard]] std::string_view blob(int column) const;
    [[nodiscard]] bool is_blob(int column) const;
    // Whatever it is; a text or octets until the next step.
    [[nodiscard]] AnyValue value(int column) const;
    [[nodiscard]] int columns() const;
    [[nodiscard]] bool is_real(int column) const;
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] std::string string(int column) const { return std::string{text(column)}; }
    [[nodiscard]] Instant instant(int column) const { return instant_of(integer(column)); }
    [[nodiscard]] std::optional<Instant> maybe_instant(int column) const;

  private:
    void bind_one(int position, std::nullopt_t);
    void bind_one(int position, std::int64_t value);
    void bind_one(int position, int value) { bind_one(position, std::int64_t{value}); }
    void bind_one(int position, bool value) { bind_one(position, std::int64_t{value ? 1 : 0}); }
    void bind_one(int position, std::string_view value);
    void bind_one(int position, const std::string& value) { bind_one(position, std::string_view{value}); }
    void bind_one(int position, const char* value) { bind_one(position, std::string_view{value}); }
    void bind_one(int position, Blob value);
    void bind_one(int position, Instant value) { bind_one(position, ticks_of(value)); }
    void bind_one(int position, Ticks value) { bind_one(position, std::int64_t{value.count()}); }
    void bind_one(int position, std::monostate) { bind_one(position, std::nullopt); }
    void bind_one(int position, const AnyValue& value) {
        std::visit([&](const auto& held) { bind_one(position, held); }, value);
    }
    template <class Value>
    void bind_one(int position, const std::optional<Value>& value) {
        if (value)
            bind_one(position, *value);
        else
            bind_one(position, std::nullopt);
    }

    sqlite3_stmt* stmt_;
};

struct DatabaseOptions {
    std::filesystem::path file;
    bool read_only = false;
    int cache_kib = 8192;
    int patience_ms = 5000;  // how long to wait for another process that writes
    bool immutable = false;  // nobody else has it open: a copy, perhaps where nothing may be written
    const std::atomic<bool>* stop = nullptr;  // ends a statement that runs; outlives the Database
};

class Database {
  public:
    // Opens an existing file (an empty one is a new database) and sets the pragmas. Throws Failure.
    explicit Database(const DatabaseOptions& options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] sqlite3* get() const { return db_; }
    [[nodiscard]] Cursor use(sql::Query query);
    // A statement of one's own, for cursors of the same query that are open at the same time.
    [[nodiscard]] Statement prepare(sql::Query query) const;
    [[nodiscard]] Statement prepare(const sql::Question& question) const;
    // A statement whose rows say how SQLite would answer.
    [[nodiscard]] Statement prepare_plan(const sql::Question& question) const;
    // Runs a whole script; for migrations and pragmas.
    void execute(const std::string& script);
    [[nodiscard]] std::int64_t pragma(const char* name);
    // Cuts up to so many free pages off the file, in a transaction of its own. Of a database that was made
    // before this was chosen, none.
    void give_back(int pages);
    void set_user_version(int version);
    // "ok", or the first of what SQLite finds wrong with pages and indexes.
    [[nodiscard]] std::string integrity();

    void begin();          // takes the write lock at once
    void begin_reading();  // everything is read as it is now, whatever others write meanwhile
    void commit();
    void rollback() noexcept;
    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] int changes() const;
    [[nodiscard]] std::int64_t last_row() const;
    // Moves the WAL into the file as far as no reader hinders it, and shortens it when all was moved.
    void checkpoint();

  private:
    void configure(const DatabaseOptions& options);

    sqlite3* db_ = nullptr;
    int patience_ms_;
    const std::atomic<bool>* stop_;
    std::array<Statement, sql::query_count> statements_;
};

// Begins a transaction and rolls it back when it goes out of scope uncommitted.
class DatabaseTransaction {
  public:
    explicit DatabaseTransaction(Database& db) : db_(db) { db_.begin(); }
    ~DatabaseTransaction() {
        if (open_) db_.rollback();
    }
    DatabaseTransaction(const DatabaseTransaction&) = delete;
    DatabaseTransaction& operator=(const DatabaseTransaction&) = delete;
    void commit() {
        db_.commit();
        open_ = false;
    }

  private:
    Database& db_;
    bool open_ = true;
};

// The Error of an SQLite result code; `doing` is what was tried.
[[nodiscard]] Error sqlite_error(int code, std::string_view detail, std::string_view doing);
// Throws it as a Failure, with what the connection says of it; `db` may be null.
[[noreturn]] void raise_sqlite(sqlite3* db, int code, std::string_view doing);

}  // namespace entrawatch
