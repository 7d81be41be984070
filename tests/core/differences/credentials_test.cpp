#include <gmock/gmock.h>

#include "tests/core/differences/telling.hpp"

namespace entrawatch {
namespace {

using test::told;
using testing::ElementsAre;
using testing::IsEmpty;

std::string key(const std::string& id, const std::string& name, const std::string& type = "Password",
                const std::string& usage = "Verify") {
    return "\"[KeyIdentifier=" + id + ",KeyType=" + type + ",KeyUsage=" + usage + ",DisplayName=" + name +
           "]\"";
}

TEST(CredentialDifferences, SayKindNameAndKeyOfWhatWasAdded) {
    EXPECT_THAT(
        told("KeyDescription", "[]", "[" + key("5ca1ab1e-0000-4000-8000-000000000001", "Deploy") + "]"),
        ElementsAre(
            R"(added credential: client secret "Deploy" (key 5ca1ab1e-0000-4000-8000-000000000001))"));
    EXPECT_THAT(told("KeyDescription", "[]", "[" + key("k1", "CN=app", "AsymmetricX509Cert") + "]"),
                ElementsAre(R"(added credential: certificate "CN=app" (key k1))"));
    EXPECT_THAT(told("KeyDescription", "[]", "[" + key("k1", "CN=saml", "AsymmetricX509Cert", "Sign") + "]"),
                ElementsAre(R"(added credential: SAML signing certificate "CN=saml" (key k1))"));
}

TEST(CredentialDifferences, CompareByKeyNotByOrder) {
    EXPECT_THAT(told("KeyDescription", "[" + key("k1", "a") + "," + key("k2", "b") + "]",
                     "[" + key("d747", "c") + "," + key("k2", "b") + "," + key("k1", "a") + "]"),
                ElementsAre(R"(added credential: client secret "c" (key d747))"));
    EXPECT_THAT(told("KeyDescription", "[" + key("k1", "a") + "," + key("k2", "b") + "]",
                     "[" + key("k2", "b") + "," + key("k1", "a") + "]"),
                ElementsAre("KeyDescription: written anew; nothing differs but order, letter case or times"));
}

TEST(CredentialDifferences, SayWhatWasRemoved) {
    EXPECT_THAT(told("KeyDescription", "[" + key("k1", "") + "]", "[]"),
                ElementsAre("removed credential: client secret (key k1)"));
}

TEST(CredentialDifferences, AreNoneWhenAnApplicationIsCreatedWithoutAKey) {
    EXPECT_THAT(told("KeyDescription", "[]", "[]"), IsEmpty());
}

TEST(CredentialDifferences, TakeANameWithCommasAndBracketsAsItIs) {
    EXPECT_THAT(
        told("KeyDescription", "[]", "[" + key("k1", "x],[KeyIdentifier=k2,KeyType=Password") + "]"),
        ElementsAre(R"(added credential: client secret "x],[KeyIdentifier=k2,KeyType=Password" (key k1))"));
}

TEST(CredentialDifferences, TellAKeyThatWasRenamed) {
    EXPECT_THAT(told("KeyDescription", "[" + key("k1", "old") + "]", "[" + key("k1", "new") + "]"),
                ElementsAre(R"(credential: client secret "old" (key k1) → client secret "new" (key k1))"));
}

TEST(CredentialDifferences, FallBackToTheTextThatIsWrittenAnotherWay) {
    EXPECT_THAT(told("KeyDescription", std::nullopt, R"("A key of the service")"),
                ElementsAre("KeyDescription: set to A key of the service"));
}

TEST(CredentialDifferences, TellAFederatedCredentialByItsIssuer) {
    EXPECT_THAT(
        told(
            "FederatedIdentityCredentials", "[]",
            R"([{"Name":"ci","Issuer":"https://token.ci.example","Subject":"repo:larkspur/app:ref:refs/heads/main"}])"),
        ElementsAre("federated credential: added ci (Issuer: https://token.ci.example, Subject: "
                    "repo:larkspur/app:ref:refs/heads/main)"));
}

}  // namespace
}  // namespace entrawatch
