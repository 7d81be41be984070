// What holds for every receiver, over alerts that a hostile tenant could make.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "tests/alerts/payload/receiver_limits.hpp"
#include "tests/alerts/payload/told.hpp"

namespace entrawatch {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using enum DestinationType;

constexpr std::array all_types{slack,        teams,      pagerduty, opsgenie, discord, mattermost, servicenow,
                               alertmanager, splunk_hec, webhook,   file,     syslog,  sentinel};
constexpr std::array all_formats{BodyFormat::native, BodyFormat::ocsf, BodyFormat::ecs,
                                 BodyFormat::cloudevents};
constexpr std::array all_notifications{"alert.opened",   "alert.updated",  "alert.acknowledged",
                                       "alert.resolved", "digest",         "test",
                                       "watch.degraded", "watch.recovered"};

// Texts that an attacker may put into a name, and random ones.
class HostileTexts {
  public:
    explicit HostileTexts(unsigned seed) : dice_(seed) {}

    std::size_t below(std::size_t limit) { return dice_() % limit; }

    std::string next() {
        static const std::array<std::string, 14> pieces{"<!channel>",
                                                        "@everyone @here @all",
                                                        "<@U024BE7LH>",
                                                        "[reset](https://evil.example)",
                                                        "*_~`|\\",
                                                        "\u202Etxt.exe",
                                                        "\u200B\u2066",
                                                        "\x1b[31m\r\n\t",
                                                        "\xff\xfe\x80",
                                                        "\xed\xa0\x80",
                                                        "\"}],\"x\":[{",
                                                        "&amp;<b>bold</b>",
                                                        std::string("\0", 1),
                                                        "\U0001F511\U0001F511"};
        std::string text;
        const std::size_t count = below(6);
        for (std::size_t i = 0; i < count; ++i)
            text += pieces[below(pieces.size())] + random_bytes();
        if (below(12) == 0) text += std::string(below(40'000), "x&<\x01@"[below(5)]);
        return text;
    }

  private:
    std::string random_bytes() {
        std::string out(below(20), ' ');
        for (char& c : out)
            c = static_cast<char>(below(256));
        return out;
    }

    std::mt19937 dice_;
};

void make_hostile(AlertStory& story, HostileTexts& texts) {
    story.rule.title = texts.next();
    story.rule.runbook = texts.below(2) == 0 ? "https://runbooks.example/" + texts.next() : texts.next();
    story.finding.lead.summary = texts.next();
    story.finding.lead.subject = texts.next();
    story.finding.lead.severity = static_cast<Severity>(texts.below(5));
    story.finding.lead.severity_reasons = {texts.next(), texts.next()};
    story.event.id = texts.next();
    story.event.activity = texts.next();
    story.event.actor.name = texts.next();
    story.event.actor.ip = texts.next();
    story.event.role->name = texts.next();
    for (std::size_t i = texts.below(30); i > 0; --i)
        story.event.targets.push_back({texts.next(), texts.next(), texts.next()});
    for (std::size_t i = texts.below(60); i > 0; --i) {
        const std::string before = texts.next();
        const std::string after = texts.next();
        story.event.changes.push_back(decode_change(texts.next(), before, after));
    }
}

void expect_within_limits(const Told& told) {
    ReceiverLimits limits;
    for (const DestinationType type : all_types)
        EXPECT_THAT(limits.faults(type, told.as(type)), IsEmpty()) << name_of(type);
    for (const BodyFormat format : all_formats)
        EXPECT_THAT(limits.faults(webhook, told.as(format)), IsEmpty()) << static_cast<int>(format);
    EXPECT_THAT(limits.faults(servicenow, told.as_incident()), IsEmpty());
}

TEST(EveryReceiver, TakesWhateverATenantsNamesHold) {
    HostileTexts texts{20261122};
    for (int i = 0; i < 60; ++i) {
        SCOPED_TRACE(i);
        AlertStory story;
        make_hostile(story, texts);
        expect_within_limits(Told{story, all_notifications[texts.below(all_notifications.size())]});
    }
}

TEST(EveryReceiver, TakesTextsOfAMegabyte) {
    for (const char filling : {'x', '<', '@', '\x01', '\xff'}) {
        SCOPED_TRACE(static_cast<int>(filling));
        AlertStory story;
        const std::string text(1'000'000, filling);
        story.rule.title = story.finding.lead.summary = story.event.actor.name = text;
        story.event.targets[0].name = story.event.activity = text;
        swell(story, 50, text.size(), filling);
        expect_within_limits(Told{story});
    }
}

TEST(EveryReceiver, IsHeldToTheReceiversOwnRules) {
    // The checks above can fail: a body that breaks a limit is found.
    ReceiverLimits limits;
    const Told told{AlertStory{}};
    RenderedRequest request = told.as(slack);
    nlohmann::json body = json_of(request);
    body["blocks"][0]["text"]["text"] = std::string(151, 'x');
    body["blocks"][1]["text"]["text"] = "<!channel>";
    request.body = body.dump();
    EXPECT_EQ(limits.faults(slack, request).size(), 2U);
    request = told.as(discord);
    body = json_of(request);
    body.erase("allowed_mentions");
    body["embeds"][0]["description"] = std::string(6000, 'x');
    request.body = body.dump();
    EXPECT_EQ(limits.faults(discord, request).size(), 3U);
    request.body = "{\"";
    EXPECT_EQ(limits.faults(teams, request).size(), 1U);
}

TEST(EveryReceiver, IsToldOfABodyThatCannotBeRead) {
    const AlertStory story;
    for (const char* body :
         {"", "[]", "{", "{\"data\":7}", "{\"data\":{\"actor\":[],\"events\":{\"a\":1},\"rule\":3}}"}) {
        SCOPED_TRACE(body);
        const Told told = Told::of_body(story, body);
        for (const DestinationType type :
             {slack, teams, pagerduty, opsgenie, discord, mattermost, servicenow, syslog, sentinel})
            // Without "alrt_", which Markdown escapes.
            EXPECT_THAT(told.as(type).body, HasSubstr(told.alert().id.substr(5))) << name_of(type);
    }
}

std::string unescaped(std::string text) {
    std::erase(text, '\\');
    return text;
}

// What an on-call engineer must have in hand, however much is left out.
TEST(EveryReceiver, AlwaysSaysWhatWhoWhomAndWhen) {
    AlertStory story;
    swell(story, 50, 1000);
    const Told told{story};
    for (const DestinationType type : all_types) {
        const std::string body = told.as(type).body;
        // Parts that no receiver's escaping touches.
        for (const std::string& fact :
             {told.alert().id.substr(5), std::string{"outside"}, std::string{"deploy"},
              std::string{"mallory@contoso.example"}, std::string{"contoso"}, std::string{"09:58:00"}})
            EXPECT_THAT(unescaped(body), HasSubstr(fact)) << name_of(type);
    }
}

TEST(EveryReceiver, IsSentTheSameOctetsOnEveryAttempt) {
    AlertStory story;
    swell(story, 30, 500);
    const Told told{story};
    for (const DestinationType type : all_types) {
        EXPECT_EQ(told.as(type).body, told.as(type).body) << name_of(type);
        EXPECT_EQ(told.as(type).path, told.as(type).path) << name_of(type);
    }
}

TEST(EveryReceiver, SaysWhatWasLeftOut) {
    AlertStory story;
    swell(story, 50, 1000);
    const Told told{story};
    for (const DestinationType type : all_types)
        EXPECT_THAT(told.as(type).shed, Not(IsEmpty())) << name_of(type);
    const Told small{AlertStory{}};
    for (const DestinationType type : {slack, teams, pagerduty, opsgenie, discord, mattermost, servicenow,
                                       splunk_hec, webhook, syslog, sentinel})
        EXPECT_THAT(small.as(type).shed, IsEmpty()) << name_of(type);
}

}  // namespace
}  // namespace entrawatch
