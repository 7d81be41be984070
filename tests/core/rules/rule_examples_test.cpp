#include <gtest/gtest.h>

#include "core/context/directory.hpp"
#include "tests/core/rules/rule_support.hpp"
#include "tests/support/records.hpp"

namespace entrawatch {
namespace {

const std::vector<RoleInfo>& roles() {
    static const std::vector<RoleInfo> all{
        {std::string{records::global_administrator}, "Global Administrator", "critical"},
        {std::string{records::user_administrator}, "User Administrator", "high"}};
    return all;
}

// A rule for roles given outside PIM, with these examples (a flow map).
std::string outcome(const std::string& examples) {
    const std::string yaml = R"(title: t
id: 0a0b0c0d-0000-4000-8000-000000000001
level: medium
logsource: {product: azure, service: auditlogs}
detection:
  selection: {activityDisplayName: Add member to role}
  pim: {context.actor.ms_pim: true}
  condition: selection and not pim
entrawatch:
  subject: [role.id, target.id]
  severity:
    - {when: {context.role.tier: critical}, level: high, because: the role is critical}
    - {when: {context.target.emergency: true}, raise: 1, because: an emergency account received it}
  examples:
)" + examples;
    const SigmaFile file = test::read_rule(yaml);
    EXPECT_EQ(test::text_of(file.problems), "");
    if (file.rules.empty()) return "no rule";
    return test::text_of(run_examples(file.rules[0], roles()));
}

// An example at line 15; `more` are further lines of it.
std::string example(const std::string& kind, const std::string& record, const std::string& more = {}) {
    return "    " + kind + ":\n      - name: an act\n" + (more.empty() ? "" : "        " + more + "\n") +
           "        record: |\n          " + record + "\n";
}

TEST(RunExamples, IsContentWhenARuleDoesWhatItSays) {
    const std::string given = records::role_added().json();
    EXPECT_EQ(outcome(example("fires", given, "severity: high")), "");
    const std::string other = records::Audit{}.json();
    EXPECT_EQ(outcome(example("silent", other)), "");
}

TEST(RunExamples, NamesAnExampleThatShouldFireAndDoesNot) {
    EXPECT_EQ(outcome(example("fires", records::Audit{}.json())),
              "rule.yml:16: example \"an act\" stays silent but must fire\n");
}

TEST(RunExamples, NamesAnExampleThatShouldBeSilentAndIsNot) {
    EXPECT_EQ(outcome(example("silent", records::role_added().json())),
              "rule.yml:16: example \"an act\" fires (high) but must stay silent\n");
}

TEST(RunExamples, NamesAWrongSeverityOrCount) {
    const std::string given = records::role_added().json();
    EXPECT_EQ(outcome(example("fires", given, "severity: low")),
              "rule.yml:16: example \"an act\" is high, not low\n");
    EXPECT_EQ(outcome(example("fires", given, "findings: 2")),
              "rule.yml:16: example \"an act\" makes 1 findings, not 2\n");
}

TEST(RunExamples, NamesARecordThatCannotBeRead) {
    const std::string problem = outcome(example("fires", R"({"activityDisplayName": "Add member to role"})"));
    EXPECT_EQ(problem.find("rule.yml:16: example \"an act\" has a record that is rejected: "), 0U) << problem;
}

TEST(RunExamples, JudgesWithTheDirectoryThatTheExampleGives) {
    records::RoleChange by_pim;
    by_pim.initiator = records::app_initiator(records::ms_pim_id, "MS-PIM");
    const std::string record = records::role_added(by_pim).json();
    const std::string known = "context: {ms_pim_id: " + std::string{records::ms_pim_id} + "}";
    EXPECT_EQ(outcome(example("silent", record, known)), "");
    EXPECT_EQ(outcome(example("fires", record)), "") << "what is not known must not silence the rule";
    EXPECT_EQ(outcome("    fires:\n      - name: n\n        context: {emergency_accounts: [" +
                      std::string{records::bob_id} +
                      "]}\n        severity: critical\n        record: |\n          " +
                      records::role_added().json() + "\n"),
              "");
}

}  // namespace
}  // namespace entrawatch
