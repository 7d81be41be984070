#include "core/event/changes.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace entrawatch {
namespace {

using Leaves = std::vector<Leaf>;

Change change_of(std::optional<std::string> old_value, std::optional<std::string> new_value) {
    return decode_change("Property", std::move(old_value), std::move(new_value));
}
Leaves leaves_of(const std::string& sent) {
    return change_of(std::nullopt, sent).new_leaves;
}
std::string words_of(const std::string& sent) {
    return change_of(std::nullopt, sent).new_value;
}

TEST(DecodeChange, ReadsAQuotedScalar) {
    const Change change = change_of("\"False\"", "\"True\"");
    EXPECT_EQ(change.old_value, "False");
    EXPECT_EQ(change.new_value, "True");
    EXPECT_EQ(change.old_leaves.get(), (Leaves{{"", "False"}}));
    EXPECT_EQ(change.new_leaves.get(), (Leaves{{"", "True"}}));
    EXPECT_EQ(words_of(R"("a \"b\" é")"), "a \"b\" é");
}

TEST(DecodeChange, KnowsNullFromEmpty) {
    const Change absent = change_of(std::nullopt, std::nullopt);
    EXPECT_FALSE(absent.has_old);
    EXPECT_FALSE(absent.has_new);
    const Change empty = change_of("\"\"", "");
    EXPECT_TRUE(empty.has_old);
    EXPECT_TRUE(empty.has_new);
    EXPECT_EQ(empty.old_value, "");
    EXPECT_TRUE(empty.old_leaves.empty());
    EXPECT_TRUE(empty.new_leaves.empty());
}

TEST(DecodeChange, ReadsAnArrayOfScalars) {
    EXPECT_EQ(leaves_of("[true]"), (Leaves{{"", "true"}}));
    EXPECT_EQ(words_of("[true]"), "true");
    EXPECT_EQ(words_of(R"(["Guest"])"), "Guest");
    EXPECT_EQ(leaves_of(R"(["a", 2, null, 1.5])"), (Leaves{{"", "a"}, {"", "2"}, {"", "1.5"}}));
    EXPECT_EQ(words_of(R"(["a","b"])"), "a; b");
    EXPECT_EQ(words_of("[]"), "[]");
    EXPECT_TRUE(leaves_of("[]").empty());
}

TEST(DecodeChange, ReadsAWholeObject) {
    const std::string policy =
        R"({"state":"enabled","conditions":{"users":{"excludeUsers":["u1","u2"]}},"grantControls":{"builtInControls":["MFA"],"operator":"OR"},"x":null,"n":-1})";
    EXPECT_EQ(leaves_of(policy), (Leaves{{"state", "enabled"},
                                         {"conditions.users.excludeUsers", "u1"},
                                         {"conditions.users.excludeUsers", "u2"},
                                         {"grantControls.builtInControls", "MFA"},
                                         {"grantControls.operator", "OR"},
                                         {"n", "-1"}}));
    EXPECT_EQ(words_of(policy), policy);
}

TEST(DecodeChange, ReadsJsonInAStringInAnArray) {
    EXPECT_EQ(
        leaves_of(R"(["{\"Version\":1,\"State\":\"Enabled\",\"Controls\":[{\"Control\":[\"Mfa\"]}]}"])"),
        (Leaves{{"Version", "1"}, {"State", "Enabled"}, {"Controls.Control", "Mfa"}}));
    EXPECT_EQ(leaves_of(R"("{\"AccessType\":2}")"), (Leaves{{"AccessType", "2"}}));
}

TEST(DecodeChange, ReadsKeyDescriptions) {
    EXPECT_EQ(
        leaves_of(
            R"(["[KeyIdentifier=k1,KeyType=Password,KeyUsage=Verify,DisplayName=build]","[KeyIdentifier=k2,KeyType=AsymmetricX509Cert,KeyUsage=Sign,DisplayName=]"])"),
        (Leaves{{"KeyIdentifier", "k1"},
                {"KeyType", "Password"},
                {"KeyUsage", "Verify"},
                {"DisplayName", "build"},
                {"KeyIdentifier", "k2"},
                {"KeyType", "AsymmetricX509Cert"},
                {"KeyUsage", "Sign"}}));
    EXPECT_EQ(words_of(R"(["[KeyIdentifier=k1,DisplayName=b]"])"), "[KeyIdentifier=k1,DisplayName=b]");
    EXPECT_EQ(leaves_of("[KeyIdentifier=k1,KeyUsage=Verify]"),
              (Leaves{{"KeyIdentifier", "k1"}, {"KeyUsage", "Verify"}}));
}

TEST(DecodeChange, TakesAllThatFollowsADisplayNameForTheName) {
    // Whoever adds the key chooses its name, and must not be able to add or hide an identifier by it.
    EXPECT_EQ(
        leaves_of(
            R"(["[KeyIdentifier=new,KeyType=Password,KeyUsage=Verify,DisplayName=a, b],[x=],KeyIdentifier=old]"])"),
        (Leaves{{"KeyIdentifier", "new"},
                {"KeyType", "Password"},
                {"KeyUsage", "Verify"},
                {"DisplayName", "a, b],[x=],KeyIdentifier=old"}}));
}

TEST(DecodeChange, ReadsFederatedCredentials) {
    const Change change = change_of(
        "[]",
        R"(["{\"Name\":\"ci\",\"Issuer\":\"https://token.example.net\",\"Subject\":\"repo:x\",\"Audiences\":[\"api://AzureADTokenExchange\"]}"])");
    EXPECT_EQ(difference(change.new_leaves, change.old_leaves, "Issuer"),
              std::vector<std::string>{"https://token.example.net"});
    EXPECT_EQ(difference(change.new_leaves, change.old_leaves, "audiences"),
              std::vector<std::string>{"api://AzureADTokenExchange"});
}

TEST(DecodeChange, KeepsWhatIsNoJsonAsOneLeaf) {
    const std::string consent =
        "[] => [[Id: x, ClientId: c, ConsentType: Principal, Scope:  User.Read Mail.Read, CreatedDateTime: "
        "]]; ";
    EXPECT_EQ(leaves_of("\"" + consent + "\""), (Leaves{{"", consent}}));
    for (const char* text : {"plain text", "{not json", "[1,2", "\"open", "True", "[=]", "[]]"})
        EXPECT_EQ(leaves_of(text), (Leaves{{"", text}})) << text;
}

TEST(DecodeChange, StopsUnwrappingAtTheLimit) {
    std::string value = R"({"deep":1})";
    for (int i = 0; i < 10; ++i) {
        std::string wrapped = "\"";
        for (const char c : value) {
            if (c == '"' || c == '\\') wrapped += '\\';
            wrapped += c;
        }
        value = wrapped + "\"";
    }
    const Leaves leaves = leaves_of(value);
    ASSERT_EQ(leaves.size(), 1U);
    EXPECT_NE(leaves[0].value.find("\\\"deep"), std::string::npos);
}

TEST(DecodeChange, BoundsTheNumberOfLeavesAndCountsTheRest) {
    std::string value = "[";
    for (std::size_t i = 0; i < max_leaves + 100; ++i)
        value += "\"v" + std::to_string(i) + "\",";
    value.back() = ']';
    const Leaves leaves = leaves_of(value);
    ASSERT_EQ(leaves.size(), max_leaves);
    EXPECT_EQ(leaves.back(), (Leaf{"…", "101"}));
}

TEST(DecodeChange, DoesNotMultiplyALongPath) {
    std::string value = "{\"" + std::string(1'000'000, 'p') + "\":[";
    for (int i = 0; i < 8000; ++i)
        value += "1,";
    value.back() = ']';
    std::size_t bytes = 0;
    for (const Leaf& leaf : leaves_of(value + "}"))
        bytes += leaf.path.size();
    EXPECT_LE(bytes, 8000U * 600U);
}

TEST(Difference, IsSilentWhenOnlyTheOrderChanged) {
    const Change change =
        change_of(R"(["[KeyIdentifier=k1,DisplayName=a]","[KeyIdentifier=k2,DisplayName=b]"])",
                  R"(["[KeyIdentifier=k2,DisplayName=b]","[KeyIdentifier=K1,DisplayName=a]"])");
    EXPECT_TRUE(difference(change.new_leaves, change.old_leaves, "KeyIdentifier").empty());
    EXPECT_TRUE(difference(change.old_leaves, change.new_leaves, "").empty());
}

TEST(Difference, FindsTheOneKeyThatWasAddedAmongReorderedOnes) {
    const Change change = change_of(
        R"(["[KeyIdentifier=k1,DisplayName=a]","[KeyIdentifier=k2,DisplayName=b]"])",
        R"(["[KeyIdentifier=k3,DisplayName=c]","[KeyIdentifier=k2,DisplayName=b]","[KeyIdentifier=k1,DisplayName=a]"])");
    EXPECT_EQ(difference(change.new_leaves, change.old_leaves, "keyidentifier"),
              std::vector<std::string>{"k3"});
    EXPECT_TRUE(difference(change.old_leaves, change.new_leaves, "KeyIdentifier").empty());
}

TEST(Difference, ComparesFoldedAtTheSamePathAndNamesEachOnce) {
    const Leaves left{{"a", "MFA"}, {"a.b", "x"}, {"a.b", "X "}, {"ab", "z"}, {"c", "enabled"}};
    const Leaves right{{"a", "mfa"}, {"d", "enabled"}};
    EXPECT_EQ(difference(left, right, "a"), std::vector<std::string>{"x"});
    EXPECT_EQ(difference(left, right, "A.B"), std::vector<std::string>{"x"});
    EXPECT_EQ(difference(left, right, ""), (std::vector<std::string>{"x", "z", "enabled"}));
    EXPECT_TRUE(difference(left, right, "nowhere").empty());
}

TEST(Difference, SeesThatAControlWasTakenAway) {
    const Change change =
        change_of(R"({"state":"enabled","grantControls":{"builtInControls":["mfa","compliantDevice"]}})",
                  R"({"state":"enabled"})");
    EXPECT_EQ(difference(change.old_leaves, change.new_leaves, "grantControls.builtInControls"),
              (std::vector<std::string>{"mfa", "compliantDevice"}));
    EXPECT_TRUE(difference(change.old_leaves, change.new_leaves, "state").empty());
}

TEST(FindChange, LooksUpByFoldedName) {
    std::vector<Change> changes(3);
    changes[0].property = "Role.TemplateId";
    changes[1].property = " Key–Description ";
    changes[2].property = "role.templateid";
    EXPECT_EQ(find_change(changes, "ROLE.TEMPLATEID"), &changes[0]);
    EXPECT_EQ(find_change(changes, "key-description"), &changes[1]);
    EXPECT_EQ(find_change(changes, "Role.Template"), nullptr);
    EXPECT_EQ(find_change({}, "x"), nullptr);
}

}  // namespace
}  // namespace entrawatch
