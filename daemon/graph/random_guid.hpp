// random_guid: a GUID that nobody can guess and nobody has had before: of an assertion, of a request.
#pragma once

#include <string>

namespace entrawatch::graph {

[[nodiscard]] std::string random_guid();

}  // namespace entrawatch::graph
