// Modifiers, values and types, each on small records: one line of a selection at a time.
#include "core/rules/sigma_values.hpp"

#include <gtest/gtest.h>

#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "core/rules/sigma_encodings.hpp"
#include "tests/core/rules/rule_support.hpp"

namespace entrawatch {
namespace {

using test::item_matches;
using test::problems_of_item;
using test::Sample;

struct ValueCase {
    std::string item;
    bool matches;
};

void expect_all(const Sample& sample, const std::vector<ValueCase>& cases,
                std::string_view service = "auditlogs") {
    for (const ValueCase& c : cases)
        EXPECT_EQ(item_matches(c.item, sample, service), c.matches) << c.item;
}

TEST(SigmaValues, CompareTextFoldedAndWithWildcards) {
    const Sample sample{R"({"resultReason": "User  Registered\u00a0Temporary ACCESS pass "})"};
    expect_all(sample, {
                           {"resultReason: user registered temporary access pass", true},
                           {"resultReason: user registered", false},
                           {"resultReason: user registered*", true},
                           {"resultReason: '*access pass'", true},
                           {"resultReason: '*temporary*'", true},
                           {"resultReason: 'user*pass'", true},
                           {"resultReason: [other, '*pass']", true},
                           {"resultReason: [other, another]", false},
                           {"ResultReason: '*'", true},
                           {"resultReason: 'user\\*'", false},
                       });
}

TEST(SigmaValues, PlaceTextWithContainsStartswithAndEndswith) {
    const Sample sample{R"({"operationType": "AssignEligibleRole"})"};
    expect_all(sample, {
                           {"operationType|contains: eligible", true},
                           {"operationType|contains: eligable", false},
                           {"operationType|startswith: assign", true},
                           {"operationType|startswith: eligible", false},
                           {"operationType|endswith: role", true},
                           {"operationType|endswith: assign", false},
                           {"operationType|contains|all: [assign, role]", true},
                           {"operationType|contains|all: [assign, group]", false},
                           {"operationType|contains: [group, role]", true},
                           {"operationType|contains|cased: Eligible", true},
                           {"operationType|contains|cased: eligible", false},
                           {"operationType|cased: AssignEligibleRole", true},
                           {"operationType|cased: assigneligiblerole", false},
                           {"operationType|neq: Assign", true},
                           {"operationType|neq: assigneligiblerole", false},
                           {"operationType|contains|neq: eligible", false},
                           {"operationType|neq: [assign, update]", true},
                       });
}

TEST(SigmaValues, TellNullEmptyAndMissingApart) {
    const Sample sample{R"({"userAgent": null, "resultReason": "", "loggedByService": "PIM",
                            "initiatedBy": {"user": null, "app": {"appId": null}}, "targetResources": []})"};
    expect_all(sample, {
                           {"userAgent: null", true},
                           {"userAgent: ''", false},
                           {"userAgent: '*'", false},
                           {"userAgent|exists: false", true},
                           {"userAgent|neq: null", false},
                           {"resultReason: null", false},
                           {"resultReason: ''", true},
                           {"resultReason: '*'", true},
                           {"resultReason|exists: true", true},
                           {"correlationId: null", true},
                           {"correlationId: ~", true},
                           {"correlationId: ''", false},
                           {"correlationId|exists: true", false},
                           {"correlationId|neq: x", true},
                           {"loggedByService: null", false},
                           {"loggedByService|neq: null", true},
                           {"loggedByService: [null, '']", false},
                           {"initiatedBy.user: null", true},
                           {"initiatedBy.user.id: null", true},
                           {"initiatedBy.app: null", false},
                           {"initiatedBy.app|exists: true", true},
                           {"initiatedBy.app.appId: null", true},
                           {"targetResources: null", false},
                           {"targetResources: '[]'", true},
                           {"targetResources.id: null", true},
                       });
}

TEST(SigmaValues, MatchNumbersAndBooleansAsJsonAndAsText) {
    const Sample sample{
        R"({"status": {"errorCode": 50126}, "isInteractive": true, "autonomousSystemNumber": "64500",
        "appId": "True", "deviceDetail": {"isCompliant": false}, "processingTimeInMilliseconds": 1.5,
        "location": {"geoCoordinates": {"latitude": 52.0, "longitude": -0.5}}})",
        FeedId::sign_ins_interactive};
    expect_all(sample,
               {
                   {"status.errorCode: 50126", true},
                   {"status.errorCode: '50126'", true},
                   {"status.errorCode: 50126.0", true},
                   {"status.errorCode: 5012", false},
                   {"status.errorCode: '501*'", true},
                   {"status.errorCode: [0, 50126]", true},
                   {"ResultType: 50126", true},
                   {"autonomousSystemNumber: 64500", true},
                   {"isInteractive: true", true},
                   {"isInteractive: 'true'", true},
                   {"isInteractive: false", false},
                   {"isInteractive: 1", false},
                   {"appId: true", true},
                   {"deviceDetail.isCompliant: 'false'", true},
                   {"deviceDetail.isCompliant: FALSE", true},
                   {"location.geoCoordinates.latitude: 52", true},
                   {"location.geoCoordinates.longitude: -0.5", true},
                   {"processingTimeInMilliseconds: 1.50", true},
               },
               "signinlogs");
}

