#include "core/rules/sigma_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

using test::read_rule;
using test::text_of;
using testing::ElementsAre;

// A rule of ours with everything in it.
constexpr std::string_view whole_rule = R"(title: A role was given
id: 0A0B0C0D-0000-4000-8000-000000000001
status: stable
description: Somebody gave a role.
references: [https://example.com/a]
tags: [attack.persistence, attack.t1098.003, attack.T1078, other.t1]
logsource: {product: azure, service: auditlogs}
detection:
  selection:
    activityDisplayName: Add member to role
  condition: selection
falsepositives: [Changes that were planned]
level: high
entrawatch:
  scenario: PR-1
  act: role-assigned
  subject: [role.id, target.id]
  window: 24h
  severity:
    - {when: {context.role.tier: critical}, level: critical, because: the role is tier 0}
    - {when: [{actor.kind: app}, {actor.kind: unknown}], raise: 1, because: no person did it}
  needs: {permissions: [RoleManagement.Read.Directory], licence: P1}
  summary: "{actor.name} gave {role.name} to {target.name}"
  runbook: https://example.com/runbook
  examples:
    fires:
      - name: a person gives it
        context: {ms_pim_id: 00000000-0000-4000-8000-00000000f1f1, emergency_accounts: [00000000-0000-4000-8000-0000000000e1]}
        severity: high
        findings: 1
        record: {"id": "1", "n": 1.50, "b": true, "t": "true", "none": null, "list": [1, "a\"b\\"]}
    silent:
      - name: something else
        record: |
          {"id": "2"}
)";

TEST(SigmaReader, ReadsEveryPartOfARule) {
    const SigmaFile file = read_sigma(whole_rule, "rules/a.yml", "pim/a", {true, {}});
    ASSERT_EQ(text_of(file.problems), "");
    ASSERT_EQ(file.rules.size(), 1U);
    const Rule& rule = file.rules[0];
    EXPECT_EQ(rule.title, "A role was given");
    EXPECT_EQ(rule.id, "0a0b0c0d-0000-4000-8000-000000000001");
    EXPECT_EQ(rule.name, "pim/a");
    EXPECT_EQ(rule.file, "rules/a.yml");
    EXPECT_EQ(rule.line, 1);
    EXPECT_EQ(rule.status, "stable");
    EXPECT_EQ(rule.description, "Somebody gave a role.");
    EXPECT_THAT(rule.references, ElementsAre("https://example.com/a"));
    EXPECT_THAT(rule.attack, ElementsAre("T1098.003", "T1078"));
    EXPECT_THAT(rule.false_positives, ElementsAre("Changes that were planned"));
    EXPECT_THAT(rule.feeds, ElementsAre(FeedId::directory_audits));
    EXPECT_EQ(rule.level, Severity::high);
    EXPECT_EQ(rule.scenario, "PR-1");
    EXPECT_EQ(rule.act, "role-assigned");
    ASSERT_EQ(rule.subject.size(), 2U);
    EXPECT_EQ(rule.subject[0].name(), "role.id");
    EXPECT_EQ(rule.window, std::chrono::hours{24});
    ASSERT_EQ(rule.severity.size(), 2U);
    EXPECT_EQ(rule.severity[0].level, Severity::critical);
    EXPECT_EQ(rule.severity[0].reason, "the role is tier 0");
    EXPECT_EQ(rule.severity[1].level, std::nullopt);
    EXPECT_EQ(rule.severity[1].raise, 1);
    EXPECT_THAT(rule.permissions, ElementsAre("RoleManagement.Read.Directory"));
    EXPECT_EQ(rule.licence, "P1");
    EXPECT_EQ(rule.summary_fields.size(), 3U);
    EXPECT_EQ(rule.runbook, "https://example.com/runbook");
}

TEST(SigmaReader, ReadsExamplesWithTheirRecordsAsJson) {
    const SigmaFile file = read_sigma(whole_rule, "rules/a.yml", "pim/a", {true, {}});
    ASSERT_EQ(file.rules.size(), 1U);
    const auto& examples = file.rules[0].examples;
    ASSERT_EQ(examples.size(), 2U);
    EXPECT_EQ(examples[0].name, "a person gives it");
    EXPECT_TRUE(examples[0].fires);
    EXPECT_EQ(examples[0].line, 27);
    EXPECT_EQ(examples[0].feed, FeedId::directory_audits);
    EXPECT_EQ(examples[0].ms_pim_id, "00000000-0000-4000-8000-00000000f1f1");
    EXPECT_THAT(examples[0].emergency_accounts, ElementsAre("00000000-0000-4000-8000-0000000000e1"));
    EXPECT_EQ(examples[0].severity, Severity::high);
    EXPECT_EQ(examples[0].findings, 1);
    EXPECT_EQ(examples[0].record,
              R"({"id":"1","n":1.50,"b":true,"t":"true","none":null,"list":[1,"a\"b\\"]})");
    EXPECT_FALSE(examples[1].fires);
    EXPECT_EQ(examples[1].record, "{\"id\": \"2\"}\n");
}

