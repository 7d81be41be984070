#include <sqlite3.h>

#include "core/store/sqlite.hpp"

namespace entrawatch {

Statement::Statement(sqlite3* db, std::string_view sql) {
    const int code = sqlite3_prepare_v3(db, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &stmt_, nullptr);
    if (code != SQLITE_OK) raise_sqlite(db, code, "preparing a query");
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
    raise_sqlite(sqlite3_db_handle(stmt_), code, "using the event store");
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
    if (code != SQLITE_OK) raise_sqlite(sqlite3_db_handle(stmt_), code, "binding a text");
}

void Cursor::bind_one(int position, Blob value) {
    const char* data = value.octets.data() != nullptr ? value.octets.data() : "";
    const int code = sqlite3_bind_blob64(stmt_, position, data, value.octets.size(), SQLITE_STATIC);
    if (code != SQLITE_OK) raise_sqlite(sqlite3_db_handle(stmt_), code, "binding octets");
}

}  // namespace entrawatch
