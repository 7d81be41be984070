// The loadable extension for the plain sqlite3 shell: `.load ./entrawatch_sqlite`.
//
// Adds entrawatch_raw(octets), which gives back a record as it was received, and lays temporary views over
// `events`, `event_revisions` and `rejections` whose `raw` column is that record. The views in the file
// cannot call the function themselves: SQLite would then refuse the whole view wherever the extension is not
// loaded.
#include <sqlite3ext.h>

#include <exception>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/store/raw_codec.hpp"

SQLITE_EXTENSION_INIT1

namespace {

using namespace entrawatch;

// Of one connection: the dictionaries that were needed so far.
class Reader {
  public:
    explicit Reader(sqlite3* db) : db_(db) {}

    [[nodiscard]] Result<std::string> read(std::string_view frame) {
        const ZSTD_DDict_s* dictionary = nullptr;
        if (const std::uint32_t id = dictionary_of(frame); id != 0) {
            dictionary = dictionary_with(id);
            if (dictionary == nullptr)
                return fail(ErrorCode::corrupt, "the record's dictionary is not in this database");
        }
        std::string octets;
        if (Result<> done = decompressor_.decompress(frame, dictionary, octets); !done)
            return fail(std::move(done.error()));
        return octets;
    }

  private:
    [[nodiscard]] const ZSTD_DDict_s* dictionary_with(std::uint32_t id) {
        if (const auto known = dictionaries_.find(id); known != dictionaries_.end())
            return known->second.get();
        sqlite3_stmt* find = nullptr;
        if (sqlite3_prepare_v2(db_, "SELECT octets FROM main.dictionary WHERE id = ?", -1, &find, nullptr) !=
            SQLITE_OK)
            return nullptr;
        sqlite3_bind_int64(find, 1, static_cast<sqlite3_int64>(id));
        const ZSTD_DDict_s* found = nullptr;
        if (sqlite3_step(find) == SQLITE_ROW) {
            const std::string_view octets{static_cast<const char*>(sqlite3_column_blob(find, 0)),
                                          static_cast<std::size_t>(sqlite3_column_bytes(find, 0))};
            found = dictionaries_.emplace(id, decompress_dictionary(octets)).first->second.get();
        }
        sqlite3_finalize(find);
        return found;
    }

    sqlite3* db_;
    Decompressor decompressor_;
    std::map<std::uint32_t, DecompressDictionary> dictionaries_;
};

void entrawatch_raw(sqlite3_context* context, int, sqlite3_value** values) {
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    if (sqlite3_value_type(values[0]) != SQLITE_BLOB) {
        return sqlite3_result_error(context, "entrawatch_raw() takes the octets of a stored record", -1);
    }
    try {
        const std::string_view frame{static_cast<const char*>(sqlite3_value_blob(values[0])),
                                     static_cast<std::size_t>(sqlite3_value_bytes(values[0]))};
        const Result<std::string> octets = static_cast<Reader*>(sqlite3_user_data(context))->read(frame);
        if (!octets) return sqlite3_result_error(context, octets.error().what.c_str(), -1);
        sqlite3_result_text64(context, octets->data(), octets->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    } catch (const std::exception&) {
        sqlite3_result_error_nomem(context);
    }
}

void forget_reader(void* reader) {
    delete static_cast<Reader*>(reader);
}

// The view of the file with its `raw` column read back; nothing in a database that has no such view.
int lay_view_over(sqlite3* db, const std::string& name) {
    sqlite3_stmt* columns = nullptr;
    const std::string question =
        "SELECT group_concat(CASE name WHEN 'raw' THEN 'entrawatch_raw(raw) AS raw' ELSE '\"' || name || "
        "'\"' END, ', ')"
        " FROM pragma_table_info('" +
        name + "', 'main')";
    int code = sqlite3_prepare_v2(db, question.c_str(), -1, &columns, nullptr);
    if (code != SQLITE_OK) return code;
    std::string list;
    if (sqlite3_step(columns) == SQLITE_ROW && sqlite3_column_type(columns, 0) == SQLITE_TEXT) {
        list = reinterpret_cast<const char*>(sqlite3_column_text(columns, 0));
    }
    sqlite3_finalize(columns);
    if (list.empty()) return SQLITE_OK;
    const std::string view =
        "CREATE TEMP VIEW IF NOT EXISTS " + name + " AS SELECT " + list + " FROM main." + name;
    return sqlite3_exec(db, view.c_str(), nullptr, nullptr, nullptr);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) int sqlite3_extension_init(
    sqlite3* db, char** error, const sqlite3_api_routines* pApi) {
    SQLITE_EXTENSION_INIT2(pApi)
    try {
        int code = sqlite3_create_function_v2(
            db, "entrawatch_raw", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, new Reader{db},
            entrawatch_raw, nullptr, nullptr, forget_reader);
        for (const char* view : {"events", "event_revisions", "rejections"}) {
            if (code == SQLITE_OK) code = lay_view_over(db, view);
        }
        if (code != SQLITE_OK) *error = sqlite3_mprintf("entrawatch_sqlite: %s", sqlite3_errmsg(db));
        return code;
    } catch (const std::exception&) {
        return SQLITE_NOMEM;
    }
}
