#include "daemon/http/proxy_dialogue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <random>
#include <tuple>

#include "core/base/digest.hpp"

namespace entrawatch::http {
namespace {

using testing::HasSubstr;
using testing::Not;

ProxyDialogue dialogue_with(const char* proxy_url, const char* credentials = "",
                            const char* target = "https://graph.example") {
    auto proxy = std::make_shared<Proxy>();
    proxy->url = Url::parse_proxy(proxy_url).value();
    proxy->credentials = Secret{credentials};
    return {proxy, Url::parse(target).value()};
}
ProxyDialogue connect_with(const char* credentials = "") {
    return dialogue_with("http://proxy.example:3128", credentials);
}
ProxyDialogue socks_with(const char* credentials = "") {
    return dialogue_with("socks5h://proxy.example:1080", credentials);
}

std::string octets(std::initializer_list<int> list) {
    std::string out;
    for (const int one : list)
        out += static_cast<char>(one);
    return out;
}

// What is said next, or the error in words.
std::string after(ProxyDialogue& dialogue, std::string_view said) {
    const auto next = dialogue.hear(said);
    return next ? *next : "error: " + next.error().what;
}

TEST(ConnectDialogue, AsksForTheTargetByName) {
    EXPECT_EQ(connect_with().opening(),
              "CONNECT graph.example:443 HTTP/1.1\r\nHost: graph.example:443\r\nUser-Agent: "
              "entrawatch/0.1.0\r\n\r\n");
    EXPECT_THAT(dialogue_with("https://p.example:1", "", "https://[2001:db8::1]:8443").opening(),
                HasSubstr("CONNECT [2001:db8::1]:8443 HTTP/1.1\r\n"));
    EXPECT_THAT(connect_with("scanner:s3cret").opening(),
                HasSubstr("\r\nProxy-Authorization: Basic " + to_base64("scanner:s3cret") + "\r\n"));
}

TEST(ConnectDialogue, StandsAfterAnyAnswerOf2xxInPiecesOfAnySize) {
    for (const std::string_view answer :
         {"HTTP/1.1 200 Connection established\r\n\r\n", "HTTP/1.0 200\r\n\r\n",
          "HTTP/1.1 299 x\r\nContent-Length: 500\r\nVia: y\r\n\r\n"}) {
        ProxyDialogue dialogue = connect_with();
        for (const char one : answer) {
            EXPECT_FALSE(dialogue.stands());
            ASSERT_EQ(after(dialogue, {&one, 1}), "");
        }
        EXPECT_TRUE(dialogue.stands()) << answer;
    }
}

TEST(ConnectDialogue, SaysWhatARefusalMeansAndWhoMendsIt) {
    for (const auto& [answer, code, words] :
         std::initializer_list<std::tuple<const char*, ErrorCode, const char*>>{
             {"HTTP/1.1 407 Auth\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n", ErrorCode::refused,
              "wants a user name and a password (407); put USER:PASSWORD into a file"},
             {"HTTP/1.1 407 Auth\r\n\r\n", ErrorCode::refused, "wants a user name and a password (407)"},
             {"HTTP/1.1 407 Auth\r\nproxy-authenticate: Negotiate\r\nProxy-Authenticate: NTLM\r\n\r\n",
              ErrorCode::refused, "asks for Negotiate, NTLM (407), and only Basic is spoken here"},
             {"HTTP/1.1 401 Unauthorized\r\n\r\n", ErrorCode::refused, "a user name and a password (401)"},
             {"HTTP/1.1 403 Forbidden\r\n\r\n", ErrorCode::refused, "does not allow it (403 Forbidden)"},
             {"HTTP/1.1 405 No\r\n\r\n", ErrorCode::refused, "opens no tunnel by CONNECT (405 No)"},
             {"HTTP/1.1 502 Bad Gateway\r\n\r\n", ErrorCode::unavailable,
              "cannot reach it (502 Bad Gateway)"},
             {"HTTP/1.1 504 T\x1B[2J\r\n\r\n", ErrorCode::unavailable, "cannot reach it (504 T\\x1b[2J)"},
             {"HTTP/1.1 302 Found\r\nLocation: https://CANARY\r\n\r\n", ErrorCode::unavailable,
              "the proxy answers 302 Found"},
             {"HTTP/1.1 500 \r\n\r\n", ErrorCode::unavailable, "the proxy answers 500"}}) {
        ProxyDialogue dialogue = connect_with();
        const auto next = dialogue.hear(answer);
        ASSERT_FALSE(next) << answer;
        EXPECT_EQ(next.error().code, code) << answer;
        EXPECT_THAT(next.error().what, HasSubstr(words));
        EXPECT_THAT(next.error().what, HasSubstr("no tunnel to graph.example:443: "));
        EXPECT_THAT(next.error().what, Not(HasSubstr("CANARY")));
        EXPECT_FALSE(dialogue.stands());
    }
    ProxyDialogue known = connect_with("scanner:CANARY");
    const std::string words = after(known, "HTTP/1.1 407 x\r\nProxy-Authenticate: Basic\r\n\r\n");
    EXPECT_THAT(words, HasSubstr("does not take the user name and password of its credentials file (407)"));
    EXPECT_THAT(words, Not(HasSubstr("CANARY")));
}

TEST(ConnectDialogue, RefusesWhatIsNoAnswerAsSoonAsItShows) {
    for (const char* said :
         {"SSH-2.0-OpenSSH_9.2\r\n", "\x15\x03\x01", "\x05\x01", "HTTP/2 200\r\n\r\n", "HTTP/1.1 20\r\n\r\n",
          "HTTP/1.1 2000 x\r\n\r\n", "HTTP/1.1  200 x\r\n\r\n", "HTTP/1.1 101 Switching\r\n\r\n",
          "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 999 x\r\n\r\n", "HTTP/1.2 200 x\r\n\r\n", "\r\n\r\n"}) {
        ProxyDialogue dialogue = connect_with();
        EXPECT_THAT(after(dialogue, said), HasSubstr("what answers is no HTTP proxy")) << said;
    }
}

TEST(ConnectDialogue, TakesNoOctetBeyondTheAnswer) {
    ProxyDialogue dialogue = connect_with();
    EXPECT_THAT(after(dialogue, "HTTP/1.1 200 OK\r\n\r\n\x16"), HasSubstr("said more than its answer"));
    ProxyDialogue later = connect_with();
    EXPECT_EQ(after(later, "HTTP/1.1 200 OK\r\n\r\n"), "");
    EXPECT_THAT(after(later, "x"), HasSubstr("said more than its answer"));
}

TEST(ConnectDialogue, EndsAHeadWithoutEnd) {
    ProxyDialogue dialogue = connect_with();
    EXPECT_EQ(after(dialogue, "HTTP/1.1 200 OK\r\nX: " + std::string(16'000, 'x')), "");
    EXPECT_THAT(after(dialogue, std::string(1000, 'x')), HasSubstr("over 16 KiB"));
}

TEST(SocksDialogue, LetsTheProxyResolveTheName) {
    ProxyDialogue dialogue = socks_with();
    EXPECT_EQ(dialogue.opening(), octets({5, 1, 0}));
    EXPECT_EQ(after(dialogue, octets({5})), "");
    EXPECT_EQ(after(dialogue, octets({0})), octets({5, 1, 0, 3, 13}) + "graph.example" + octets({1, 0xBB}));
    EXPECT_EQ(after(dialogue, octets({5, 0, 0, 1, 10, 0, 0, 1, 0})), "");
    EXPECT_FALSE(dialogue.stands());
    EXPECT_EQ(after(dialogue, octets({80})), "");
    EXPECT_TRUE(dialogue.stands());
}

TEST(SocksDialogue, SendsAnAddressAsAddress) {
    for (const auto& [target, request] : std::initializer_list<std::pair<const char*, std::string>>{
             {"https://192.0.2.7", octets({5, 1, 0, 1, 192, 0, 2, 7, 1, 0xBB})},
             {"https://[2001:db8::1]:8443",
              octets({5, 1, 0, 4, 0x20, 1, 0x0D, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0x20, 0xFB})}}) {
        ProxyDialogue dialogue = dialogue_with("socks5h://p.example:1080", "", target);
        EXPECT_EQ(after(dialogue, octets({5, 0})), request);
    }
}

TEST(SocksDialogue, GivesItsPasswordWhenItIsAsked) {
    ProxyDialogue dialogue = socks_with("scanner:s3:cret");
    EXPECT_EQ(dialogue.opening(), octets({5, 2, 0, 2}));
    EXPECT_EQ(after(dialogue, octets({5, 2})), octets({1, 7}) + "scanner" + octets({7}) + "s3:cret");
    EXPECT_EQ(after(dialogue, octets({1, 0})).substr(0, 5), octets({5, 1, 0, 3, 13}));
    EXPECT_EQ(after(dialogue, octets({5, 0, 0, 3, 2, 'a', 'b', 0, 80})), "");
    EXPECT_TRUE(dialogue.stands());

    ProxyDialogue unasked = socks_with("scanner:s3:cret");
    EXPECT_EQ(after(unasked, octets({5, 0})).substr(0, 5), octets({5, 1, 0, 3, 13}));
}

TEST(SocksDialogue, SaysWhatARefusalMeansInEachStep) {
    ProxyDialogue nobody = socks_with();
    EXPECT_THAT(after(nobody, octets({5, 0xFF})), HasSubstr("wants a user name and a password; put"));
    ProxyDialogue neither = socks_with("u:CANARY");
    EXPECT_THAT(after(neither, octets({5, 0xFF})), HasSubstr("takes neither"));
    ProxyDialogue wrong = socks_with("u:CANARY");
    EXPECT_NE(after(wrong, octets({5, 2})), "");
    const std::string words = after(wrong, octets({1, 1}));
    EXPECT_THAT(words, HasSubstr("does not take the user name and password"));
    EXPECT_THAT(words, Not(HasSubstr("CANARY")));
    for (const auto& [code, kind, expected] : std::initializer_list<std::tuple<int, ErrorCode, const char*>>{
             {1, ErrorCode::unavailable, "the proxy failed"},
             {2, ErrorCode::refused, "rules do not allow it"},
             {4, ErrorCode::unavailable, "cannot reach the host"},
             {5, ErrorCode::unavailable, "the host refused"},
             {8, ErrorCode::refused, "kind of address"},
             {9, ErrorCode::unavailable, "answers with code 9"},
             {255, ErrorCode::unavailable, "answers with code 255"}}) {
        ProxyDialogue dialogue = socks_with();
        ASSERT_TRUE(dialogue.hear(octets({5, 0})));
        const auto next = dialogue.hear(octets({5, code}));
        ASSERT_FALSE(next) << code;
        EXPECT_EQ(next.error().code, kind) << code;
        EXPECT_THAT(next.error().what, HasSubstr(expected));
    }
}

TEST(SocksDialogue, RefusesWhatIsNoAnswer) {
    for (const std::string& said :
         {octets({4}), octets({'H'}), octets({5, 1}), octets({5, 2}), octets({5, 3})}) {
        ProxyDialogue dialogue = socks_with();
        EXPECT_THAT(after(dialogue, said), HasSubstr("no SOCKS 5 proxy")) << said;
    }
    for (const std::string& said :
         {octets({4}), octets({5, 0, 1, 1, 0}), octets({5, 0, 0, 2, 0}), octets({5, 0, 0, 0, 0})}) {
        ProxyDialogue dialogue = socks_with();
        ASSERT_TRUE(dialogue.hear(octets({5, 0})));
        EXPECT_THAT(after(dialogue, said), HasSubstr("no SOCKS 5 proxy"));
    }
    ProxyDialogue hasty = socks_with();
    EXPECT_THAT(after(hasty, octets({5, 0, 5})), HasSubstr("said more than its answer"));
    ProxyDialogue talkative = socks_with();
    ASSERT_TRUE(talkative.hear(octets({5, 0})));
    EXPECT_THAT(after(talkative, octets({5, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1})),
                HasSubstr("said more than its answer"));
}

// Whatever a proxy says: an error in one printable line, or a tunnel that was opened by a whole answer.
TEST(ProxyDialogue, HoldsUnderAnswersOfChance) {
    std::mt19937 chance{20261130};
    const std::string_view beginnings[] = {"",
                                           "HTTP/1.1 ",
                                           "HTTP/1.1 200 ",
                                           "HTTP/1.1 407 x\r\nProxy-Authenticate: ",
                                           {"\5\0", 2},
                                           "\5\2",
                                           {"\1\0", 2},
                                           {"\5\0\0\1", 4},
                                           {"\5\0\0\3", 4}};
    for (int i = 0; i < 20'000; ++i) {
        ProxyDialogue dialogue = i % 2 == 0 ? connect_with("user:CANARY") : socks_with("user:CANARY");
        for (int piece = 0; piece < 4; ++piece) {
            std::string said{beginnings[chance() % std::size(beginnings)]};
            for (auto more = chance() % 12; more > 0; --more)
                said += static_cast<char>(chance() % 3 == 0 ? "\r\n\0\5 2"[chance() % 6] : chance());
            const auto next = dialogue.hear(said);
            if (next) continue;
            const std::string& words = next.error().what;
            EXPECT_TRUE(std::none_of(words.begin(), words.end(), [](char c) { return c >= 0 && c < ' '; }))
                << words;
            EXPECT_EQ(words.find("CANARY"), std::string::npos);
            break;
        }
    }
}

}  // namespace
}  // namespace entrawatch::http
