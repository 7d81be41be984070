#include "daemon/graph/token.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "tests/daemon/graph/graph_fixture.hpp"

namespace entrawatch::graph {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

class TokenSourceTest : public GraphFixture {
  protected:
    // The token, or the error in words.
    std::string got() {
        const auto result = test::run(io, source.get());
        return result ? std::string{result->reveal()} : "error: " + result.error().text();
    }
    TokenSource source{io.get_executor(), tenant.application(), tenant.graph_url, client, clock};
};

TEST_F(TokenSourceTest, AsksOnceAndKeepsTheToken) {
    EXPECT_EQ(got(), "token-1");
    EXPECT_EQ(got(), "token-1");
    ASSERT_EQ(token_requests.size(), 1U);
    EXPECT_EQ(token_requests[0].method, "POST");
    EXPECT_EQ(token_requests[0].url.target, "/11111111-2222-3333-4444-555555555555/oauth2/v2.0/token");
    EXPECT_EQ(token_requests[0].headers.get("Content-Type"), "application/x-www-form-urlencoded");
    EXPECT_NE(token_requests[0].body.find("client_secret=s3cret%7Evalue"), std::string::npos)
        << token_requests[0].body;
}

TEST_F(TokenSourceTest, RenewsAtEightyPercentOfTheLife) {
    EXPECT_EQ(got(), "token-1");
    clock->advance(Ticks{2879s});
    EXPECT_EQ(got(), "token-1");
    clock->advance(Ticks{1s});
    EXPECT_EQ(got(), "token-2");
}

TEST_F(TokenSourceTest, ReadsARotatedSecretWithoutARestart) {
    EXPECT_EQ(got(), "token-1");
    secret_file.write("rotated\n");
    clock->advance(Ticks{1h});
    EXPECT_EQ(got(), "token-2");
    EXPECT_NE(token_requests[1].body.find("client_secret=rotated"), std::string::npos);
}

TEST_F(TokenSourceTest, AFailedRenewalKeepsTheLivingTokenUntilItsEnd) {
    token_answers = {token("token-1"), status(503)};
    EXPECT_EQ(got(), "token-1");
    clock->advance(Ticks{3000s});
    EXPECT_EQ(got(), "token-1");
    EXPECT_EQ(token_requests.size(), 2U);
    clock->advance(Ticks{600s});
    EXPECT_TRUE(got().starts_with("error: ")) << got();
}

TEST_F(TokenSourceTest, AWrongSecretIsToldAndNotTriedAgainForAMinute) {
    token_answers = {{401, {}, R"({"error":"invalid_client","error_codes":[7000215]})", {}}, token("late")};
    EXPECT_NE(got().find("AADSTS7000215"), std::string::npos);
    clock->advance(Ticks{59s});
    EXPECT_NE(got().find("AADSTS7000215"), std::string::npos);
    EXPECT_EQ(token_requests.size(), 1U);
    clock->advance(Ticks{1s});
    EXPECT_EQ(got(), "late");
}

TEST_F(TokenSourceTest, PassingFaultsAreTriedAgainSoonerAndSlowDown) {
    token_answers = {status(503)};
    for (const auto pause : {2s, 4s, 8s, 16s, 32s, 60s, 60s}) {
        const std::size_t before = token_requests.size();
        EXPECT_TRUE(got().starts_with("error: "));
        EXPECT_EQ(token_requests.size(), before + 1);
        clock->advance(Ticks{pause} - Ticks{1});
        EXPECT_TRUE(got().starts_with("error: "));
        EXPECT_EQ(token_requests.size(), before + 1) << Ticks{pause}.count();
        clock->advance(Ticks{1});
    }
}

TEST_F(TokenSourceTest, HonoursRetryAfter) {
    token_answers = {status(429, {{"Retry-After", "300"}}), token("after")};
    EXPECT_TRUE(got().starts_with("error: "));
    clock->advance(Ticks{299s});
    EXPECT_TRUE(got().starts_with("error: "));
    clock->advance(Ticks{1s});
    EXPECT_EQ(got(), "after");
}

TEST_F(TokenSourceTest, AMissingSecretFileIsAnErrorThatNamesIt) {
    tenant.credential = ClientSecret{"/nonexistent/contoso.secret"};
    TokenSource lost{io.get_executor(), tenant.application(), tenant.graph_url, client, clock};
    const auto result = test::run(io, lost.get());
    ASSERT_FALSE(result);
    EXPECT_NE(result.error().text().find("/nonexistent/contoso.secret"), std::string::npos);
    EXPECT_TRUE(token_requests.empty());
}

TEST_F(TokenSourceTest, ErrorsNeverHoldTheSecret) {
    for (const int code : {400, 401, 503}) {
        token_answers = {status(code)};
        clock->advance(Ticks{10min});
        EXPECT_EQ(got().find("s3cret"), std::string::npos);
    }
}

TEST_F(TokenSourceTest, ManyCallersMeanOneRequest) {
    std::vector<std::string> tokens;
    for (int i = 0; i < 5; ++i) {
        asio::co_spawn(io, source.get(), [&](const std::exception_ptr&, Result<Secret> token) {
            tokens.emplace_back(token->reveal());
        });
    }
    test::run_until(io, [&] { return tokens.size() == 5; });
    EXPECT_EQ(tokens, std::vector<std::string>(5, "token-1"));
    EXPECT_EQ(token_requests.size(), 1U);
}

TEST_F(TokenSourceTest, ACallerThatIsCutDuringTheRequestLeavesTheOthersServed) {
    asio::cancellation_signal cut;
    bool gone = false;
    std::string served;
    asio::co_spawn(io, source.get(),
                   asio::bind_cancellation_slot(
                       cut.slot(), [&](const std::exception_ptr&, Result<Secret>) { gone = true; }));
    asio::co_spawn(io, source.get(), [&](const std::exception_ptr&, Result<Secret> token) {
        served = token ? token->reveal() : "error";
    });
    io.poll_one();
    cut.emit(asio::cancellation_type::terminal);
    test::run_until(io, [&] { return gone && !served.empty(); });
    // The second caller is told of the failure or asked for itself, and never hangs.
    clock->advance(Ticks{1min});
    EXPECT_EQ(got().substr(0, 6), "token-");
}

TEST_F(TokenSourceTest, AsksForATokenOfTheResourceItWasMadeFor) {
    TokenSource monitor{io.get_executor(), tenant.application(), "https://monitor.azure.com", client, clock};
    ASSERT_TRUE(test::run(io, monitor.get()));
    EXPECT_NE(token_requests[0].body.find("&scope=https%3A%2F%2Fmonitor.azure.com%2F.default&"),
              std::string::npos)
        << token_requests[0].body;
}

TEST_F(TokenSourceTest, DiscardAsksForANewOne) {
    EXPECT_EQ(got(), "token-1");
    source.discard();
    EXPECT_EQ(got(), "token-2");
}

TEST_F(TokenSourceTest, ATokenAlreadyReplacedIsNotDiscardedAgain) {
    EXPECT_EQ(got(), "token-1");
    source.discard(Secret{"token-1"});
    EXPECT_EQ(got(), "token-2");
    source.discard(Secret{"token-1"});  // a second poller, whose 401 arrives late
    EXPECT_EQ(got(), "token-2");
    EXPECT_EQ(token_requests.size(), 2U);
}

TEST_F(TokenSourceTest, ADiscardedTokenIsNeverHandedOutAgain) {
    token_answers = {token("token-1"), status(503)};
    EXPECT_EQ(got(), "token-1");
    source.discard();
    EXPECT_TRUE(got().starts_with("error: "));
}

}  // namespace
}  // namespace entrawatch::graph