TEST(SigmaReader, GivesAForeignRuleItsDefaults) {
    const std::string yaml =
        "title: Odd {thing}\n" + test::rule_with("s: {category: x}\ncondition: s").substr(14);
    const SigmaFile file = read_rule(yaml);
    ASSERT_EQ(text_of(file.problems), "");
    ASSERT_EQ(file.rules.size(), 1U);
    const Rule& rule = file.rules[0];
    EXPECT_EQ(rule.level, Severity::medium);
    EXPECT_EQ(rule.window, std::chrono::hours{1});
    ASSERT_EQ(rule.subject.size(), 3U);
    EXPECT_EQ(rule.subject[0].name(), "actor.id");
    EXPECT_EQ(rule.subject[1].name(), "target.id");
    EXPECT_EQ(rule.subject[2].name(), "activity");
    EXPECT_EQ(rule.summary, "Odd {{thing}}: {activity} by {actor.name} on {target.name}");
    EXPECT_EQ(rule.id.size(), 36U);
    EXPECT_EQ(rule.act, rule.id);
    EXPECT_EQ(read_rule(yaml).rules[0].id, rule.id);  // the same every time
    EXPECT_NE(read_sigma(yaml, "rule.yml", "test/other", {}).rules[0].id, rule.id);
}

TEST(SigmaReader, ReadsEveryDocumentOfAFile) {
    const std::string one = test::rule_with("s: {category: x}\ncondition: s");
    const SigmaFile file = read_rule("---\n" + one + "---\n" + one + "---\n" + "title: broken\n");
    ASSERT_EQ(file.rules.size(), 2U);
    EXPECT_EQ(file.rules[0].name, "test/rule");
    EXPECT_EQ(file.rules[1].name, "test/rule#2");
    EXPECT_EQ(text_of(file.problems),
              "rule.yml:14: the rule has no `logsource`\nrule.yml:14: the rule has no `detection`\n");
}

struct Source {
    std::string logsource;
    std::vector<FeedId> feeds;
};

TEST(SigmaReader, FindsTheFeedsOfALogSource) {
    const std::vector<FeedId> sign_ins{FeedId::sign_ins_interactive, FeedId::sign_ins_non_interactive,
                                       FeedId::sign_ins_service_principal, FeedId::sign_ins_managed_identity};
    const Source sources[] = {
        {"{product: azure, service: auditlogs}", {FeedId::directory_audits}},
        {"{product: Azure, service: AuditLogs}", {FeedId::directory_audits}},
        {"{product: azure, service: pim}", {FeedId::directory_audits}},
        {"{product: azure, service: activitylogs, category: AuditLogs}", {FeedId::directory_audits}},
        {"{product: azure, service: signinlogs}", sign_ins},
        {"{product: azure, service: provisioning}", {FeedId::provisioning}},
        {"{product: azure, service: PimAlert}", {FeedId::pim_alerts}},
        {"{product: azure, service: riskdetection}",
         {FeedId::risk_detections, FeedId::service_principal_risk_detections}},
        {"{product: azure, service: activitylogs}", {}},
        {"{product: aws, service: auditlogs}", {}},
        {"{product: windows, service: security}", {}},
    };
    for (const Source& source : sources) {
        const auto file = read_rule("title: t\nlogsource: " + source.logsource +
                                    "\ndetection: {s: {id: x}, condition: s}\n");
        if (source.feeds.empty()) {
            EXPECT_TRUE(file.rules.empty());
            EXPECT_FALSE(has_errors(file.problems)) << "a foreign rule for another log is no mistake";
            EXPECT_EQ(text_of(file.problems).find("rule.yml:2: warning: no feed carries product"), 0U);
        } else {
            ASSERT_EQ(file.rules.size(), 1U) << source.logsource << text_of(file.problems);
            EXPECT_EQ(file.rules[0].feeds, source.feeds) << source.logsource;
        }
    }
}

