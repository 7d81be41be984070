#include "core/rules/sigma_contradiction.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <vector>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

using Kind = ConditionNode::Kind;
using WholeTexts = std::vector<std::string_view>;   // sorted
using Allowed = std::map<std::size_t, WholeTexts>;  // by field: the texts that it may still be

bool has_one_value(const FieldPath& path) {
    static const std::string two_values = FieldPath::compile("outcome.words").value().key();
    return path.is_ours() && path.key() != two_values &&
           !starts_with_ignoring_ascii_case(path.name(), "targets.");
}

class Judgement {
  public:
    explicit Judgement(std::span<const FieldPath> fields) : fields_(fields) {}

    // Narrows `allowed` by what the node demands; false when nothing is left.
    bool can_hold(const ConditionNode& node, Allowed& allowed) {
        switch (node.kind) {
            case Kind::test:
                return can_hold(*node.test, allowed);
            case Kind::all:
                return std::all_of(node.children.begin(), node.children.end(),
                                   [&](const ConditionNode& child) { return can_hold(child, allowed); });
            case Kind::any:
                return std::any_of(node.children.begin(), node.children.end(),
                                   [&](const ConditionNode& child) {
                                       Allowed here = allowed;  // another child may hold instead
                                       return can_hold(child, here);
                                   });
            case Kind::none:
            case Kind::at_least:
                break;
        }
        return true;
    }

    std::string field;  // where it failed last

  private:
    bool can_hold(const FieldTest& test, Allowed& allowed) {
        if (!test.tests.empty() || test.exact.empty() || !has_one_value(fields_[test.field])) return true;
        if (test.every && test.exact.size() > 1) return fails(test);
        const WholeTexts wanted{test.exact.begin(), test.exact.end()};
        const auto [place, first] = allowed.try_emplace(test.field, wanted);
        if (first) return true;
        WholeTexts both;
        std::set_intersection(place->second.begin(), place->second.end(), wanted.begin(), wanted.end(),
                              std::back_inserter(both));
        place->second = std::move(both);
        return !place->second.empty() || fails(test);
    }

    bool fails(const FieldTest& test) {
        field = fields_[test.field].name();
        return false;
    }

    std::span<const FieldPath> fields_;
};

}  // namespace

std::optional<std::string> contradiction_in(const ConditionNode& root, std::span<const FieldPath> fields) {
    Judgement judgement{fields};
    Allowed allowed;
    if (judgement.can_hold(root, allowed) || judgement.field.empty()) return std::nullopt;
    return judgement.field;
}

}  // namespace entrawatch
