// Page: one answer of Graph, split into records that are views of the exact octets received.
//
// Used by daemon/ingest for polled pages and by `import` for files. Limits: page 64 MiB, record
// max_record_bytes, 100,000 records, next link 64 KiB. A page that is no page (a proxy's HTML, a cut body, no
// `value`) is an Error, never an empty page. Read next: event/normalize.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace entrawatch {

struct Page {
    std::string body;                       // owns the octets; records are views into it
    std::vector<std::string_view> records;  // each one JSON value of `value`, in order, blanks around it cut
    std::string next_link;                  // empty = last page. A page may be empty and still have one.

    Page() = default;
    Page(Page&&) noexcept = default;
    Page& operator=(Page&&) noexcept = default;
    Page(const Page&) = delete;  // views must not outlive their octets
    Page& operator=(const Page&) = delete;
};

inline constexpr std::size_t max_page_bytes = std::size_t{64} * 1024 * 1024;
inline constexpr std::size_t max_records_per_page = 100'000;
inline constexpr std::size_t max_next_link_bytes = std::size_t{64} * 1024;

// The body of a Graph collection answer: {"value":[…],"@odata.nextLink":"…"}. Tolerates broken UTF-8 inside
// strings.
[[nodiscard]] Result<Page> split_page(std::string body);

// What a person exports: a Graph page, a JSON array, one object, or JSON lines; told apart by looking. Lines
// that are no JSON are kept as records too (normalize rejects them by name), so that nothing is passed over
// in silence.
[[nodiscard]] Result<Page> split_export(std::string text);
// The same of a text that is to hold one record, at most max_record_bytes long. The Error says what it holds
// instead.
[[nodiscard]] Result<Page> split_one_record(std::string text);

}  // namespace entrawatch