TEST(SigmaValues, CompareNumbersInOrder) {
    const Sample sample{
        R"({"status": {"errorCode": 50126}, "autonomousSystemNumber": "64500", "appId": "x",
                        "userAgent": "inf"})",
        FeedId::sign_ins_interactive};
    expect_all(sample,
               {
                   {"status.errorCode|gt: 50125", true},
                   {"status.errorCode|gt: 50126", false},
                   {"status.errorCode|gte: 50126", true},
                   {"status.errorCode|gte: 50127", false},
                   {"status.errorCode|lt: 50127", true},
                   {"status.errorCode|lt: 50126", false},
                   {"status.errorCode|lte: 50126", true},
                   {"status.errorCode|lte: 50125.9", false},
                   {"autonomousSystemNumber|gt: 64499", true},
                   {"appId|gt: 0", false},
                   {"userAgent|gt: 0", false},
                   {"userId|lt: 5", false},
               },
               "signinlogs");
}

TEST(SigmaValues, TakePartsOfTimes) {
    const Sample sample{R"({"createdDateTime": "2026-11-22T23:45:10.1Z", "appId": "2026"})",
                        FeedId::sign_ins_interactive};
    expect_all(sample,
               {
                   {"createdDateTime|hour: 23", true},
                   {"createdDateTime|hour|gte: 22", true},
                   {"createdDateTime|hour|lt: 23", false},
                   {"createdDateTime|minute: 45", true},
                   {"createdDateTime|day: 22", true},
                   {"createdDateTime|week: 47", true},  // a Sunday
                   {"createdDateTime|month: [10, 11]", true},
                   {"createdDateTime|year: 2025", false},
                   {"appId|hour: 0", false},
               },
               "signinlogs");
}

TEST(SigmaValues, RunRegularExpressionsOverTheTextAsSent) {
    const Sample sample{R"({"userAgent": "curl/8.5\nPython \u2013 x"})"};
    expect_all(sample, {
                           {"userAgent|re: '^curl/[0-9.]+'", true},
                           {"userAgent|re: '^CURL'", false},
                           {"userAgent|re|i: '^CURL'", true},
                           {"userAgent|re: '^Python'", false},
                           {"userAgent|re|m: '^Python'", true},
                           {"userAgent|re: 'curl.*Python'", false},
                           {"userAgent|re|s: 'curl.*Python'", true},
                           {"userAgent|re|i|s: 'CURL.*python'", true},
                           {"userAgent|re|all: ['curl', 'x$']", true},
                           {"userAgent|re: 'Python - x'", false},
                           {"userAgent|re: 'Python \u2013 x'", true},
                       });
}

