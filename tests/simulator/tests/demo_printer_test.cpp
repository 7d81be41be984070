// The demo's words: times, alerts without colour for files, commands that can be pasted.
#include "tests/simulator/demo/printer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::Not;

Notification example() {
    Notification notification;
    notification.at = noon();
    notification.verified = true;
    notification.type = "alert.opened";
    notification.rule = "emergency/sign-in";
    notification.scenario = "EA-1";
    notification.summary = "breakglass1 signed in";
    notification.severity = Severity::critical;
    notification.actor = "breakglass1 (user) from 203.0.113.7";
    notification.differences = {"role: set to Global Administrator", "b", "c", "d"};
    return notification;
}

TEST(Printer, TellsTheTimeAndTheAct) {
    EXPECT_EQ(act_text({"somebody signs in", {}, {}}, noon()), "12:00:00  somebody signs in\n");
    EXPECT_EQ(seconds_text(milliseconds{3249}), "3.2 s");
}

TEST(Printer, ShowsAnAlertAsItWasReceived) {
    const std::string text = alert_text(example(), {nullptr, milliseconds{6200}}, false);
    for (const char* part :
         {"12:00:00  ==> alert.opened [critical] EA-1 emergency/sign-in", "breakglass1 signed in",
          "who       breakglass1 (user) from 203.0.113.7", "changed   role: set to Global Administrator",
          "and 1 more change\n", "signature verified \xE2\x9C\x93, 6.2 s after Graph showed it"}) {
        EXPECT_THAT(text, HasSubstr(part));
    }
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

TEST(Printer, ColoursOnlyWhenToldTo) {
    EXPECT_THAT(alert_text(example(), {}, true), HasSubstr("\x1b[1;31m[critical]\x1b[0m"));
}

TEST(Printer, ShoutsWhenASignatureIsNotGood) {
    Notification notification = example();
    notification.verified = false;
    notification.why_not = "no key matches";
    EXPECT_THAT(alert_text(notification, {}, false), HasSubstr("SIGNATURE NOT VERIFIED: no key matches"));
}

TEST(Printer, LetsNoEventTextControlTheTerminal) {
    Notification notification = example();
    notification.summary = "red \x1b[31m text\nnext line";
    notification.differences = {"P: \x1b[2J → x"};
    EXPECT_THAT(alert_text(notification, {}, false), Not(HasSubstr("\x1b")));
}

TEST(Printer, EndsWithTheVerdict) {
    Judge judge;
    EXPECT_THAT(verdict_text(judge, "exit 0"), HasSubstr("The demo did what it promised."));
    EXPECT_THAT(verdict_text(judge, "signal 9"), HasSubstr("ended with signal 9 instead of exit 0"));
    EXPECT_THAT(verdict_text(judge, "signal 9"), HasSubstr("FAILED"));
    judge.expect({"a role is activated", {}, {}});
    EXPECT_THAT(verdict_text(judge, "exit 0"), HasSubstr("silence, as it should be: a role is activated"));
    judge.expect({"somebody signs in", {}, ExpectedAlert{{"EA-1"}, Severity::low}});
    EXPECT_THAT(verdict_text(judge, "exit 0"), HasSubstr("WRONG: no alert came although somebody signs in"));
}

TEST(Printer, NamesTheNextCommandsWithRealPaths) {
    const std::string text = next_steps_text({"/tmp/my demo"}, "/opt/entrawatch", "alrt_1");
    EXPECT_THAT(text, HasSubstr("/opt/entrawatch query --config '/tmp/my demo/entrawatch.yaml' --actor"));
    EXPECT_THAT(text, HasSubstr("alerts show --config '/tmp/my demo/entrawatch.yaml' alrt_1"));
    EXPECT_THAT(text, HasSubstr("sqlite3 '/tmp/my demo/state/contoso.db'"));
    EXPECT_THAT(text, HasSubstr("README.md"));
}

}  // namespace
}  // namespace entrawatch::simulator
