#include "daemon/api/access.hpp"

#include <gmock/gmock.h>

namespace entrawatch::api {
namespace {

using testing::HasSubstr;

constexpr std::string_view good_token = "0123456789abcdef0123456789abcdef";

// Somebody at the door: uid 1000 unless told otherwise.
struct Visitor {
    http::Request request;
    std::optional<std::uint32_t> uid = 1000;
    int asked = 0;  // how often the kernel was

    Visitor() { request.url = *http::Url::parse("http://127.0.0.1:9464/api/v1/alerts"); }
    Visitor& with(std::string authorization) {
        request.headers.set("Authorization", std::move(authorization));
        return *this;
    }
    std::variant<Caller, Refusal> knocks() {
        const std::vector<ApiToken> tokens{{"soc", sha256(good_token)}, {"audit", sha256("another token")}};
        return admit(request, {tokens, {0, 998}, [this](const http::Request&) {
                                   ++asked;
                                   return uid;
                               }});
    }
    int status() {
        const auto answer = knocks();
        const auto* refusal = std::get_if<Refusal>(&answer);
        return refusal == nullptr ? 200 : refusal->status;
    }
};

TEST(ApiAccess, LetsInWhoHasATokenAndKnowsItsName) {
    const auto answer = Visitor{}.with("Bearer " + std::string{good_token}).knocks();
    ASSERT_TRUE(std::holds_alternative<Caller>(answer));
    EXPECT_EQ(std::get<Caller>(answer).name, "token soc");
}

TEST(ApiAccess, TurnsAwayATokenThatIsNoneWhoeverHasIt) {
    Visitor root;
    root.uid = 0;
    EXPECT_EQ(root.with("Bearer 0123456789abcdef0123456789abcdeF").status(), 401);
    EXPECT_EQ(root.with("Bearer ").status(), 401);
    EXPECT_EQ(root.with("Basic c29jOnNvYw==").status(), 401);
    EXPECT_EQ(root.asked, 0);
}

TEST(ApiAccess, LetsInTheDaemonsOwnUserAndRootWithoutAToken) {
    for (const std::uint32_t uid : {0U, 998U}) {
        Visitor visitor;
        visitor.uid = uid;
        EXPECT_EQ(visitor.status(), 200) << uid;
    }
}

TEST(ApiAccess, TurnsAwayOtherUsersOfTheMachineAndSaysWhatToDo) {
    const auto answer = Visitor{}.knocks();
    ASSERT_TRUE(std::holds_alternative<Refusal>(answer));
    EXPECT_EQ(std::get<Refusal>(answer).status, 403);
    EXPECT_THAT(std::get<Refusal>(answer).why, HasSubstr("Authorization: Bearer TOKEN"));
}

TEST(ApiAccess, TurnsAwayWhoIsOnAnotherMachine) {
    Visitor visitor;
    visitor.uid.reset();
    EXPECT_EQ(visitor.status(), 403);
}

TEST(ApiAccess, DoesNotTrustANameThatAnybodyCanLetPointHere) {
    Visitor browser;
    browser.uid = 0;
    browser.request.url = *http::Url::parse("http://rebound.example:9464/api/v1/alerts");
    EXPECT_EQ(browser.status(), 401);
    EXPECT_EQ(browser.with("Bearer " + std::string{good_token}).status(), 200);
}

TEST(ApiAccess, AsksForATokenWhereSomethingIsChanged) {
    Visitor root;
    root.uid = 0;
    root.request.method = "POST";
    EXPECT_EQ(root.status(), 401);
    EXPECT_EQ(root.with("bearer " + std::string{good_token}).status(), 200);
}

}  // namespace
}  // namespace entrawatch::api