TEST(SigmaValues, MatchAddressesByNetwork) {
    const Sample four{R"({"ipAddress": "198.51.100.7"})", FeedId::sign_ins_interactive};
    const Sample six{R"({"ipAddress": "2001:db8:1::7"})", FeedId::sign_ins_interactive};
    const Sample none{R"({"ipAddress": ""})", FeedId::sign_ins_interactive};
    expect_all(four,
               {{"ipAddress|cidr: 198.51.100.0/24", true},
                {"ipAddress|cidr: [10.0.0.0/8, 198.51.100.0/29]", true},
                {"ipAddress|cidr: 198.51.101.0/24", false},
                {"ipAddress|cidr: '::/0'", true}},
               "signinlogs");
    expect_all(six, {{"ipAddress|cidr: '2001:db8::/32'", true}, {"ipAddress|cidr: 0.0.0.0/0", false}},
               "signinlogs");
    expect_all(none, {{"ipAddress|cidr: 0.0.0.0/0", false}}, "signinlogs");
}

TEST(SigmaValues, CompareOneFieldWithAnother) {
    const Sample sample{R"({"initiatedBy": {"user": {"id": "A1", "userPrincipalName": "ann@example.com"}},
        "targetResources": [{"id": "b2"}, {"id": "a1", "displayName": "ann@example.com as guest"}]})"};
    expect_all(
        sample,
        {
            {"initiatedBy.user.id|fieldref: targetResources.id", true},
            {"initiatedBy.user.id|fieldref|cased: targetResources.id", false},
            {"initiatedBy.user.id|fieldref|neq: targetResources.id", false},
            {"initiatedBy.user.id|fieldref: correlationId", false},
            {"targetResources.displayName|fieldref|startswith: initiatedBy.user.userPrincipalName", true},
            {"targetResources.displayName|fieldref|contains: initiatedBy.user.userPrincipalName", true},
            {"targetResources.displayName|fieldref|endswith: initiatedBy.user.userPrincipalName", false},
            {"targetResources.displayName|fieldref: initiatedBy.user.userPrincipalName", false},
        });
}

TEST(SigmaValues, SearchForEncodedText) {
    const std::string plain = to_base64("start whoami end");
    const std::string wide = to_base64(to_utf16("whoami", Utf16::little));
    const Sample sample{R"({"resultReason": ")" + plain + R"(", "userAgent": ")" + wide + R"("})"};
    expect_all(sample, {
                           {"resultReason|base64offset|contains: whoami", true},
                           {"resultReason|base64offset|contains: whoam1", false},
                           {"resultReason|base64: start whoami end", true},
                           {"resultReason|base64: start whoami", false},
                           {"userAgent|wide|base64: whoami", true},
                           {"userAgent|utf16le|base64: whoami", true},
                           {"userAgent|utf16be|base64: whoami", false},
                           {"userAgent|base64: whoami", false},
                       });
    const Sample other_case{R"({"userAgent": ")" + to_lower_ascii(wide) + R"("})"};
    EXPECT_FALSE(item_matches("userAgent|wide|base64: whoami", other_case));  // base64 differs by case
}

TEST(SigmaValues, TakeEveryFlagCharacterForAnother) {
    const Sample sample{R"({"resultReason": "tool /c start"})"};
    expect_all(sample, {
                           {"resultReason|windash|contains: ' -c '", true},
                           {"resultReason|contains: ' -c '", false},
                           {"resultReason|windash|contains: ' -d '", false},
                       });
}