// One rule with many mistakes: all of them are found at once.
TEST(SigmaReader, FindsEveryProblemOfAFileInOneRun) {
    const SigmaFile file = read_rule(R"(title: ''
id: not-a-uuid
status: stabel
titel: a near miss
level: severe
logsource: {product: azure, service: auditlogs}
detection:
  selection:
    activityDisplayNam: Add user
    category|contain: x
  selection: {category: y}
  condition: selection and filter
entrawatch:
  senario: X
  window: soon
)");
    EXPECT_TRUE(file.rules.empty());
    EXPECT_EQ(text_of(file.problems),
              "rule.yml:4: warning: `titel` is ignored; did you mean `title`?\n"
              "rule.yml:1: the rule has no `title`\n"
              "rule.yml:3: `status` must be stable, test, experimental, deprecated or unsupported; did you "
              "mean `stable`?\n"
              "rule.yml:5: `level` must be informational, low, medium, high or critical\n"
              "rule.yml:2: `id` must be a uuid of your own, such as the command uuidgen prints\n"
              "rule.yml:11: `selection` stands twice in `detection`\n"
              "rule.yml:9: unknown field `activityDisplayNam`; did you mean `activityDisplayName`?\n"
              "rule.yml:10: unknown modifier `contain`; did you mean `contains`?\n"
              "rule.yml:12: condition: no selection is named `filter`\n"
              "rule.yml:14: unknown key `senario` in `entrawatch`; did you mean `scenario`?\n"
              "rule.yml:15: `window` must be a duration such as 1h, 24h or 7d\n");
}

struct DetectionMistake {
    std::string_view detection;
    std::string_view problems;
};

TEST(SigmaReader, NamesWhatIsWrongWithADetection) {
    const DetectionMistake mistakes[] = {
        {"s: {category: x}", "rule.yml:3: `detection` has no `condition`\n"},
        {"s: {category: x}\ncondition: ''",
         "rule.yml:5: `condition` is empty; name the selections, such as: selection and not filter\n"},
        {"s: {}\ncondition: s", "rule.yml:4: `s` is empty, which would match every event\n"},
        {"s: []\ncondition: s", "rule.yml:4: `s` is an empty list, which matches nothing\n"},
        {"s:\ncondition: s",
         "rule.yml:4: `s` is empty; a selection is a map, a list of maps or a list of keywords\n"},
        {"s: [[a]]\ncondition: s", "rule.yml:4: `s` may hold maps and keywords only\n"},
        {"s: {category: x, category: y}\ncondition: s", "rule.yml:4: `category` stands twice in `s`\n"},
        {"s: {category: x}\ntimeframe: 5m\ncondition: s",
         "rule.yml:5: `timeframe` is no part of Sigma 2; use a correlation rule\n"},
        {"s: {? [a] : x}\ncondition: s", "rule.yml:4: a key in `s` must be a text\n"},
    };
    for (const DetectionMistake& mistake : mistakes) {
        const SigmaFile file = read_rule(test::rule_with(mistake.detection));
        EXPECT_EQ(text_of(file.problems), mistake.problems) << mistake.detection;
        EXPECT_TRUE(file.rules.empty());
    }
}

TEST(SigmaReader, LoadsNoForeignRuleThatItCannotEvaluateAndSaysWhy) {
    const SigmaFile file = read_rule(test::rule_with("s: {eventSource: x}\ncondition: s"));
    EXPECT_TRUE(file.rules.empty());
    EXPECT_FALSE(has_errors(file.problems));
    EXPECT_EQ(text_of(file.problems),
              "rule.yml:4: warning: unknown field `eventSource`; the rule is not loaded\n");
    const SigmaFile other_feed = read_rule(test::rule_with("s: {riskEventType: x}\ncondition: s", "pim"));
    EXPECT_EQ(text_of(other_feed.problems),
              "rule.yml:4: warning: unknown field `riskEventType` in directory_audits (another feed has it); "
              "the rule is "
              "not loaded\n");
}

TEST(SigmaReader, SaysWhenAFieldMeansAnotherOne) {
    const SigmaFile file = read_rule(test::rule_with("s: {properties.message: Add user}\ncondition: s"));
    EXPECT_EQ(file.rules.size(), 1U);
    EXPECT_EQ(text_of(file.problems),
              "rule.yml:4: warning: no Entra record carries `properties.message`; it is read as `activity`, "
              "which is what "
              "such rules mean\n");
}

TEST(SigmaReader, SaysWhereTheYamlIsBroken) {
    EXPECT_EQ(text_of(read_rule("title: [\nlevel").problems).find("rule.yml:2: YAML: "), 0U);
    EXPECT_EQ(text_of(read_rule("title: t\n\tx: y").problems).find("rule.yml:2: YAML: "), 0U);
    EXPECT_EQ(text_of(read_rule("").problems), "rule.yml: the file is empty\n");
    EXPECT_EQ(text_of(read_rule("# nothing\n").problems), "rule.yml: the file is empty\n");
    EXPECT_EQ(text_of(read_rule("---\n---\n").problems), "rule.yml: the file is empty\n");
    EXPECT_EQ(text_of(read_rule("- a\n- b\n").problems),
              "rule.yml:1: the rule must be a map of keys and values\n");
}

