#include "daemon/http/message.hpp"

#include <gtest/gtest.h>

namespace entrawatch::http {
namespace {

TEST(Headers, AreFoundWhateverTheirCase) {
    const Headers headers{{"Retry-After", "30"}};
    EXPECT_EQ(headers.get("retry-after"), "30");
    EXPECT_EQ(headers.get("RETRY-AFTER"), "30");
    EXPECT_EQ(headers.get("Retry"), "");
}

TEST(Headers, SetReplacesEveryOneOfTheName) {
    Headers headers{{"Accept", "a"}, {"ACCEPT", "b"}, {"Other", "c"}};
    headers.set("accept", "d");
    EXPECT_EQ(headers.get("Accept"), "d");
    EXPECT_EQ(headers.all().size(), 2U);
}

TEST(Headers, AddKeepsTheFirstInFront) {
    Headers headers{{"Warning", "one"}};
    headers.add("Warning", "two");
    EXPECT_EQ(headers.get("Warning"), "one");
    EXPECT_EQ(headers.all().size(), 2U);
}

TEST(Headers, NothingMayEndALineEarly) {
    EXPECT_TRUE(is_valid_header("X-Name", "a value\twith a tab"));
    EXPECT_FALSE(is_valid_header("X-Name", "one\r\nX-Two: 2"));
    EXPECT_FALSE(is_valid_header("X-Name", std::string_view{"nul\0", 4}));
    EXPECT_FALSE(is_valid_header("X Name", "v"));
    EXPECT_FALSE(is_valid_header("X:Name", "v"));
    EXPECT_FALSE(is_valid_header("", "v"));
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
          "http://[::2]/", "http://[::ffff:10.0.0.1]/", "http://0.0.0.0/", "http://127.1/"}) {
        EXPECT_FALSE(Url::parse(text)->is_loopback()) << text;
    }
}

TEST(Url, LinkLocalIsAnAddressOfThatNetworkOnly) {
    EXPECT_TRUE(Url::parse("http://169.254.169.254/metadata")->is_link_local());
    EXPECT_TRUE(Url::parse("http://169.254.129.2:8081/msi/token")->is_link_local());
    for (const char* text : {"http://169.254.evil.example/", "http://169.255.0.1/", "http://127.0.0.1/",
                             "http://169.254.1/", "http://[fe80::1]/"}) {
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

}  // namespace
}  // namespace entrawatch::http
