// test_record: the synthetic Graph record of `alerts test` and of canaries, made from a rule's own firing
// example. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/error.hpp"
#include "core/rules/rule.hpp"

namespace entrawatch {

// Its id begins with this, so that nobody takes the stored record for Microsoft's.
inline constexpr std::string_view test_record_prefix = "entrawatch-test-";

// The example as if it happened now: id and every time at the top of the record are replaced.
[[nodiscard]] Result<std::string> make_test_record(const RuleExample& example, std::string_view nonce,
                                                   Instant now);

// The first example that fires; nullptr when there is none.
[[nodiscard]] const RuleExample* firing_example(const Rule& rule);

// The rule that a test is made of when none is named: a sign-in of an emergency account, which every tenant
// fears; else another rule of the emergency accounts; else any that carries a firing example; the severest of
// them. nullptr when there is none.
[[nodiscard]] const Rule* default_test_rule(std::span<const Rule> rules);

}  // namespace entrawatch
