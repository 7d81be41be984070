#include "daemon/graph/link.hpp"

#include <gtest/gtest.h>

namespace entrawatch::graph {
namespace {

TEST(CheckedLink, TakesATargetAndALinkOfTheConfiguredHost) {
    const std::string root = "https://graph.example";
    EXPECT_EQ(checked_link("/beta/x?y=%20z", root)->target, "/beta/x?y=%20z");
    EXPECT_EQ(checked_link("https://graph.example/beta/x?$skiptoken=A%24b", root)->target,
              "/beta/x?$skiptoken=A%24b");
    EXPECT_TRUE(checked_link("https://GRAPH.example:443/x", root));
}

TEST(CheckedLink, RefusesToLeaveTheHost) {
    for (const char* link :
         {"https://evil.example/x", "http://graph.example/x", "https://graph.example:8443/x",
          "https://graph.example.evil/x", "https://graph.example@evil.example/x",
          "https://user@graph.example/x", "ftp://graph.example/x", "", "graph.example/x",
          "https://graph.example\\@evil/x", "/x\r\nEvil: y"}) {
        EXPECT_FALSE(checked_link(link, "https://graph.example")) << link;
    }
}

TEST(CheckedLink, TakesSixtyFourKibibytesAndNoMore) {
    const std::string root = "https://graph.example";
    EXPECT_TRUE(checked_link(root + "/" + std::string(60'000, 'a'), root));
    EXPECT_FALSE(checked_link(root + "/" + std::string(70'000, 'a'), root));
}

}  // namespace
}  // namespace entrawatch::graph
