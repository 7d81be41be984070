#include "config/configuration_texts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "config/load.hpp"
#include "core/rules/sigma_reader.hpp"
#include "tests/config/settings_folder.hpp"

namespace entrawatch {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view tenant_yaml =
    "tenants:\n"
    "  - name: contoso\n"
    "    tenant_id: 11111111-2222-3333-4444-555555555555\n"
    "    client_id: 66666666-7777-8888-9999-000000000000\n"
    "    credential: { secret_file: good.secret }\n";

std::string text_of(const SettingsFolder& folder, const std::string& more) {
    folder.write("entrawatch.yaml", "");
    const auto loaded = parse_settings(std::string{tenant_yaml} + more, folder.settings_file(), {});
    for (const Problem& problem : loaded.problems)
        EXPECT_TRUE(problem.warning) << problem.text();
    return loaded.settings ? loaded.settings->text : "";
}

TEST(SettingsText, SaysWhatIsInForceDefaultsIncluded) {
    const SettingsFolder folder;
    const auto json = nlohmann::json::parse(
        text_of(folder, "listen: off\nrules: { disable: [a], lists: { b: [x], a: [y, z] } }\n"));
    EXPECT_EQ(json["listen"], "off");
    EXPECT_EQ(json["state_directory"], "/var/lib/entrawatch");
    EXPECT_EQ(json["tenants"][0]["name"], "contoso");
    EXPECT_EQ(json["tenants"][0]["retention"], "400d");
    EXPECT_EQ(json["tenants"][0]["credential"]["secret_file"], "good.secret");
    EXPECT_EQ(json["tenants"][0]["feeds"]["sign_ins"]["scope"], "all");
    EXPECT_EQ(json["rules"]["disable"][0], "a");
    EXPECT_EQ(json["rules"]["lists"]["a"][1], "z");
}

TEST(SettingsText, IsTheSameWhateverTheOrderOfTheFile) {
    const SettingsFolder folder;
    EXPECT_EQ(text_of(folder, "listen: off\nrules: { lists: { b: [x], a: [y] }, disable: [q] }\n"),
              text_of(folder, "rules: { disable: [q], lists: { a: [y], b: [x] } }\nlisten: off\n"));
    EXPECT_NE(text_of(folder, "listen: off\n"), text_of(folder, "listen: 127.0.0.1:1\n"));
}

TEST(SettingsText, HoldsNoSecret) {
    const SettingsFolder folder;
    const std::string text =
        text_of(folder,
                "destinations:\n"
                "  - { name: a, type: webhook, url: 'https://hooks.example.com/services/CANARY' }\n"
                "  - { name: b, type: webhook, url_file: good.url, signing_secret_file: good.whsec }\n"
                "  - { name: c, type: servicenow, url: 'https://c.example', username: u, password_file: "
                "good.secret }\n");
    EXPECT_THAT(text, Not(HasSubstr("CANARY")));
    EXPECT_THAT(text, Not(HasSubstr("hooks.example.com")));
    // printf https://hooks.example.com/services/CANARY | sha256sum
    EXPECT_EQ(nlohmann::json::parse(text)["destinations"][0]["url"], "sha256:7d455975503eea80");
}

TEST(RulesText, NamesEachRuleWithTheDigestOfItsFile) {
    Rule second;
    second.id = "b";
    second.name = "pim/b";
    second.sha256 = "22";
    Rule first;
    first.id = "a";
    first.name = "pim/a";
    first.sha256 = "11";
    std::vector<Rule> rules;
    rules.push_back(second);
    rules.push_back(first);
    EXPECT_EQ(rules_text(RuleSet{rules}),
              R"([{"id":"a","name":"pim/a","sha256":"11"},{"id":"b","name":"pim/b","sha256":"22"}])");
}

TEST(RulesText, NamesFiltersWithThoseWhoAnswerForThem) {
    const SigmaFile file = read_sigma(
        "title: t\nid: 0a0b0c0d-0000-4000-8000-000000000001\nlogsource: {product: azure, service: "
        "auditlogs}\nfilter: {rules: any, selection: {category: x}, condition: selection}\n"
        "entrawatch: {owner: ops, reason: r, expires: 2027-05-31}\n",
        "f.yml", "mine/f", {});
    ASSERT_EQ(file.filters.size(), 1U);
    EXPECT_EQ(rules_text(RuleSet{{}, file.filters}),
              R"([{"id":"0a0b0c0d-0000-4000-8000-000000000001","name":"mine/f","sha256":"",)"
              R"("filter":{"owner":"ops","last_day":"2027-05-31"}}])");
}

}  // namespace
}  // namespace entrawatch
