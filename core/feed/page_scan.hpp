// The parts that page.cpp (one answer of Graph) and export.cpp (a file) share, and the tolerant way of
// splitting. Private to them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/feed/json_scan.hpp"
#include "core/feed/page.hpp"

namespace entrawatch {

inline constexpr std::string_view next_link_member = "@odata.nextLink";

// Takes the octets into the page. The views point into a buffer that moves with the page, so it must not be
// one of those that a short std::string keeps inside itself; and the parser wants room to read past the end.
void take_body(Page& page, std::string body);

// Errors: too_large over the limits of page.hpp.
[[nodiscard]] Result<> add_record(Page& page, std::string_view record);
[[nodiscard]] Result<> set_next_link(Page& page, std::string_view link);

[[nodiscard]] tl::unexpected<Error> no_page(std::string what, std::size_t position);

// An object whose member `records_name` is the list of records; the scan stands before its `{` and ends
// behind its `}`.
[[nodiscard]] Result<> scan_container(JsonScan& scan, Page& page, std::string_view records_name);
// The elements of an array; the scan stands before its `[`.
[[nodiscard]] Result<> scan_elements(JsonScan& scan, Page& page);

}  // namespace entrawatch
