#include "core/rules/sigma_entrawatch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

using test::text_of;

// The key begins at line 6, its content at line 7.
SigmaFile read_key(std::string_view lines, const SigmaOptions& options = {},
                   std::string_view service = "auditlogs") {
    std::string yaml =
        "title: t\nid: 0a0b0c0d-0000-4000-8000-000000000001\nlevel: low\nlogsource: {product: azure, "
        "service: " +
        std::string{service} + "}\ndetection: {s: {id: x}, condition: s}\nentrawatch:\n  scenario: X-1\n";
    while (!lines.empty()) {
        const auto end = lines.find('\n');
        yaml += "  " + std::string{lines.substr(0, end)} + "\n";
        lines = end == std::string_view::npos ? std::string_view{} : lines.substr(end + 1);
    }
    return test::read_rule(yaml, options);
}

TEST(SigmaEntrawatch, TakesItsFeedsInsteadOfTheLogSources) {
    const SigmaFile file = read_key("feeds: [risk_detections, directory_audits, risk_detections]");
    ASSERT_EQ(file.rules.size(), 1U) << text_of(file.problems);
    EXPECT_THAT(file.rules[0].feeds, testing::ElementsAre(FeedId::risk_detections, FeedId::directory_audits));
}

TEST(SigmaEntrawatch, LeavesTheDifferencesAtTheEndOfASummaryToTheAlert) {
    const SigmaFile file = read_key("summary: '{actor.name} changed it: {differences|nobody knows what}'");
    ASSERT_EQ(file.rules.size(), 1U) << text_of(file.problems);
    EXPECT_EQ(file.rules[0].summary, "{actor.name} changed it: ");
    EXPECT_EQ(file.rules[0].summary_fields.size(), 1U);
    EXPECT_EQ(file.rules[0].differences, "nobody knows what");
    const SigmaFile without = read_key("summary: '{actor.name} changed it'");
    ASSERT_EQ(without.rules.size(), 1U);
    EXPECT_FALSE(without.rules[0].differences.has_value());
}

TEST(SigmaEntrawatch, SaysWhetherMutesMayHideItsAlerts) {
    EXPECT_FALSE(read_key("window: 1h").rules.at(0).unsilenceable);
    EXPECT_FALSE(read_key("unsilenceable: false").rules.at(0).unsilenceable);
    EXPECT_TRUE(read_key("unsilenceable: true").rules.at(0).unsilenceable);
}

struct EntrawatchMistake {
    std::string_view lines;
    std::string_view problem;
};

