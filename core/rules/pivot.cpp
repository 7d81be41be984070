#include "core/rules/pivot.hpp"

#include <algorithm>
#include <array>

namespace entrawatch {
namespace {

using Keys = std::optional<std::vector<PivotKey>>;
using Kind = ConditionNode::Kind;

// Lower is better: how few events share a value of the field, and how cheap it is to read.
int rank_of(const FieldPath& field) {
    constexpr std::array common{"our:outcome", "our:category",   "our:service",    "our:operation",
                                "our:feed",    "our:actor.kind", "our:target.kind"};
    if (std::find(common.begin(), common.end(), field.key()) != common.end()) return 5;
    if (field.key() == "our:activity") return 0;
    if (field.key().starts_with("our:context.")) return 1;
    if (field.is_ours()) return 2;
    return field.key().starts_with("record:") ? 3 : 4;
}

class Finder {
  public:
    explicit Finder(std::span<const FieldPath> fields) : fields_(fields) {}

    [[nodiscard]] Keys of(const ConditionNode& node) const {
        switch (node.kind) {
            case Kind::test:
                return of_test(*node.test);
            case Kind::all:
                return best_of(node.children);
            case Kind::any:
            case Kind::at_least:
                return union_of(node.children);
            case Kind::none:
                return std::nullopt;
        }
        return std::nullopt;
    }

  private:
    [[nodiscard]] bool better(const std::vector<PivotKey>& a, const std::vector<PivotKey>& b) const {
        const int rank_a = worst_rank(a);
        const int rank_b = worst_rank(b);
        return rank_a != rank_b ? rank_a < rank_b : a.size() < b.size();
    }
    [[nodiscard]] int worst_rank(const std::vector<PivotKey>& keys) const {
        int worst = 0;
        for (const PivotKey& key : keys)
            worst = std::max(worst, rank_of(fields_[key.field]));
        return worst;
    }

    [[nodiscard]] Keys of_test(const FieldTest& test) const {
        std::vector<PivotKey> keys;
        for (const std::string& value : test.exact)
            keys.push_back({test.field, value});
        if (test.every && !keys.empty()) return std::vector{keys.front()};
        for (const ValueTest& value : test.tests) {
            const auto* pattern = std::get_if<TextPattern>(&value);
            const auto exact = pattern != nullptr ? pattern->exact_folded() : std::nullopt;
            if (exact) keys.push_back({test.field, *exact});
            if (exact && test.every) return std::vector{keys.front()};
            if (!exact && !test.every) return std::nullopt;  // it may hold without any of the equalities
        }
        if (keys.empty()) return std::nullopt;
        return keys;
    }

    // All children hold together: any one's set will do.
    [[nodiscard]] Keys best_of(const std::vector<ConditionNode>& children) const {
        Keys best;
        for (const ConditionNode& child : children) {
            Keys keys = of(child);
            if (keys && (!best || better(*keys, *best))) best = std::move(keys);
        }
        return best;
    }
    // One child holds: every child must have a set.
    [[nodiscard]] Keys union_of(const std::vector<ConditionNode>& children) const {
        std::vector<PivotKey> all;
        for (const ConditionNode& child : children) {
            Keys keys = of(child);
            if (!keys) return std::nullopt;
            all.insert(all.end(), keys->begin(), keys->end());
        }
        if (all.empty()) return std::nullopt;
        return all;
    }

    std::span<const FieldPath> fields_;
};

}  // namespace

std::optional<std::vector<PivotKey>> pivot_keys(const Condition& condition) {
    return Finder{condition.fields()}.of(condition.root());
}

}  // namespace entrawatch
