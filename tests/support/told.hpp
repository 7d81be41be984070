// What the shipped rules, all of them together, tell about one record: for tests of one act, one alert.
#pragma once

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/payload/native.hpp"
#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/feed/diagnostic.hpp"
#include "core/rules/rule_set.hpp"
#include "tests/support/shipped_data.hpp"

namespace entrawatch::test {

inline const Rule& rule_named(std::string_view name) {
    const auto& rules = shipped().rules;
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.name == name; });
    if (found == rules.end()) throw std::runtime_error{"no rule " + std::string{name}};
    return *found;
}

inline const RuleExample& example_of(std::string_view rule, std::string_view name) {
    const auto& examples = rule_named(rule).examples;
    const auto found =
        std::find_if(examples.begin(), examples.end(), [&](const RuleExample& e) { return e.name == name; });
    if (found == examples.end())
        throw std::runtime_error{std::string{rule} + " has no example " + std::string{name}};
    return *found;
}

// What one alert is: the act and its subject.
struct Told {
    std::string rule;
    std::string act;
    std::string subject;
    Severity severity;
    std::string summary;
};

// All shipped rules on the record of one example, as the daemon would run them. `tenant_roles`: what was read
// from the tenant beside the shipped roles.
inline std::vector<Told> told_about(const RuleExample& example, std::vector<RoleInfo> tenant_roles = {}) {
    static const RuleSet rules{shipped().rules};
    std::vector<EmergencyAccount> accounts;
    for (const std::string& id : example.emergency_accounts)
        accounts.push_back({id, "glass-one"});
    DirectoryReading reading;
    reading.roles = std::move(tenant_roles);
    if (!example.ms_pim_id.empty()) reading.ms_pim_id = example.ms_pim_id;
    const Directory directory{accounts, shipped_roles(), reading};
    JsonReader reader;
    const auto json = reader.parse(example.record);
    if (!json) throw std::runtime_error{json.error().text()};
    // The records of a correlation may be of several feeds.
    const FeedId feed = example.feed_named || example.earlier.empty()
                            ? example.feed
                            : guess_feed(*json).value_or(example.feed);
    auto event = normalize(feed_of(feed), *json);
    if (!event) throw std::runtime_error{event.error().text()};
    enrich(*event, directory);
    const RuleScratchPtr scratch = make_rule_scratch();
    std::vector<Told> told;
    for (const Finding& finding : rules.evaluate(*event, *json, *scratch)) {
        if (finding.step >= 0) continue;  // adds to a correlation, which one record does not tell
        told.push_back({finding.rule->name, finding.rule->act, finding.subject, finding.severity,
                        told_summary(finding, differences_of(*event, &directory))});
    }
    return told;
}

inline std::set<std::string> alerts_of(const std::vector<Told>& told) {
    std::set<std::string> keys;
    for (const Told& one : told)
        keys.insert(one.act + "|" + one.subject);
    return keys;
}

inline std::string summary_by(const std::vector<Told>& told, std::string_view rule) {
    for (const Told& one : told) {
        if (one.rule == rule) return one.summary;
    }
    return "(the rule did not fire)";
}

}  // namespace entrawatch::test