TEST(SigmaValues, ExpandPlaceholdersFromTheSettings) {
    SigmaOptions options;
    options.lists["admins"] = {"ann@example.com", "adm-*"};
    const Sample sample{R"({"initiatedBy": {"user": {"userPrincipalName": "ADM-7@example.com"}}})"};
    EXPECT_TRUE(
        item_matches("initiatedBy.user.userPrincipalName|expand: '%admins%'", sample, "auditlogs", options));
    EXPECT_FALSE(
        item_matches("initiatedBy.user.userPrincipalName|expand: 'x%admins%'", sample, "auditlogs", options));
    EXPECT_FALSE(
        item_matches("initiatedBy.user.userPrincipalName: '%admins%'", sample, "auditlogs", options));
    EXPECT_EQ(problems_of_item("userAgent|expand: '%admin%'", options),
              "rule.yml:5: no list is named `admin`; define it in the settings; did you mean `admins`?\n");
}

TEST(SigmaValues, FanOutOverArrays) {
    const Sample sample{R"({"targetResources": [{"id": "t1", "modifiedProperties": [{"displayName": "A"}]},
        {"id": "t2", "modifiedProperties": [{"displayName": "B"}, {"displayName": "C"}]}]})"};
    expect_all(sample, {
                           {"targetResources.id: t2", true},
                           {"targetResources.id: [t3, t1]", true},
                           {"targetResources.id|all: [t1, t2]", true},
                           {"targetResources.id|all: [t1, t3]", false},
                           {"targetResources.modifiedProperties.displayName: c", true},
                           {"TargetResources.ModifiedProperties.DisplayName: B", true},
                           {"targetResources|contains: t2", true},
                           {"targetResources|contains: t9", false},
                       });
}

TEST(SigmaValues, SearchKeywordsInEveryStringOfTheRecord) {
    const Sample sample{
        R"({"correlationId": "1", "additionalDetails": [{"key": "User-Agent", "value": "Evil Client/2"}],
        "status": 53003})"};
    EXPECT_TRUE(test::matches("keywords: [nothing, 'evil client']\ncondition: keywords", sample));
    EXPECT_FALSE(test::matches("keywords: [nothing, 'evil  server']\ncondition: keywords", sample));
    EXPECT_TRUE(test::matches("keywords: evil*2\ncondition: keywords", sample));
    EXPECT_TRUE(test::matches("keywords: [53003]\ncondition: keywords", sample));
    EXPECT_TRUE(test::matches("keywords:\n  '|all': [evil, user-agent]\ncondition: keywords", sample));
    EXPECT_FALSE(test::matches("keywords:\n  '|all': [evil, nothing]\ncondition: keywords", sample));
    EXPECT_TRUE(test::matches("keywords:\n  '|re': ['Evil C.+/2']\ncondition: keywords", sample));
    EXPECT_TRUE(test::matches("keywords:\n  - nothing\n  - {correlationId: 1}\ncondition: keywords", sample));
    EXPECT_TRUE(
        test::matches("keywords: ['a|b']\ncondition: not keywords", sample));  // `|` in a value is text
}

TEST(SigmaValues, JoinAMapByAndAndAListOfMapsByOr) {
    const Sample sample{R"({"operationType": "Add", "loggedByService": "PIM"})"};
    EXPECT_TRUE(test::matches("s: {operationType: add, loggedByService: pim}\ncondition: s", sample));
    EXPECT_FALSE(test::matches("s: {operationType: add, loggedByService: other}\ncondition: s", sample));
    EXPECT_TRUE(test::matches("s: [{operationType: no}, {loggedByService: pim}]\ncondition: s", sample));
    EXPECT_FALSE(test::matches("s: [{operationType: no}, {loggedByService: no}]\ncondition: s", sample));
}

struct ValueMistake {
    std::string item;
    std::string problem;
};

