// RecordSource: where records come from that no window of Graph asks for. Pages are handed out one by one,
// and each is acknowledged when it is committed: a source that remembers how far it was read remembers it
// then and not before, so that a kill at any moment loses nothing.
//
// `import` has two: a file or pipe, and a folder of logs that diagnostic settings stored. Read next:
// export_reader.hpp, log_tree.hpp.
#pragma once

#include <fstream>
#include <istream>
#include <optional>
#include <string>

#include "core/store/imported_files.hpp"
#include "daemon/commands/export_reader.hpp"
#include "daemon/commands/log_tree.hpp"

namespace entrawatch {

struct SourcePage {
    Page page;
    std::string name;               // of the file, for messages
    std::int64_t lines_before = 0;  // in the file
};

class RecordSource {
  public:
    RecordSource() = default;
    RecordSource(const RecordSource&) = delete;
    RecordSource& operator=(const RecordSource&) = delete;
    RecordSource(RecordSource&&) = delete;
    RecordSource& operator=(RecordSource&&) = delete;
    virtual ~RecordSource() = default;

    // The next page; nullopt at the end of all. An Error is about what it names, and not the end: ask again.
    [[nodiscard]] virtual Result<std::optional<SourcePage>> next() = 0;
    // The page handed out last is committed. An Error is the store's.
    [[nodiscard]] virtual Result<> acknowledge(Instant now) = 0;
};

// Read to its end, and read again the next time.
class StreamSource final : public RecordSource {
  public:
    // `in` must outlive the source.
    StreamSource(std::string name, std::istream& in) : name_{std::move(name)}, reader_{in} {}
    [[nodiscard]] Result<std::optional<SourcePage>> next() override;
    [[nodiscard]] Result<> acknowledge(Instant) override { return {}; }

  private:
    std::string name_;
    ExportReader reader_;
    bool ended_ = false;
};

// The files of a log_tree in order of time, each from where it was left: what was read before is passed over
// without being read, as long as the octets before that place are the same.
class LogTreeSource final : public RecordSource {
  public:
    struct Options {
        std::string tenant_id;  // files of other tenants are refused by name
        bool again = false;     // from the beginning, whatever was read
        std::size_t chunk = max_page_bytes;
    };
    // `store` must outlive the source.
    LogTreeSource(LogTree tree, Options options, Store& store)
        : tree_{std::move(tree)}, options_{std::move(options)}, store_{store} {}

    [[nodiscard]] Result<std::optional<SourcePage>> next() override;
    [[nodiscard]] Result<> acknowledge(Instant now) override;

    [[nodiscard]] std::int64_t files() const { return std::ssize(tree_.files); }
    [[nodiscard]] std::int64_t passed_over() const { return passed_over_; }  // read to their end before

  private:
    [[nodiscard]] Result<> open(const LogFile& file);
    [[nodiscard]] Result<ReadPosition> start_of(const std::string& path);
    [[nodiscard]] std::string ending_before(std::int64_t bytes);

    LogTree tree_;
    Options options_;
    Store& store_;
    std::size_t at_ = 0;  // the next file
    std::int64_t passed_over_ = 0;
    std::string path_;  // of the open file, absolute
    std::ifstream in_;
    std::optional<ExportReader> reader_;  // of the open file
};

}  // namespace entrawatch
