// ExportReader: a file or pipe of exported records, handed out page by page in bounded memory.
//
// Up to max_page_bytes may be anything split_export() reads; longer input must be JSON lines, and is cut
// between lines. Of a file that may be growing a last line that is not whole yet is left for the next time.
// Used by the sources of `import` (record_source.hpp). Read next: core/feed/page.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <optional>
#include <string>

#include "core/base/error.hpp"
#include "core/feed/page.hpp"

namespace entrawatch {

enum class LastLine : std::uint8_t {
    final,     // what stands there is all that there is
    may_grow,  // somebody may be writing it
};

// How far was read, in whole lines.
struct ReadPosition {
    std::int64_t bytes = 0, lines = 0;
};

class ExportReader {
  public:
    // `in` must outlive the reader, and stands at `from` already. `chunk`: how many bytes are held at once; a
    // smaller one serves tests.
    explicit ExportReader(std::istream& in, std::size_t chunk = max_page_bytes,
                          LastLine last_line = LastLine::final, ReadPosition from = {});

    // The next page; nullopt at the end. An Error ends the reading: input that is too long and no JSON lines,
    // or unreadable.
    [[nodiscard]] Result<std::optional<Page>> next();

    // Where the page handed out last begins, and where to go on behind it.
    [[nodiscard]] ReadPosition begin() const { return begin_; }
    [[nodiscard]] ReadPosition end() const { return end_; }
    // At the end: the last line is not whole, and was left.
    [[nodiscard]] bool left_a_line() const { return left_a_line_; }

  private:
    void fill();
    [[nodiscard]] std::size_t whole_lines() const;
    [[nodiscard]] Result<std::optional<Page>> hand_out(std::size_t size);

    std::istream& in_;
    std::size_t chunk_;
    LastLine last_line_;
    ReadPosition begin_, end_;
    std::string held_;    // read, not handed out
    bool ended_ = false;  // nothing more in `in_`
    bool lines_ = false;  // it is JSON lines
    bool left_a_line_ = false;
};

}  // namespace entrawatch