TEST(SigmaValues, NameWhatIsWrongWithAModifier) {
    const std::vector<ValueMistake> mistakes{
        {"userAgent|containz: x", "unknown modifier `containz`; did you mean `contains`?"},
        {"userAgent|frobnicate: x", "unknown modifier `frobnicate`"},
        {"userAgent|: x", "unknown modifier ``; did you mean `i`?"},
        {"userAgent|contains|startswith: x", "modifiers `contains` and `startswith` do not go together"},
        {"userAgent|re|contains: x", "modifiers `re` and `contains` do not go together"},
        {"userAgent|cidr|cased: 10.0.0.0/8", "modifiers `cidr` and `cased` do not go together"},
        {"userAgent|lt|gt: 5", "modifiers `lt` and `gt` do not go together"},
        {"userAgent|exists|all: true", "modifiers `exists` and `all` do not go together"},
        {"userAgent|i: x", "`i` is a flag of `re` and must follow it"},
        {"userAgent|i|re: x", "`i` is a flag of `re` and must follow it"},
        {"userAgent|wide: x",
         "`utf16le` makes bytes that no JSON text holds; follow it with base64 or base64offset"},
        {"userAgent|base64|wide: x", "`utf16le` must stand before base64, which encodes its bytes"},
        {"userAgent|base64|base64offset: x", "modifiers `base64` and `base64offset` do not go together"},
        {"userAgent|fieldref|windash: x", "modifiers `fieldref` and `windash` do not go together"},
        {"'|lt': 5", "this modifier needs a field; keywords are searched in the whole record"},
    };
    for (const ValueMistake& mistake : mistakes)
        EXPECT_EQ(problems_of_item(mistake.item), "rule.yml:5: " + mistake.problem + "\n") << mistake.item;
}

TEST(SigmaValues, NameWhatIsWrongWithAValue) {
    const std::vector<ValueMistake> mistakes{
        {"userAgent: []", "`userAgent` has an empty list, which matches nothing"},
        {"userAgent: {a: b}", "`userAgent` must have a value or a list of values, not a map"},
        {"userAgent: [[a]]", "every value of `userAgent` must be a text, a number, true, false or null"},
        {"userAgent|contains: null",
         "null stands alone: it takes no modifier but `neq` and `all`, and is no keyword"},
        {"userAgent|exists: maybe", "`exists` takes true or false"},
        {"userAgent|exists: [true, false]", "`exists` takes one value, true or false"},
        {"userAgent|gt: many", "`many` is no number, which this modifier needs"},
        {"userAgent|hour: noon", "`noon` is no number, which this modifier needs"},
        {"userAgent|cidr: 10.0.0.0/33", "`10.0.0.0/33` is no network such as 10.0.0.0/8 or 2001:db8::/32"},
        {"userAgent|base64: 'a*'", "base64 encodes plain text: no wildcards and not nothing"},
        {"userAgent|windash: '-a -b -c -d -e -f -g'", "`windash` makes more than 10000 values of this"},
    };
    for (const ValueMistake& mistake : mistakes)
        EXPECT_EQ(problems_of_item(mistake.item), "rule.yml:5: " + mistake.problem + "\n") << mistake.item;
    EXPECT_EQ(problems_of_item("userAgent|re: '(?=x)'").find("rule.yml:5: regular expression: "), 0U);
    EXPECT_NE(problems_of_item("userAgent|re: 'a{1000}{1000}'"), "");
    EXPECT_NE(problems_of_item("userAgent|re: '" + std::string(5000, 'a') + "'"), "");
}

TEST(SigmaValues, WarnOfAllWithOneValue) {
    EXPECT_EQ(problems_of_item("userAgent|contains|all: x"),
              "rule.yml:5: warning: `all` has only one value here and changes nothing\n");
}

TEST(SigmaValues, TakeTenThousandValuesAndNoMore) {
    const auto list_of = [](int count) {
        std::string list = "userAgent: [";
        for (int i = 0; i < count; ++i)
            list += "v" + std::to_string(i) + ", ";
        return list + "last]";
    };
    EXPECT_TRUE(item_matches(list_of(9'999), Sample{R"({"userAgent": "V9998"})"}));
    EXPECT_FALSE(item_matches(list_of(9'999), Sample{R"({"userAgent": "v9999"})"}));
    EXPECT_EQ(problems_of_item(list_of(10'000)), "rule.yml:5: `userAgent` has more than 10000 values\n");
}

}  // namespace
}  // namespace entrawatch
