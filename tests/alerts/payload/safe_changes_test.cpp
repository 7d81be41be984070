#include "alerts/payload/safe_changes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/event/changes.hpp"

namespace entrawatch {
namespace {

using nlohmann::json;

json safe(const std::string& property, const std::string& old_value, const std::string& new_value) {
    const Change change = decode_change(property, old_value, new_value);
    return json::parse(safe_changes({change}).dump());
}

TEST(SafeChanges, ShowDecodedValues) {
    EXPECT_EQ(
        safe("Role.DisplayName", R"("Helpdesk Administrator")", R"("Global Administrator")"),
        json::parse(
            R"([{"property":"Role.DisplayName","old":"Helpdesk Administrator","new":"Global Administrator"}])"));
}

TEST(SafeChanges, LeaveOutASideTheRecordDoesNotHave) {
    const std::string value = R"("Global Administrator")";
    const auto changes = safe_changes({decode_change("Role.DisplayName", std::nullopt, value)});
    EXPECT_FALSE(changes[0].contains("old"));
    EXPECT_EQ(changes[0]["new"], "Global Administrator");
}

TEST(SafeChanges, ShowOfAKeyDescriptionTheIdentifiersOnly) {
    const json changes = safe(
        "KeyDescription", "[]",
        R"(["[KeyIdentifier=5ca1ab1e-0000-4000-8000-000000000001,KeyType=Password,KeyUsage=Verify,DisplayName=CANARY]"])");
    EXPECT_EQ(changes[0]["old"], json::array());
    EXPECT_EQ(changes[0]["new"], json::array({"5ca1ab1e-0000-4000-8000-000000000001"}));
}

TEST(SafeChanges, HideWhatIsNamedLikeASecret) {
    for (const char* property :
         {"Password", "PasswordProfile", "ClientSecret", "ＣlientＳecret", "StrongPASSWORDHash"}) {
        const json changes = safe(property, R"("CANARY-old")", R"("CANARY-new")");
        EXPECT_EQ(changes[0]["old"], "[redacted]") << property;
        EXPECT_EQ(changes[0]["new"], "[redacted]") << property;
    }
}

TEST(SafeChanges, HideThePartOfAValueThatIsNamedLikeASecret) {
    const std::string dumped = safe("Settings", R"([{"clientId":"abc","clientSecret":"CANARY-1"}])",
                                    R"([{"clientId":"abc","clientSecret":"CANARY-2"}])")
                                   .dump();
    EXPECT_THAT(dumped, testing::Not(testing::HasSubstr("CANARY")));
    EXPECT_THAT(dumped, testing::HasSubstr("clientId"));
}

TEST(SafeChanges, HideTheWholeValueWhenTheSecretInItIsWrittenAnotherWay) {
    const std::string dumped =
        safe("Settings", "[]", R"([{"clientSecret":"CANARY\u002d\"quoted\""}])").dump();
    EXPECT_THAT(dumped, testing::Not(testing::HasSubstr("CANARY")));
    EXPECT_THAT(dumped, testing::HasSubstr("[redacted]"));
}

TEST(SafeChanges, DoNotTakeASettingForASecret) {
    const std::string dumped =
        safe("Policy", "[]", R"([{"isPasswordResetEnabled":true,"mode":"all"}])").dump();
    EXPECT_THAT(dumped, testing::HasSubstr("true"));
}

TEST(SafeChanges, AreBounded) {
    Change change;
    change.property = "P";
    change.has_new = true;
    change.new_value = std::string(100'000, 'x');
    const auto changes = safe_changes(std::vector<Change>(500, change));
    EXPECT_EQ(changes.size(), most_listed_changes);
    EXPECT_LE(changes[0]["new"].get<std::string>().size(), 1024U);

    Change keys;
    keys.property = "KeyDescription";
    keys.has_new = true;
    keys.new_leaves = std::vector<Leaf>(3000, Leaf{"KeyIdentifier", std::string(5000, 'k')});
    const auto listed = safe_changes({keys});
    EXPECT_EQ(listed[0]["new"].size(), most_listed_keys);
    EXPECT_LE(listed[0]["new"][0].get<std::string>().size(), 128U);
}

}  // namespace
}  // namespace entrawatch