TEST(SigmaEntrawatch, NamesWhatIsWrongInIt) {
    const EntrawatchMistake mistakes[] = {
        {"feeds: [directory_audit]",
         "rule.yml:8: no feed is named `directory_audit`; did you mean `directory_audits`?"},
        {"subject: []", "rule.yml:8: `subject` names one to 8 fields"},
        {"subject: [actor.idd]", "rule.yml:8: unknown field `actor.idd`; did you mean `actor.id`?"},
        {"window: -1h", "rule.yml:8: `window` must be a duration such as 1h, 24h or 7d"},
        {"unsilenceable: maybe", "rule.yml:8: `unsilenceable` must be true or false"},
        {"windw: 1h", "rule.yml:8: unknown key `windw` in `entrawatch`; did you mean `window`?"},
        {"summary: '{actor.nam}'", "rule.yml:8: unknown field `actor.nam`; did you mean `actor.name`?"},
        {"summary: '{actor.name'",
         "rule.yml:8: a brace in the summary has no partner; write {{ for a brace that is text"},
        {"summary: '{differences} and more'",
         "rule.yml:8: `{differences}` can only stand at the end of the summary, and once"},
        {"summary: '{differences} {differences}'",
         "rule.yml:8: `{differences}` can only stand at the end of the summary, and once"},
        {"severity: high", "rule.yml:8: `severity` must be a list of at most 32 adjustments"},
        {"severity:\n  - {level: high, because: x}", "rule.yml:9: an entry of `severity` needs `when`"},
        {"severity:\n  - {when: {id: x}, because: x}",
         "rule.yml:9: an entry of `severity` needs either `level` or `raise`"},
        {"severity:\n  - {when: {id: x}, raise: 1, level: low, because: x}",
         "rule.yml:9: an entry of `severity` needs either `level` or `raise`"},
        {"severity:\n  - {when: {id: x}, raise: 1}",
         "rule.yml:9: an entry of `severity` needs `because`: the reason that the alert shows"},
        {"severity:\n  - {when: {id: x}, raise: 9, because: x}",
         "rule.yml:9: `raise` must be a number of levels from -4 to 4, and not 0"},
        {"severity:\n  - {when: {idd: x}, raise: 1, because: x}",
         "rule.yml:9: unknown field `idd`; did you mean `id`?"},
        {"severity:\n  - {wen: {id: x}, raise: 1, because: x}",
         "rule.yml:9: unknown key `wen` in an entry of `severity`; did you mean `when`?"},
        {"needs: {permission: x}",
         "rule.yml:8: unknown key `permission` in `needs`; did you mean `permissions`?"},
        {"needs: x", "rule.yml:8: `needs` must be a map of keys and values"},
        {"act: [a]", "rule.yml:8: `act` must be a text"},
        {"scenario: Y", "rule.yml:8: `scenario` stands twice in `entrawatch`"},
        {"examples: {fire: []}", "rule.yml:8: unknown key `fire` in `examples`; did you mean `fires`?"},
        {"examples: {fires: x}", "rule.yml:8: `fires` must be a list of at most 100 examples"},
        {"examples:\n  fires:\n    - {record: {id: '1'}}", "rule.yml:10: an example needs a `name`"},
        {"examples:\n  fires:\n    - {name: n}", "rule.yml:10: an example needs a `record`"},
        {"examples:\n  fires:\n    - {name: n, record: [1]}",
         "rule.yml:10: `record` must be a Graph record: a map, or a text with JSON"},
        {"examples:\n  fires:\n    - {name: n, record: '[1]'}",
         "rule.yml:10: `record` must be one JSON object"},
        {"examples:\n  fires:\n    - {name: n, record: {a: 1}, findings: 0}",
         "rule.yml:10: `findings` must be a number from 1"},
        {"examples:\n  fires:\n    - {name: n, record: {a: 1}, severity: huge}",
         "rule.yml:10: `severity` must be informational, low, medium, high or critical"},
        {"examples:\n  silent:\n    - {name: n, record: {a: 1}, severity: high}",
         "rule.yml:10: unknown key `severity` in a silent example"},
        {"examples:\n  fires:\n    - {name: n, record: {a: 1}, feed: risk_detections}",
         "rule.yml:10: `feed` must be one of the rule's feeds"},
        {"examples:\n  fires:\n    - {name: n, record: {a: 1}, context: {emergency_account: x}}",
         "rule.yml:10: unknown key `emergency_account` in `context`; did you mean `emergency_accounts`?"},
    };
    for (const EntrawatchMistake& mistake : mistakes) {
        const SigmaFile file = read_key(mistake.lines);
        EXPECT_TRUE(file.rules.empty()) << mistake.lines;
        EXPECT_EQ(text_of(file.problems), std::string{mistake.problem} + "\n") << mistake.lines;
    }
}

TEST(SigmaEntrawatch, SaysWhereARecordIsNoJson) {
    const SigmaFile file = read_key("examples:\n  fires:\n    - name: n\n      record: |\n        {\"a\": }");
    EXPECT_EQ(text_of(file.problems).find("rule.yml:11: `record` is no JSON: "), 0U)
        << text_of(file.problems);
}

TEST(SigmaEntrawatch, WantsBothKindsOfExamplesWhereTheyAreRequired) {
    SigmaOptions strict;
    strict.require_examples = true;
    EXPECT_EQ(text_of(read_key("act: a", strict).problems),
              "rule.yml:6: the rule has no example that fires\nrule.yml:6: the rule has no example that "
              "stays silent\n");
    EXPECT_EQ(text_of(read_key("examples: {fires: [{name: n, record: {a: 1}}]}", strict).problems),
              "rule.yml:6: the rule has no example that stays silent\n");
    EXPECT_EQ(text_of(read_key("act: a").problems), "");
    EXPECT_EQ(text_of(test::read_rule(test::rule_with("s: {id: x}\ncondition: s"), strict).problems), "");
}

TEST(SigmaEntrawatch, WantsTheFeedOfAnExampleWhereTheRuleReadsSeveral) {
    const SigmaFile file = read_key("examples:\n  fires:\n    - {name: n, record: {a: 1}}", {}, "signinlogs");
    EXPECT_EQ(text_of(file.problems),
              "rule.yml:10: an example needs a `feed`, because the rule reads several\n");
}

}  // namespace
}  // namespace entrawatch
