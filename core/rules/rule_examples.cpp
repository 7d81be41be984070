#include <algorithm>

#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/rules/rule_set.hpp"

namespace entrawatch {
namespace {

Directory directory_of(const RuleExample& example, std::span<const RoleInfo> shipped_roles) {
    std::vector<EmergencyAccount> accounts;
    for (const std::string& id : example.emergency_accounts)
        accounts.push_back({id, "emergency account " + id});
    DirectoryReading reading;
    if (!example.ms_pim_id.empty()) reading.ms_pim_id = example.ms_pim_id;
    return {std::move(accounts), {shipped_roles.begin(), shipped_roles.end()}, std::move(reading)};
}

std::string in_words(const std::vector<Finding>& findings) {
    std::string words;
    for (const Finding& finding : findings)
        words += (words.empty() ? "" : ", ") + std::string{name_of(finding.severity)};
    return words;
}

// What is wrong with the outcome; empty when nothing is.
std::string complaint(const RuleExample& example, const std::vector<Finding>& findings) {
    if (!example.fires) {
        return findings.empty() ? std::string{} : "fires (" + in_words(findings) + ") but must stay silent";
    }
    if (findings.empty()) return "stays silent but must fire";
    if (example.findings && static_cast<std::size_t>(*example.findings) != findings.size()) {
        return "makes " + std::to_string(findings.size()) + " findings, not " +
               std::to_string(*example.findings);
    }
    const bool as_expected =
        !example.severity || std::all_of(findings.begin(), findings.end(),
                                         [&](const Finding& f) { return f.severity == *example.severity; });
    if (as_expected) return {};
    return "is " + in_words(findings) + ", not " + std::string{name_of(*example.severity)};
}

}  // namespace

Problems run_examples(const Rule& rule, std::span<const RoleInfo> shipped_roles) {
    Problems problems;
    const RuleSet alone{{rule}};
    const RuleScratchPtr scratch = make_rule_scratch();
    JsonReader reader;
    for (const RuleExample& example : rule.examples) {
        const auto report = [&](const std::string& what) {
            problems.push_back({rule.file, example.line, "example \"" + example.name + "\" " + what, false});
        };
        const auto record = reader.parse(example.record);
        if (!record) {
            report("has a record that is no JSON: " + record.error().text());
            continue;
        }
        auto event = normalize(feed_of(example.feed), *record);
        if (!event) {
            report("has a record that is rejected: " + event.error().text());
            continue;
        }
        enrich(*event, directory_of(example, shipped_roles));
        if (std::string what = complaint(example, alone.evaluate(*event, *record, *scratch)); !what.empty()) {
            report(what);
        }
    }
    return problems;
}

}  // namespace entrawatch