TEST(SigmaReader, RefusesARuleThatIsBothOfOneEventAndOfSeveral) {
    const SigmaFile file =
        read_rule(test::rule_with("selection: {id: 1}\ncondition: selection") +
                  "correlation: {type: event_count, rules: [x], timespan: 1h, condition: {gte: 2}}\n");
    EXPECT_NE(text_of(file.problems).find("either a `detection` or a `correlation`"), std::string::npos);
}

TEST(SigmaReader, BoundsWhatAliasesMakeOfASmallFile) {
    std::string yaml =
        "title: t\nlogsource: {product: azure, service: auditlogs}\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 9; ++i) {
        yaml += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int j = 0; j < 10; ++j)
            yaml += (j > 0 ? ", *a" : "*a") + std::to_string(i - 1);
        yaml += "]\n";
    }
    yaml +=
        "detection: {s: {category: x}, condition: s}\nlevel: high\nid: 0a0b0c0d-0000-4000-8000-000000000001\n"
        "entrawatch: {examples: {fires: [{name: n, record: {x: *a8}}]}}\n";
    const SigmaFile file = read_rule(yaml);
    EXPECT_TRUE(file.rules.empty());
    EXPECT_NE(text_of(file.problems).find("more than 200000 nodes once its aliases are followed"),
              std::string::npos);
}

TEST(SigmaReader, SurvivesARecordThatContainsItself) {
    const SigmaFile file = read_rule(
        "title: t\nid: 0a0b0c0d-0000-4000-8000-000000000001\nlevel: low\nlogsource: {product: azure, "
        "service: auditlogs}\n"
        "detection: {s: {category: x}, condition: s}\nentrawatch:\n  examples:\n    fires:\n      - name: n\n"
        "        record: &r {inner: *r}\n");
    EXPECT_TRUE(file.rules.empty());
    EXPECT_TRUE(has_errors(file.problems));
}

TEST(SigmaReader, RefusesFilesThatAreTooLarge) {
    EXPECT_EQ(text_of(read_rule(std::string(max_rule_file_bytes + 1, '#')).problems),
              "rule.yml: the file is larger than 1048576 bytes\n");
    std::string many;
    for (std::size_t i = 0; i <= max_rules_per_file; ++i)
        many += "---\ntitle: t\n";
    const std::string problem =
        "rule.yml: the file has more than 500 rules, or begins with a character such as `,`; split or mend "
        "it\n";
    EXPECT_EQ(text_of(read_rule(many).problems), problem);
    // Where yaml-cpp finds documents without end.
    EXPECT_EQ(text_of(read_rule(",").problems), problem);
    EXPECT_EQ(text_of(read_rule(",title: t\nid: x\n").problems), problem);
}

TEST(SigmaReader, StaysQuickOnFilesMadeToBeSlow) {
    std::string unknown_fields;
    std::string changes;
    std::string conditions = "[s";
    std::string regexes;
    for (int i = 0; i < 20'000; ++i) {
        const std::string n = std::to_string(i);
        unknown_fields += "f" + n + ": x, ";
        changes += "changes.p" + n + ".new: x, ";
        if (i < 1000) conditions += ", s";
        if (i < 600) regexes += "'" + n + "', ";
    }
    const auto problems_of = [](const std::string& detection) {
        return read_rule(test::rule_with(detection)).problems;
    };
    EXPECT_EQ(problems_of("s: {" + unknown_fields + "id: x}\ncondition: s").size(), 200U);
    EXPECT_EQ(text_of(problems_of("s: {" + changes + "id: x}\ncondition: s")),
              "rule.yml:5: condition: it is too large once its selections are put in\n");
    EXPECT_EQ(text_of(problems_of("s: {id: x}\ncondition: " + conditions + "]")),
              "rule.yml:5: `condition` lists more than 20 conditions\n");
    EXPECT_EQ(text_of(problems_of("s: {'id|re': [" + regexes + "x]}\ncondition: s"))
                  .find("rule.yml:4: the file has more than 500 regular expressions; split it\n"),
              0U);
    EXPECT_EQ(text_of(problems_of("s: {'id|windash': '" + std::string(2000, 'a') + "'}\ncondition: s")),
              "rule.yml:4: `expand` and `windash` take texts of at most 1024 bytes\n");
    std::string dashes;
    for (int i = 0; i < 100; ++i)
        dashes += "'-a -b -c -d -e', ";
    EXPECT_EQ(text_of(problems_of("s: {'id|windash|cased': [" + dashes + "x]}\ncondition: s")),
              "rule.yml:4: more than 10000 values; split the list or the rule\n");
}

TEST(SigmaReader, SurvivesDeepNesting) {
    const SigmaFile file = read_rule("title: " + std::string(100'000, '['));
    EXPECT_TRUE(has_errors(file.problems));
}

}  // namespace
}  // namespace entrawatch
