#include "daemon/log.hpp"

#include <gtest/gtest.h>
#include <spdlog/logger.h>
#include <spdlog/sinks/ostream_sink.h>
#include <sstream>

namespace entrawatch {
namespace {

// A log whose lines can be read.
struct Captured {
    explicit Captured(bool journal)
        : log(std::make_shared<spdlog::logger>("test",
                                               std::make_shared<spdlog::sinks::ostream_sink_st>(text)),
              journal) {}
    std::ostringstream text;
    Log log;
};

TEST(Log, WritesFactsAsLogfmt) {
    Captured captured{true};
    captured.log.info("feed answers", {{"tenant", "contoso"}, {"reason", "two words"}, {"empty", ""}});
    EXPECT_EQ(captured.text.str(), "<6>feed answers tenant=contoso reason=\"two words\" empty=\"\"\n");
}

TEST(Log, SaysTheLevelToTheJournal) {
    Captured captured{true};
    captured.log.warning("w");
    captured.log.error("e");
    EXPECT_EQ(captured.text.str(), "<4>w\n<3>e\n");
}

TEST(Log, SaysTheTimeToATerminal) {
    Captured captured{false};
    captured.log.info("started");
    const auto line = captured.text.str();
    EXPECT_EQ(line.substr(4, 1), "-");
    EXPECT_NE(line.find("Z info    started\n"), std::string::npos) << line;
}

TEST(Log, KeepsAnAttackersNameOnOneLine) {
    Captured captured{true};
    captured.log.info("alert opened", {{"summary", "x\n<3>forged line \"quoted\" \x1b[2J"}});
    EXPECT_EQ(captured.text.str(),
              "<6>alert opened summary=\"x\\x0a<3>forged line \\\"quoted\\\" \\x1b[2J\"\n");
}

TEST(Log, RedactsBeforeItEscapes) {
    Captured captured{true};
    captured.log.redactor().add("pass\"word");
    captured.log.info("token refused", {{"reason", "the secret pass\"word is wrong"}});
    EXPECT_EQ(captured.text.str().find("word"), std::string::npos) << captured.text.str();
}

}  // namespace
}  // namespace entrawatch
