// Floor: what collecting a page must cost at least: extract (extract.hpp), compress, and insert the rows of
// the event store with prepared statements, one transaction a page, synchronous FULL.
//
// The same tables, statements, pragmas and dictionaries as the product, on a database the product made. No
// look-up for records seen before, no SHA-256, no decoding of changes, no rules, no alerts. Used by
// pipeline_bench.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "core/base/time.hpp"
#include "core/store/raw_codec.hpp"
#include "core/store/uuid.hpp"
#include "store_sql.hpp"
#include "tests/bench/extract.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace entrawatch::bench {

class Floor {
  public:
    // `file`: a store that the product made and closed. Throws std::runtime_error on any failure, here and
    // below.
    explicit Floor(const std::filesystem::path& file);
    ~Floor();
    Floor(const Floor&) = delete;
    Floor& operator=(const Floor&) = delete;

    void take(FeedId feed, const simdjson::padded_string& page, Instant received);

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using Numbers = std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>>;
    using Listed =
        std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>;  // day, entity, role, event
    using ListedUuid = std::tuple<std::int64_t, Uuid, std::int64_t, std::int64_t>;

    [[nodiscard]] sqlite3_stmt* statement(sql::Query query);
    void execute(const char* script);
    void read_dictionaries();
    [[nodiscard]] std::int64_t number_of(std::string_view text);
    [[nodiscard]] std::int64_t add_string(std::string_view text);
    void bind_name(sqlite3_stmt* insert, int position, std::string_view text);
    void insert(FeedId feed, const Extracted& record, Instant received);
    [[nodiscard]] std::int64_t insert_event(FeedId feed, const Extracted& record, Instant time,
                                            Instant received);
    void insert_raw(FeedId feed, std::string_view raw, std::int64_t seq);
    void insert_changes(const Extracted& record, std::int64_t seq);
    void list_entities(const Extracted& record, std::int64_t day, std::int64_t seq);
    template <class Row>
    void write_lists(std::vector<Row>& rows);

    sqlite3* db_ = nullptr;
    std::map<sql::Query, sqlite3_stmt*> statements_;
    std::map<FeedId, CompressDictionary> dictionaries_;
    Compressor compressor_;
    Extractor extractor_;
    Numbers numbers_;
    std::vector<Listed> entities_;
    std::vector<ListedUuid> sessions_;
};

}  // namespace entrawatch::bench
