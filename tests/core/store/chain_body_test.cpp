#include "core/store/chain_body.hpp"

#include <gtest/gtest.h>

#include <array>

namespace entrawatch {
namespace {

const std::string no_hash(64, '0');

std::string line(std::vector<ChainKey> keys) {
    std::string body;
    append_line(body, "event", keys, {});
    return body;
}

TEST(ChainBody, WritesRunsOfRowsShort) {
    EXPECT_EQ(line({{17, 0}}), "event 17 " + no_hash + "\n");
    EXPECT_EQ(line({{17, 0}, {18, 0}, {19, 0}, {21, 0}}), "event 17..19 21 " + no_hash + "\n");
    EXPECT_EQ(line({{17, 3}, {18, 0}, {18, 2}}), "event 17,3 18 18,2 " + no_hash + "\n");
}

TEST(ChainBody, ReadsWhatItWrites) {
    const std::string body =
        line({{1, 0}, {2, 0}, {5, 0}, {5, 2}}) + "alert 7 " + std::string(64, 'f') + "\n";
    const auto lines = read_body(body);
    ASSERT_TRUE(lines);
    ASSERT_EQ(lines->size(), 2U);
    EXPECT_EQ(lines->at(0).table, "event");
    EXPECT_EQ(lines->at(0).rows, (std::vector<ChainRun>{{{1, 0}, 2}, {{5, 0}, 5}, {{5, 2}, 5}}));
    EXPECT_TRUE(lines->at(0).several());
    EXPECT_EQ(lines->at(1).digest[0], 0xff);
    EXPECT_FALSE(lines->at(1).several());
    EXPECT_TRUE(read_body("")->empty());
}

TEST(ChainBody, RefusesWhatItIsNot) {
    for (const std::string& text :
         {"event 1 " + no_hash, "event " + no_hash + "\n", " 1 " + no_hash + "\n", std::string{"event\n"},
          std::string{"\n"}, "event 1  " + no_hash + "\n", "event 2..1 " + no_hash + "\n",
          "event -1 " + no_hash + "\n", "event 1,0 " + no_hash + "\n", "event 1, " + no_hash + "\n",
          "event 1.. " + no_hash + "\n", "event x " + no_hash + "\n", "event 1 " + no_hash.substr(1) + "\n",
          "event 1 " + no_hash.substr(1) + "F\n", "event 99999999999999999999 " + no_hash + "\n",
          "event 1 " + no_hash + " 2\n"}) {
        EXPECT_FALSE(read_body(text)) << text;
    }
}

}  // namespace
}  // namespace entrawatch
