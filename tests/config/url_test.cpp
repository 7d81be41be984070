#include "config/url.hpp"

#include <gtest/gtest.h>

#include <string>

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

TEST(Origin, IsSchemeHostAndPortOnly) {
    EXPECT_TRUE(check_origin("https://graph.microsoft.com"));
    EXPECT_TRUE(check_origin("https://127.0.0.1:8443/"));
    EXPECT_FALSE(check_origin("https://graph.microsoft.com/v1.0"));
    EXPECT_FALSE(check_origin("https://graph.microsoft.com?x"));
    EXPECT_FALSE(check_origin("http://graph.microsoft.com"));
}

}  // namespace
}  // namespace entrawatch
