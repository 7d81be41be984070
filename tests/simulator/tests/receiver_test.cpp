// The receiver verifies what was signed with its key, answers by its script, and keeps every POST.
#include "tests/simulator/receiver.hpp"

#include <gtest/gtest.h>

#include "core/base/digest.hpp"
#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

std::vector<SigningKey> key_of(char letter) {
    auto key = SigningKey::parse("whsec_" + to_base64(std::string(32, letter)));
    EXPECT_TRUE(key);
    return {*key};
}

http::Request signed_post(const std::vector<SigningKey>& keys, const std::string& body, Instant at) {
    const auto timestamp = std::chrono::duration_cast<seconds>(at.time_since_epoch()).count();
    http::Request request;
    request.method = "POST";
    request.body = body;
    request.headers.set("webhook-id", "msg_1");
    request.headers.set("webhook-timestamp", std::to_string(timestamp));
    request.headers.set("webhook-signature", sign(keys, "msg_1", timestamp, body));
    return request;
}

TEST(Receiver, VerifiesWhatItsKeySigned) {
    Receiver receiver{key_of('a')};
    const Answer answer = receiver.answer(signed_post(key_of('a'), "{}", noon()), noon());
    EXPECT_EQ(answer.response.status, 204);
    ASSERT_EQ(receiver.received().size(), 1U);
    EXPECT_TRUE(receiver.received()[0].verified) << receiver.received()[0].why_not;
    EXPECT_EQ(receiver.received()[0].body, "{}");
    EXPECT_EQ(receiver.received()[0].at, noon());
    EXPECT_EQ(receiver.received()[0].headers.get("Webhook-Id"), "msg_1");
}

TEST(Receiver, KeepsWhatItCannotVerifyAndSaysWhy) {
    Receiver receiver{key_of('a')};
    http::Request changed = signed_post(key_of('a'), "{}", noon());
    changed.body = "{ }";
    (void)receiver.answer(changed, noon());
    (void)receiver.answer(signed_post(key_of('b'), "{}", noon()), noon());
    (void)receiver.answer(signed_post(key_of('a'), "{}", noon()), noon() + minutes{6});
    http::Request unsigned_post;
    unsigned_post.method = "POST";
    (void)receiver.answer(unsigned_post, noon());
    ASSERT_EQ(receiver.received().size(), 4U);
    for (const Received& post : receiver.received()) {
        EXPECT_FALSE(post.verified);
        EXPECT_NE(post.why_not, "");
    }
}

TEST(Receiver, NeverCallsAnythingVerifiedWithoutAKey) {
    Receiver receiver{{}};
    (void)receiver.answer(signed_post(key_of('a'), "{}", noon()), noon());
    EXPECT_FALSE(receiver.received().at(0).verified);
}

TEST(Receiver, AnswersByItsScriptAndThenWell) {
    Receiver receiver{key_of('a')};
    receiver.script({503, "30", seconds{0}, false});
    receiver.script({204, "", seconds{12}, false});
    receiver.script({204, "", seconds{0}, true});
    const auto post = [&] { return receiver.answer(signed_post(key_of('a'), "{}", noon()), noon()); };
    const Answer unavailable = post();
    EXPECT_EQ(unavailable.response.status, 503);
    EXPECT_EQ(unavailable.response.headers.get("retry-after"), "30");
    EXPECT_EQ(post().delay, Ticks{seconds{12}});
    EXPECT_EQ(post().response.status, 0);
    EXPECT_EQ(post().response.status, 204);
    EXPECT_EQ(receiver.received().at(0).answered, 503);
    EXPECT_EQ(receiver.received().at(2).answered, 0);
    EXPECT_EQ(receiver.received().size(), 4U);
}

TEST(Receiver, TakesOnlyPosts) {
    Receiver receiver{key_of('a')};
    EXPECT_EQ(receiver.answer({}, noon()).response.status, 405);
    EXPECT_TRUE(receiver.received().empty());
}

}  // namespace
}  // namespace entrawatch::simulator
