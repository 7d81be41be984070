#include "config/url.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <utility>

namespace entrawatch {
namespace {

TEST(Url, TakesHttpsAnywhereAndHttpToALoopbackAddress) {
    for (const char* url :
         {"https://hooks.example.com/services/T0/B0/x?y=z", "https://hooks.example.com",
          "HTTPS://hooks.example.com:8443/", "https://192.0.2.1/x", "https://[2001:db8::1]:8443/x",
          "http://127.0.0.1:8080/x", "http://127.255.0.9/", "http://localhost/x", "http://[::1]:9000/x",
          "https://my_host/x", "https://hooks.example.com?query"}) {
        const auto checked = check_url(url);
        EXPECT_TRUE(checked) << url << ": " << (checked ? "" : checked.error().what);
    }
}

TEST(Url, TakesAPeerOverTlsAnywhereAndInTheClearOnALoopbackAddress) {
    for (const char* address :
         {"tls://syslog.example:6514", "TLS://192.0.2.1:6514", "tls://[2001:db8::1]:6514",
          "tcp://127.0.0.1:514", "tcp://[::1]:601", "tcp://localhost:1"}) {
        const auto checked = check_peer(address);
        EXPECT_TRUE(checked) << address << ": " << (checked ? "" : checked.error().what);
    }
    for (const char* address :
         {"", "tls://", "syslog.example:6514", "tls://syslog.example", "tls://syslog.example:6514/",
          "tls://syslog.example:6514/x", "tls://syslog.example:0", "tls://user@syslog.example:6514",
          "tls://syslog.example:6514#x", "tls://sys log:6514", "tcp://syslog.example:514",
          "tcp://10.0.0.1:514", "udp://127.0.0.1:514", "https://127.0.0.1:6514"})
        EXPECT_FALSE(check_peer(address)) << address;
    EXPECT_FALSE(check_url("tls://syslog.example:6514"));
}

TEST(Url, RefusesEverythingElseWithoutQuotingIt) {
    for (const char* url : {"",
                            "https://",
                            "https:///CANARY",
                            "http://",
                            "ftp://CANARY/",
                            "//CANARY/",
                            "CANARY",
                            "http://hooks.example.com/CANARY",
                            "http://127.0.0.1.example.com/CANARY",
                            "http://localhost.example.com/CANARY",
                            "http://[2001:db8::1]/CANARY",
                            "http://10.0.0.1/CANARY",
                            "https://user@hooks.example.com/CANARY",
                            "https://a:b@127.0.0.1/CANARY",
                            "https://hooks.example.com/CANARY#part",
                            "https://hooks.example.com/CAN ARY",
                            "https://hooks.example.com/CANARY\r\nx: y",
                            "https://hooks.example.com:0/CANARY",
                            "https://hooks.example.com:65536/CANARY",
                            "https://hooks.example.com:x/CANARY",
                            "https://hooks.example.com:/CANARY",
                            "https://[::1/CANARY",
                            "https://[CANARY]/",
                            "https://[]/",
                            "https://[::1]x/CANARY",
                            "https://ho%73t/CANARY",
                            "https://h\xc3\xb6st/CANARY",
                            "https://a\\b/CANARY",
                            "https://[",
                            "https://]"}) {
        const auto checked = check_url(url);
        EXPECT_FALSE(checked) << url;
        if (!checked) {
            EXPECT_EQ(checked.error().text().find("CANARY"), std::string::npos) << url;
        }
    }
}

TEST(Url, TakesAPlainAddressApart) {
    const auto url =
        Url::parse("https://graph.microsoft.com/beta/auditLogs/signIns?$top=1000&$skiptoken=a%24b_1000");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme, "https");
    EXPECT_EQ(url->host, "graph.microsoft.com");
    EXPECT_EQ(url->port, "443");
    EXPECT_EQ(url->target, "/beta/auditLogs/signIns?$top=1000&$skiptoken=a%24b_1000");
}

TEST(Url, KeepsTheTargetVerbatim) {
    const std::string target = "/v1.0/AuditLogs/signins?%24filter=a+b%20c&x=%7b%22%7D&&y==|^{}";
    const auto url = Url::parse("https://h" + target);
    ASSERT_TRUE(url);
    EXPECT_EQ(url->target, target);
}

TEST(Url, GivesAnEmptyPathASlash) {
    EXPECT_EQ(Url::parse("https://h")->target, "/");
    EXPECT_EQ(Url::parse("https://h?q=1")->target, "/?q=1");
    EXPECT_EQ(Url::parse("http://127.0.0.1:81")->port, "81");
    EXPECT_EQ(Url::parse("http://127.0.0.1")->port, "80");
}

TEST(Url, ReadsSchemeAndHostWithoutCase) {
    const auto url = Url::parse("HTTPS://Graph.Microsoft.COM/A");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->origin(), "https://graph.microsoft.com:443");
    EXPECT_EQ(url->target, "/A");
}

