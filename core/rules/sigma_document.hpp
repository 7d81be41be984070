// SigmaDocument: what rules, correlations and filters have in common at the top of a Sigma document: its
// keys, its title, its id and the feeds it reads.
//
// Used by sigma_reader and sigma_filter.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/rules/sigma_yaml.hpp"

namespace entrawatch {

// Where a document stands.
struct SigmaPlace {
    std::string file;
    std::string name;  // of the rule or filter: the file's, and a number where it has several
    int line = 1;
};

class SigmaDocument {
  public:
    // `what`: "rule" or "filter", for messages. Everything that is wrong is reported to `reading`, which
    // must outlive this.
    SigmaDocument(const YAML::Node& root, SigmaPlace place, std::string_view what, SigmaReading& reading);

    [[nodiscard]] const SigmaPlace& place() const { return place_; }
    [[nodiscard]] bool empty() const { return members_.empty(); }
    // nullptr when there is none.
    [[nodiscard]] const YamlMember* find(std::string_view key) const;
    // Empty when there is none.
    [[nodiscard]] std::string text(std::string_view key) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;

    // Sigma allows further keys; one that is nearly a known one is probably that one, which is a warning.
    void warn_of_near_keys() const;
    [[nodiscard]] std::string title() const;  // cut at 256 bytes
    // Where it may be missing it then follows from the name, so that it stays the same.
    [[nodiscard]] std::string id(bool may_be_missing) const;
    // From `entrawatch.feeds`, else from `logsource`; into reading.feeds as well, by which fields are judged.
    [[nodiscard]] std::vector<FeedId> feeds(bool may_be_missing) const;

  private:
    SigmaReading& reading_;
    SigmaPlace place_;
    std::string_view what_;
    std::vector<YamlMember> members_;
};

}  // namespace entrawatch
