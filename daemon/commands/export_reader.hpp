// ExportReader: a file or pipe of exported records, handed out page by page in bounded memory.
//
// Up to max_page_bytes may be anything split_export() reads; longer input must be JSON lines, and is cut
// between lines. Used by `import`. Read next: core/feed/page.hpp.
#pragma once

#include <cstddef>
#include <istream>
#include <optional>
#include <string>

#include "core/base/error.hpp"
#include "core/feed/page.hpp"

namespace entrawatch {

class ExportReader {
  public:
    // `in` must outlive the reader. `chunk`: how many bytes are held at once; a smaller one serves tests.
    explicit ExportReader(std::istream& in, std::size_t chunk = max_page_bytes);

    // The next page; nullopt at the end. An Error ends the reading: input that is too long and no JSON lines,
    // or unreadable.
    [[nodiscard]] Result<std::optional<Page>> next();

  private:
    void fill();
    [[nodiscard]] Result<std::optional<Page>> next_lines();

    std::istream& in_;
    std::size_t chunk_;
    std::string held_;    // read, not handed out
    bool ended_ = false;  // nothing more in `in_`
    bool lines_ = false;  // the first chunk did not hold it all: JSON lines
};

}  // namespace entrawatch