TEST(Url, ReadsIPv6InBrackets) {
    const auto url = Url::parse("https://[::1]:8443/x");
    ASSERT_TRUE(url);
    EXPECT_EQ(url->host, "::1");
    EXPECT_EQ(url->port, "8443");
    EXPECT_EQ(url->origin(), "https://[::1]:8443");
    EXPECT_EQ(url->host_header(), "[::1]:8443");
}

TEST(Url, LeavesTheUsualPortOutOfTheHostHeader) {
    EXPECT_EQ(Url::parse("https://h.example/")->host_header(), "h.example");
    EXPECT_EQ(Url::parse("https://h.example:80/")->host_header(), "h.example:80");
    EXPECT_EQ(Url::parse("http://127.0.0.1:80/")->host_header(), "127.0.0.1");
}

TEST(Url, RefusesWhatCouldMisleadAReader) {
    for (const char* text : {
             "",
             "graph.microsoft.com",
             "ftp://h/",
             "file:///etc/passwd",
             "https:/h",
             "https://",
             "https:///path",
             "https://:443/",
             "https://user@h/",
             "https://user:secret@h/",
             "https://graph.microsoft.com@evil.example/",
             "https://h/#fragment",
             "https://h#@other/",
             "https://h:0/",
             "https://h:65536/",
             "https://h:44x/",
             "https://h:/",
             "https://h:-1/",
             "https://[::1/",
             "https://[::1]x/",
             "https://[h]/",
             "https://h ost/",
             "https://h/a b",
             "https://h/a\nb",
             "https://h/a\tb",
             "https://h/\x7F",
             "https://h\\@evil/",
             "https://h%2e/",
             "https://h\xC3\xA4/",
             "https://h/\xC3\xA4",
             "https://-h/",
             "https://.h/",
             "https://a..b/",
             "http://127.1/",
             "http://169.254.1/",
             "http://2130706433/",
             "http://0x7f000001/",
             "http://0x7f.0.0.1/",
             "http://127.0.0.0x1/",
             "http://017700000001/",
             "http://127.0.0.1./",
             "http://1.2.3.4.5/",
         }) {
        EXPECT_FALSE(Url::parse(text)) << text;
    }
    EXPECT_FALSE(Url::parse(std::string_view{"https://h/\0", 11}));
}

TEST(Url, RefusesMoreThanSixtyFourKibibytes) {
    const std::string head = "https://h/";
    EXPECT_TRUE(Url::parse(head + std::string(max_url_bytes - head.size(), 'a')));
    const auto longer = Url::parse(head + std::string(max_url_bytes - head.size() + 1, 'a'));
    ASSERT_FALSE(longer);
    EXPECT_EQ(longer.error().code, ErrorCode::too_large);
}

