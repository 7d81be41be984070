// Collections: documents of one file that share parts, by Sigma's `action`. What stands in a document with
// `action: global` belongs to every later one, `reset` ends that, `repeat` takes the document before it and
// changes what it names.
//
// Used by sigma_reader.
#pragma once

#include <optional>

#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {

class SigmaCollection {
  public:
    explicit SigmaCollection(SigmaReading& reading) : reading_(reading) {}

    // The document with what it shares; nullopt when it is no rule itself, or has a problem, which has been
    // reported.
    [[nodiscard]] std::optional<YAML::Node> whole(const YAML::Node& document);

  private:
    [[nodiscard]] YAML::Node merged(const YAML::Node& shared, const YAML::Node& own, std::size_t depth);

    SigmaReading& reading_;
    std::optional<YAML::Node> global_, last_;
};

}  // namespace entrawatch
