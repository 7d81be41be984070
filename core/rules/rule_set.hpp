// RuleSet: all rules in force, compiled so that the cost of an event hardly grows with their number.
//
// Rules are dispatched by feed and by the folded activity (or another equality) they demand; only candidates
// are evaluated. Immutable; shared by the tenants' lanes; replaced as a whole on reload. Used by
// daemon/ingest, `rules test` and `rules replay`.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/problem.hpp"
#include "core/event/event.hpp"
#include "core/feed/json.hpp"
#include "core/rules/finding.hpp"
#include "core/rules/rule.hpp"
#include "core/rules/rule_filter.hpp"

namespace entrawatch {

// Buffers kept from event to event; one per thread of work.
struct RuleScratch;
struct RuleScratchDeleter {
    void operator()(RuleScratch* scratch) const;
};
using RuleScratchPtr = std::unique_ptr<RuleScratch, RuleScratchDeleter>;
[[nodiscard]] RuleScratchPtr make_rule_scratch();

class RuleSet {
  public:
    // Rules with the same id: the later one replaces the earlier (a user's rule replaces a built-in). The
    // filters are resolved.
    explicit RuleSet(std::vector<Rule> rules, std::vector<RuleFilter> filters = {});
    ~RuleSet();
    RuleSet(RuleSet&&) noexcept;
    RuleSet& operator=(RuleSet&&) noexcept;
    RuleSet(const RuleSet&) = delete;
    RuleSet& operator=(const RuleSet&) = delete;

    // Findings of one event; those with a step are what the event adds to a correlation, not yet a
    // conclusion.
    [[nodiscard]] std::vector<Finding> evaluate(const Event& event, Json record, RuleScratch& scratch) const;

    [[nodiscard]] std::span<const Rule> rules() const;
    [[nodiscard]] std::span<const RuleFilter> filters() const { return filters_; }
    // By id or by name; nullptr when there is none.
    [[nodiscard]] const Rule* find(std::string_view id_or_name) const;

  private:
    struct Dispatch;
    [[nodiscard]] const RuleFilter* exception(const struct RuleFieldIds& ids, FeedId feed,
                                              class FieldCache& cache) const;
    std::vector<Rule> rules_;  // those in force, and behind them one for each step of their correlations
    std::size_t in_force_ = 0;
    std::vector<RuleFilter> filters_;
    std::unique_ptr<Dispatch> dispatch_;
};

// What the directory says in the world of an example.
[[nodiscard]] struct DirectoryReading reading_of(const RuleExample& example);
// Runs a rule's own examples; a Problem for each that does not do what it says.
[[nodiscard]] Problems run_examples(const Rule& rule, std::span<const struct RoleInfo> shipped_roles);

}  // namespace entrawatch
