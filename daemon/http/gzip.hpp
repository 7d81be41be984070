// gzip: answers are small on the wire and may be anything inside; what is inflated is bounded before it
// exists.
//
// Used by the HTTP client, and by the simulated tenant to answer as Graph does.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error.hpp"

namespace entrawatch::http {

// One or more gzip members. Error `too_large` when more than `limit` bytes come out, `invalid` when the data
// are broken or cut.
[[nodiscard]] Result<std::string> gunzip(std::string_view bytes, std::size_t limit);
[[nodiscard]] std::string gzip(std::string_view bytes);

}  // namespace entrawatch::http
