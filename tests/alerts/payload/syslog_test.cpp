#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "alerts/handling.hpp"
#include "alerts/payload/cef.hpp"
#include "tests/alerts/payload/receiver_limits.hpp"
#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

std::string message_of(const AlertStory& story, const std::string& type = "alert.opened", bool test = false) {
    return Told{story, type, test}.as(DestinationType::syslog).body;
}

TEST(Syslog, IsOneLineOfRfc5424WithACefEvent) {
    const AlertStory story;
    const Told told{story};
    const std::string id = told.alert().id;
    EXPECT_EQ(
        told.as(DestinationType::syslog).body,
        "<82>1 2026-11-22T10:00:00.123Z watch1.contoso.example entrawatch - alert.opened "
        "[entrawatch@32473 alert_id=\"" +
            id +
            "\" webhook_id=\"msg_0123456789abcdefghijklmnop\" tenant=\"contoso\" severity=\"critical\" "
            "rule=\"pim/role-assigned-outside-pim\" occurred_at=\"2026-11-22T09:58:00.1234567Z\"] "
            "CEF:0|Entrawatch|Entrawatch|0.1.0|pim/role-assigned-outside-pim|"
            "Privileged role assigned outside PIM|10|externalId=" +
            id +
            " cat=alert.opened suser=deploy-bot suid=0a0a0a0a-0000-4000-8000-00000000000a src=198.51.100.7 "
            "duser=mallory@contoso.example duid=0b0b0b0b-0000-4000-8000-00000000000b EntrawatchActorKind=app "
            "EntrawatchTargetKind=user "
            "msg=deploy-bot gave the role Global Administrator to mallory@contoso.example outside PIM "
            "act=Add member to role outcome=success flexString2Label=CorrelationId "
            "flexString2=c0ffee00-0000-4000-8000-000000000001 start=1795341480123 end=1795341480123 "
            "rt=1795341600123 cnt=1 deviceExternalId=11111111-2222-3333-4444-555555555555 "
            "request=https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants/UserProfileMenuBlade/~/"
            "overview/"
            "userId/0b0b0b0b-0000-4000-8000-00000000000b "
            "flexString1Label=WebhookId flexString1=msg_0123456789abcdefghijklmnop cs1Label=Scenario "
            "cs1=PR-1 cs2Label=DedupKey cs2=" +
            cef_value(told.alert().dedup_key, 1023) +
            " cs3Label=Tenant cs3=contoso cs4Label=Runbook cs4=https://runbooks.example.com/pr-1 "
            "cs6Label=Context cs6=Role: Global Administrator (tier: critical)\\nWhy this severity: the role "
            "is tier 0\\nATT&CK: T1098.003");
}

TEST(Syslog, HasThePriorityOfFacilityAndSeverity) {
    AlertStory story;
    const auto with = [&](Severity severity, SyslogFacility facility = SyslogFacility::authpriv,
                          const std::string& type = "alert.opened", bool test = false) {
        story.finding.lead.severity = severity;
        const Told told{story, type, test};
        Receiver receiver{};
        receiver.type = DestinationType::syslog;
        receiver.facility = facility;
        const std::string body = render(receiver, told.notification()).body;
        return body.substr(0, body.find(' '));
    };
    EXPECT_EQ(with(Severity::critical), "<82>1");
    EXPECT_EQ(with(Severity::high), "<83>1");
    EXPECT_EQ(with(Severity::medium), "<84>1");
    EXPECT_EQ(with(Severity::low), "<85>1");
    EXPECT_EQ(with(Severity::informational), "<86>1");
    EXPECT_EQ(with(Severity::critical, SyslogFacility::audit), "<106>1");
    EXPECT_EQ(with(Severity::critical, SyslogFacility::local7), "<186>1");
    EXPECT_EQ(with(Severity::critical, SyslogFacility::authpriv, "alert.resolved"), "<85>1")
        << "what is over wakes nobody";
    EXPECT_EQ(with(Severity::critical, SyslogFacility::authpriv, "alert.opened", true), "<86>1")
        << "a test wakes nobody";
    EXPECT_THAT(message_of(story, "alert.opened", true), HasSubstr("|TEST Privileged role"));
}

TEST(Syslog, SaysThatItDoesNotKnowAHostThatIsNoName) {
    const AlertStory story;
    const Told told{story};
    for (const std::string& host :
         {std::string{}, std::string{"a b"}, std::string{"h\xC3\xB6st"}, std::string(256, 'x')}) {
        Receiver receiver{};
        receiver.type = DestinationType::syslog;
        receiver.host = host;
        EXPECT_THAT(render(receiver, told.notification()).body, HasSubstr("Z - entrawatch - ")) << host;
    }
}

TEST(Cef, EscapesWhatItTakesForItsOwnSigns) {
    EXPECT_EQ(cef_header(R"(a|b\c=d)", 100), R"(a/b\\c=d)");
    EXPECT_EQ(cef_header("a\r\nb\x01\x7F", 100), "a  b  ");
    EXPECT_EQ(cef_value(R"(a|b\c=d)", 100), R"(a|b\\c\=d)");
    EXPECT_EQ(cef_value("a\r\nb\tc", 100), R"(a\r\nb c)");
    EXPECT_EQ(cef_value("\\\\==", 100), R"(\\\\\=\=)");
}