TEST(Url, ErrorsNeverQuoteIt) {
    for (const char* text : {"https://user:canary@h/", "https://h/canary b", "canary://h/",
                             "https://h:canary/", "https://canary..h/", "https://h/#canary"}) {
        const auto url = Url::parse(text);
        ASSERT_FALSE(url) << text;
        EXPECT_EQ(url.error().text().find("canary"), std::string::npos) << url.error().text();
    }
}

TEST(Url, LoopbackIsThisMachineOnly) {
    for (const char* text : {"http://127.0.0.1/", "http://127.8.9.10/", "http://localhost/",
                             "http://LOCALHOST/", "http://[::1]/"}) {
        EXPECT_TRUE(Url::parse(text)->is_loopback()) << text;
    }
    for (const char* text :
         {"http://127.0.0.1.evil.example/", "http://128.0.0.1/", "http://localhost.evil.example/",
          "http://[::2]/", "http://[::ffff:10.0.0.1]/", "http://0.0.0.0/"}) {
        EXPECT_FALSE(Url::parse(text)->is_loopback()) << text;
    }
}

TEST(Url, LinkLocalIsAnAddressOfThatNetworkOnly) {
    EXPECT_TRUE(Url::parse("http://169.254.169.254/metadata")->is_link_local());
    EXPECT_TRUE(Url::parse("http://169.254.129.2:8081/msi/token")->is_link_local());
    for (const char* text :
         {"http://169.254.evil.example/", "http://169.255.0.1/", "http://127.0.0.1/", "http://[fe80::1]/"}) {
        EXPECT_FALSE(Url::parse(text)->is_link_local()) << text;
    }
}

TEST(Url, TheSameOriginHasSchemeHostAndPortInCommon) {
    const Url url = *Url::parse("https://graph.example/a");
    EXPECT_TRUE(url.same_origin(*Url::parse("https://GRAPH.example:443/b?c")));
    EXPECT_FALSE(url.same_origin(*Url::parse("http://graph.example:443/a")));
    EXPECT_FALSE(url.same_origin(*Url::parse("https://graph.example:444/a")));
    EXPECT_FALSE(url.same_origin(*Url::parse("https://graph.example.evil/a")));
}

TEST(Url, ReadsAProxyByItsSchemeHostAndPort) {
    for (const auto& [text, origin] : std::initializer_list<std::pair<const char*, const char*>>{
             {"http://proxy.example:3128", "http://proxy.example:3128"},
             {"HTTPS://Proxy.example:443/", "https://proxy.example:443"},
             {"socks5h://[2001:db8::1]:1080", "socks5h://[2001:db8::1]:1080"},
             {"socks5://10.0.0.1:1080", "socks5h://10.0.0.1:1080"}}) {
        const auto url = Url::parse_proxy(text);
        ASSERT_TRUE(url) << text << ": " << url.error().what;
        EXPECT_EQ(url->origin(), origin);
    }
    for (const char* text :
         {"", "proxy.example:3128", "http://proxy.example", "http://proxy.example:3128/CANARY",
          "http://proxy.example:3128?CANARY", "http://user:CANARY@proxy.example:3128",
          "socks4://proxy.example:1080", "tls://proxy.example:1", "http://2130706433:3128",
          "http://proxy.example:0", "http://pro xy:1", "http://proxy.example:3128#CANARY"}) {
        const auto url = Url::parse_proxy(text);
        ASSERT_FALSE(url) << text;
        EXPECT_EQ(url.error().text().find("CANARY"), std::string::npos) << text;
    }
}

TEST(Origin, IsSchemeHostAndPortOnly) {
    EXPECT_TRUE(check_origin("https://graph.microsoft.com"));
    EXPECT_TRUE(check_origin("https://127.0.0.1:8443/"));
    EXPECT_FALSE(check_origin("https://graph.microsoft.com/v1.0"));
    EXPECT_FALSE(check_origin("https://graph.microsoft.com?x"));
    EXPECT_FALSE(check_origin("http://graph.microsoft.com"));
}

}  // namespace
}  // namespace entrawatch
