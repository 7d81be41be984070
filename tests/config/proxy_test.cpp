#include "config/proxy.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <random>
#include <string>

namespace entrawatch {
namespace {

NoProxy list_of(std::initializer_list<const char*> entries) {
    NoProxy list;
    for (const char* entry : entries) {
        const auto added = list.add(entry);
        EXPECT_TRUE(added) << entry << ": " << (added ? "" : added.error().what);
    }
    return list;
}

TEST(NoProxy, ANameStandsForItselfAndAllBelowIt) {
    const NoProxy list = list_of({"Contoso.Example", "host"});
    for (const char* host : {"contoso.example", "CONTOSO.example.", "hooks.contoso.example",
                             "a.b.contoso.example", "host", "below.host"})
        EXPECT_TRUE(list.covers(host)) << host;
    for (const char* host : {"example", "notcontoso.example", "contoso.example.evil", "contoso.exampl", "",
                             ".", "hosts", "contoso.example..", "10.0.0.1"})
        EXPECT_FALSE(list.covers(host)) << host;
}

TEST(NoProxy, ASuffixStandsForThoseBelowItOnly) {
    for (const char* entry : {".contoso.example", "*.contoso.example", ".contoso.example."}) {
        const NoProxy list = list_of({entry});
        EXPECT_TRUE(list.covers("hooks.contoso.example")) << entry;
        EXPECT_FALSE(list.covers("contoso.example")) << entry;
        EXPECT_FALSE(list.covers("notcontoso.example")) << entry;
    }
}

TEST(NoProxy, AddressesAndNetworksCoverHostsWrittenAsAddress) {
    const NoProxy list = list_of({"10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "[2001:dead::1]"});
    for (const char* host :
         {"10.255.0.1", "192.0.2.7", "2001:db8:1::1", "2001:dead::1", "::ffff:10.1.2.3", "2001:DEAD:0::1"})
        EXPECT_TRUE(list.covers(host)) << host;
    for (const char* host : {"11.0.0.1", "192.0.2.70", "2001:db9::1", "2001:dead::2", "10.evil.example",
                             "10.0.0.1.evil.example", "192.0.2.7.evil"})
        EXPECT_FALSE(list.covers(host)) << host;
    EXPECT_TRUE(list_of({"0.0.0.0/0"}).covers("203.0.113.9"));
    EXPECT_FALSE(list_of({"0.0.0.0/0"}).covers("2001:db8::1"));
    EXPECT_FALSE(list_of({}).covers("10.0.0.1"));
}

TEST(NoProxy, RefusesWhatCouldNeverMatchOrMatchesEverything) {
    for (const char* entry : {"",
                              "*",
                              ".",
                              "..",
                              "*.",
                              "*.*",
                              "a*.example",
                              "https://host.example",
                              "host.example/x",
                              "host:443",
                              "[::1]:443",
                              "10.0.0.0/33",
                              "10.0.0.0/-1",
                              "10.0.0.0/8/8",
                              "10.0.0.0/",
                              "2001:db8::/129",
                              "10.0.0",
                              "10.*",
                              "0x0a000001",
                              "ho st",
                              "host\n",
                              "h\xC3\xB6st",
                              "a..b",
                              "user@host",
                              "-host",
                              "host#x",
                              "2001:db8::g",
                              "[::1"}) {
        NoProxy list;
        EXPECT_FALSE(list.add(entry)) << entry;
        EXPECT_FALSE(list.covers(entry)) << entry;
    }
    NoProxy list;
    EXPECT_FALSE(list.add(std::string(64 * 1024, 'a')));
    EXPECT_FALSE(list.add(std::string_view{"host\0", 5}));
}

// Whatever is asked: an entry that was taken covers the very host it names, and nothing gets in by accident.
TEST(NoProxy, HoldsUnderTextsOfChance) {
    std::mt19937 chance{20261130};
    constexpr std::string_view alphabet = "ab.:/*[]0159fx-@% \xC3";
    for (int i = 0; i < 20'000; ++i) {
        std::string entry(chance() % 12, ' ');
        for (char& c : entry)
            c = alphabet[chance() % alphabet.size()];
        NoProxy list;
        if (!list.add(entry)) continue;
        EXPECT_FALSE(list.covers("other.example") || list.covers("203.0.113.9") || list.covers("")) << entry;
        const bool is_name = entry.find_first_of(":/[*") == std::string::npos && !entry.starts_with('.');
        if (is_name) {
            EXPECT_TRUE(list.covers(entry)) << entry;
        }
    }
}

TEST(Proxy, ServesWhatIsSecureAndElsewhere) {
    Proxy proxy;
    proxy.url = Url::parse_proxy("http://proxy.example:3128").value();
    ASSERT_TRUE(proxy.no_proxy.add("direct.example"));
    for (const char* url : {"https://graph.microsoft.com", "https://192.0.2.1", "https://[2001:db8::1]/",
                            "https://localhost.evil.example", "https://169.254.evil.example"})
        EXPECT_TRUE(proxy.serves(Url::parse(url).value())) << url;
    EXPECT_TRUE(proxy.serves(Url::parse_peer("tls://syslog.example:6514").value()));
    for (const char* url :
         {"https://direct.example", "https://localhost", "https://api.localhost", "https://127.0.0.1:8443",
          "https://[::1]", "https://[0:0:0:0:0:0:0:1]", "https://[::ffff:127.0.0.1]",
          "https://169.254.169.254", "https://[::ffff:169.254.169.254]", "https://[fe80::1]",
          "https://0.0.0.0", "https://[::]", "http://169.254.169.254", "http://graph.microsoft.com"})
        EXPECT_FALSE(proxy.serves(Url::parse(url).value())) << url;
}

TEST(Proxy, ItsCredentialsAreAUserAndAPasswordOnOneLine) {
    for (const char* text : {"scanner:s3cret", "u:p:with:colons", "u: ", "\xC3\xA4:\xC3\xB6"})
        EXPECT_TRUE(check_proxy_credentials(text)) << text;
    EXPECT_TRUE(check_proxy_credentials(std::string(255, 'u') + ":" + std::string(255, 'p')));
    for (const std::string& text :
         {std::string{}, std::string{":"}, std::string{"CANARY"}, std::string{"u:"}, std::string{":CANARY"},
          std::string{"u:CANARY\nx"}, std::string{"u\r:CANARY"}, std::string{"u:CANARY\x7F"},
          std::string(256, 'u') + ":p", "u:" + std::string(256, 'p')}) {
        const auto checked = check_proxy_credentials(text);
        ASSERT_FALSE(checked) << text;
        EXPECT_EQ(checked.error().text().find("CANARY"), std::string::npos);
    }
}

}  // namespace
}  // namespace entrawatch