TEST(Cef, CutsBetweenCodePointsAndNeverAnEscape) {
    EXPECT_EQ(cef_value("\U0001F511\U0001F511\U0001F511", 10), "\U0001F511\xE2\x80\xA6");
    EXPECT_EQ(cef_value("====", 100), R"(\=\=\=\=)");
    EXPECT_EQ(cef_value(std::string(100, '='), 10), R"(\=\=\=\=\=\=\=)"
                                                    "\xE2\x80\xA6");
    EXPECT_EQ(cef_header("\xC3\xA4\xC3\xA4\xC3\xA4", 5), "\xC3\xA4\xE2\x80\xA6");
}

// A name that would be a second message, another header or another key.
TEST(Syslog, ANameForgesNothing) {
    AlertStory story;
    story.rule.title = R"(T|9|suser=mallory\)";
    story.event.actor.name = "eve\n<0>1 - forged forged - - - CEF:0|x src=192.0.2.66\x1b[31m\u202E";
    story.event.actor.ip = "192.0.2.1 duser=forged";
    story.event.targets[0].name = R"("] [evil@1 x="y\)";
    const std::string message = message_of(story);
    ReceiverLimits limits;
    EXPECT_THAT(limits.faults(DestinationType::syslog, Told{story}.as(DestinationType::syslog)), IsEmpty());
    EXPECT_THAT(message, HasSubstr(R"(|T/9/suser=mallory\\|10|)"));
    EXPECT_THAT(
        message,
        HasSubstr(R"(suser=eve\\x0a<0>1 - forged forged - - - CEF:0|x src\=192.0.2.66\\x1b[31m\\u{202e})"));
    EXPECT_THAT(message, Not(HasSubstr(" src="))) << "an address that is none";
    EXPECT_THAT(message, HasSubstr(R"(duser="] [evil@1 x\="y\\)"));
}

TEST(Syslog, StructuredDataEscapesItsOwnSigns) {
    AlertStory story;
    story.tenant.name = R"(con"to]so\)";
    EXPECT_THAT(message_of(story), HasSubstr(R"(tenant="con\"to\]so\\")"));
}

TEST(Syslog, TellsAnAddressOfVersion6) {
    AlertStory story;
    story.event.actor.ip = "2001:db8::7";
    EXPECT_THAT(message_of(story), HasSubstr(" c6a2Label=Source IPv6 Address c6a2=2001:db8::7 "));
}

TEST(Syslog, ListsChangesOneALine) {
    AlertStory story;
    swell(story, 2, 3);
    EXPECT_THAT(message_of(story), HasSubstr(R"(cs5Label=Changes cs5=Property0: )"));
    EXPECT_THAT(message_of(story), HasSubstr(R"(\nProperty1: )"));
}

TEST(Syslog, ShedsChangesFirstAndKeepsWhatIdentifies) {
    AlertStory story;
    swell(story, 8, 200, '=');  // every octet of them is two
    const Told told{story};
    const RenderedRequest request = told.as(DestinationType::syslog);
    EXPECT_LE(request.body.size(), 7500U);
    EXPECT_THAT(request.shed, ElementsAre("changes"));
    EXPECT_THAT(request.body, Not(HasSubstr("cs5=")));
    EXPECT_THAT(request.body, HasSubstr("cs6=Role: "));
}

TEST(Syslog, NamesEveryStepUntilItFits) {
    AlertStory story;
    const std::string text(2000, '=');
    story.event.actor.name = story.event.targets[0].name = story.finding.lead.summary = text;
    story.event.actor.id = story.event.targets[0].id = text;
    story.finding.lead.severity_reasons = {text};
    swell(story, 3, 500);
    const RenderedRequest request = Told{story}.as(DestinationType::syslog);
    EXPECT_LE(request.body.size(), 7500U);
    EXPECT_THAT(request.shed, ElementsAre("changes", "context", "links", "texts"));
    for (const char* kept :
         {"externalId=alrt_", " suser=\\=", " duser=\\=", " cs3=contoso", "|10|", " start="})
        EXPECT_THAT(request.body, HasSubstr(kept));
}

TEST(Syslog, TellsAPersonsWordAsTheReason) {
    const AlertStory story;
    const AlertRow alert =
        *handled(open_alert(story.input()), {Handling::resolve, "alice", "a=b, see 4711", story.now});
    const Told told =
        Told::of_body(story, notification_body("alert.resolved", story.now, alert), "alert.resolved");
    EXPECT_THAT(told.as(DestinationType::syslog).body,
                HasSubstr(R"( reason=Resolved by alice: a\=b, see 4711 )"));
    EXPECT_THAT(told.as(DestinationType::syslog).body, HasSubstr(" cat=alert.resolved "));
}

TEST(Syslog, ACheckOfItsFormCanFail) {
    ReceiverLimits limits;
    RenderedRequest request = Told{AlertStory{}}.as(DestinationType::syslog);
    EXPECT_THAT(limits.faults(DestinationType::syslog, request), IsEmpty());
    const std::string good = request.body;
    request.body = good + " a value with = in it";
    EXPECT_THAT(limits.faults(DestinationType::syslog, request), ElementsAre("has a bare = in a value"));
    request.body = good + "\n<0>1 forged";
    EXPECT_THAT(limits.faults(DestinationType::syslog, request), ElementsAre("holds a control character"));
    request.body = good + "\\x";
    EXPECT_THAT(limits.faults(DestinationType::syslog, request),
                ElementsAre("has a backslash that escapes nothing"));
}

}  // namespace
}  // namespace entrawatch
