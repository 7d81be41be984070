// Reading hostile YAML with places: members with their lines, duplicate keys, bounded walks, problems
// collected.
//
// The floor under the Sigma reader; yaml-cpp stays behind it and the other sigma_*.cpp files. Aliases make a
// small file a large tree, so every node that is visited counts against one budget. Read next:
// sigma_detection.hpp.
#pragma once

#include <yaml-cpp/yaml.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/problem.hpp"
#include "core/rules/sigma_reader.hpp"

namespace entrawatch {

struct YamlMember {
    std::string key;
    int line = 0;
    YAML::Node value;
};

// What is known while one document is read, and what was found wrong with it.
class SigmaReading {
  public:
    SigmaReading(std::string_view file, const SigmaOptions& options) : options_(options), file_(file) {}

    [[nodiscard]] const SigmaOptions& options() const { return options_; }
    std::vector<FeedId> feeds;
    bool foreign = false;  // no `entrawatch:` key: written for other programs

    void error(int line, std::string message);
    void warn(int line, std::string message);
    // What makes a rule of ours wrong, but only says of a foreign one that it cannot be evaluated here.
    void cannot_evaluate(int line, std::string message);
    // The document's rule must not be loaded.
    [[nodiscard]] bool failed() const { return failed_; }
    void begin_document();
    // Grows with every problem, so that a follow-up of one that is named already can be left out.
    [[nodiscard]] std::size_t problem_count() const { return problems_.size(); }
    [[nodiscard]] Problems take_problems() { return std::move(problems_); }

    // The members of a map, in order, without repeated keys (each a problem); `what` names the map in
    // messages.
    [[nodiscard]] std::vector<YamlMember> members(const YAML::Node& map, std::string_view what);
    [[nodiscard]] std::vector<YAML::Node> items(const YAML::Node& list);
    // A text scalar; a problem and empty when it is something else.
    [[nodiscard]] std::string text(const YamlMember& member);
    // A text or a list of texts.
    [[nodiscard]] std::vector<std::string> texts(const YamlMember& member);
    // False once the budget is spent (reported once) or there are too many problems to go on.
    bool spend(int line);
    // Likewise for regular expressions, which take time and memory to compile.
    bool spend_regex(int line);

  private:
    const SigmaOptions& options_;
    std::string file_;
    Problems problems_;
    bool failed_ = false;
    static constexpr std::size_t max_visits = 200'000;
    static constexpr std::size_t max_regexes = 500;
    std::size_t budget_ = max_visits;
    std::size_t regex_budget_ = max_regexes;
};

// The documents of a file; empty, with a problem, when it is no YAML or has more than `most`.
[[nodiscard]] std::vector<YAML::Node> load_documents(std::string_view yaml, std::size_t most,
                                                     SigmaReading& reading);

[[nodiscard]] inline int line_of(const YAML::Node& node) {
    return node.Mark().line + 1;
}

// What a plain scalar means; a quoted one is always text.
enum class ScalarType { null, boolean, number, text };
[[nodiscard]] ScalarType scalar_type(const YAML::Node& node);
// The spelling in which numbers are compared: 1.0 and 1 are the same. Nullopt when it is none.
[[nodiscard]] std::optional<double> number_of(std::string_view text);
[[nodiscard]] std::string canonical_number(std::string_view text);

// "; did you mean `x`?" or nothing.
[[nodiscard]] std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& known);

}  // namespace entrawatch
