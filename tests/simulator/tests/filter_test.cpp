// $filter as the log feeds understand it, and the texts with which they refuse it.
#include "tests/simulator/filter.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using testing::HasSubstr;

const Endpoint& audits() {
    return endpoint_of(FeedId::directory_audits);
}
const Endpoint& sign_ins() {
    return endpoint_of(FeedId::sign_ins_interactive);
}
const Endpoint& risk() {
    return endpoint_of(FeedId::risk_detections);
}

bool matches(const Endpoint& endpoint, const std::string& filter, const Document& document) {
    const auto parsed = Filter::parse(filter, endpoint);
    EXPECT_TRUE(parsed) << filter << ": " << (parsed ? "" : parsed.error().message);
    return parsed && parsed->matches(make_revision(endpoint, document, noon()).properties);
}

std::string refusal(const Endpoint& endpoint, const std::string& filter) {
    const auto parsed = Filter::parse(filter, endpoint);
    return parsed ? "(accepted)" : parsed.error().message;
}

TEST(Filter, ComparesTimesByInstantAndNotByText) {
    // As text "12:00:00Z" is greater than "12:00:00.5Z", because 'Z' is greater than '.'.
    const Document row = {{"activityDateTime", "2026-11-20T12:00:00.5Z"}};
    EXPECT_TRUE(matches(audits(), "activityDateTime gt 2026-11-20T12:00:00Z", row));
    EXPECT_FALSE(matches(audits(), "activityDateTime gt 2026-11-20T12:00:00.5000000Z", row));
    EXPECT_TRUE(matches(audits(), "activityDateTime ge 2026-11-20T12:00:00.5Z", row));
    EXPECT_TRUE(matches(audits(), "activityDateTime le 2026-11-20T12:00:00.5Z", row));
    EXPECT_FALSE(matches(audits(), "activityDateTime lt 2026-11-20T12:00:00.5Z", row));
    EXPECT_TRUE(matches(audits(), "activityDateTime lt 2026-11-20T12:00:00.5000001Z", row));
}

TEST(Filter, TakesEqualRowsForNewerOnesInRiskUpdates) {
    const Document row = {{"lastUpdatedDateTime", "2026-11-20T12:00:00Z"},
                          {"detectedDateTime", "2026-11-20T12:00:00Z"}};
    EXPECT_TRUE(matches(risk(), "lastUpdatedDateTime gt 2026-11-20T12:00:00Z", row));
    EXPECT_FALSE(matches(risk(), "detectedDateTime gt 2026-11-20T12:00:00Z", row));
}

TEST(Filter, TakesStrictComparisonsOnlyOfProvisioning) {
    const Endpoint& provisioning = endpoint_of(FeedId::provisioning);
    const Document row = {{"activityDateTime", "2026-11-20T12:00:00Z"}};
    EXPECT_TRUE(matches(provisioning, "activityDateTime gt 2026-11-20T11:59:59.9999999Z", row));
    EXPECT_FALSE(matches(provisioning, "activityDateTime gt 2026-11-20T12:00:00Z", row));
    EXPECT_EQ(refusal(provisioning, "activityDateTime ge 2026-11-20T12:00:00Z"), "Unsupported Query.");
}

TEST(Filter, DoesNotAskPimAlertsByTime) {
    EXPECT_THAT(refusal(endpoint_of(FeedId::pim_alerts), "lastScannedDateTime gt 2026-11-20T12:00:00Z"),
                HasSubstr("Could not find a property named 'lastScannedDateTime'"));
}

TEST(Filter, JoinsWithAndOrNotAndParentheses) {
    const Document row = {{"category", "Policy"}, {"loggedByService", "Core Directory"}};
    EXPECT_TRUE(matches(audits(), "category eq 'Policy' and loggedByService eq 'Core Directory'", row));
    EXPECT_FALSE(matches(audits(), "category eq 'Policy' and loggedByService eq 'PIM'", row));
    EXPECT_TRUE(matches(audits(), "category eq 'Other' or loggedByService eq 'Core Directory'", row));
    // "and" binds closer than "or".
    EXPECT_TRUE(matches(audits(), "category eq 'Policy' or category eq 'a' and category eq 'b'", row));
    EXPECT_FALSE(matches(audits(), "(category eq 'Policy' or category eq 'a') and category eq 'b'", row));
    EXPECT_TRUE(matches(audits(), "not (category eq 'Other')", row));
    EXPECT_TRUE(matches(audits(), "category ne 'Other' and result ne 'success'", row));
}

TEST(Filter, ReadsQuotesInsideTexts) {
    EXPECT_TRUE(matches(audits(), "category eq 'it''s'", {{"category", "it's"}}));
}

TEST(Filter, LooksIntoObjectsAndIntoEachElementOfACollection) {
    const Document row = {{"initiatedBy", {{"user", {{"id", "u1"}}}, {"app", nullptr}}},
                          {"targetResources", Document::array({{{"id", "t1"}}, {{"id", "t2"}}})}};
    EXPECT_TRUE(matches(audits(), "initiatedBy/user/id eq 'u1'", row));
    EXPECT_TRUE(matches(audits(), "targetResources/any(t: t/id eq 't2')", row));
    EXPECT_FALSE(matches(audits(), "targetResources/any(t:t/id eq 't3')", row));
    const Document sign_in = {{"signInEventTypes", Document::array({"nonInteractiveUser"})},
                              {"status", {{"errorCode", 50126}}}};
    EXPECT_TRUE(matches(
        sign_ins(), "signInEventTypes/any(t: t eq 'interactiveUser' or t eq 'nonInteractiveUser')", sign_in));
    EXPECT_TRUE(matches(sign_ins(), "status/errorCode eq 50126", sign_in));
    EXPECT_TRUE(matches(sign_ins(), "signInEventTypes/any(t: t ne 'servicePrincipal')", sign_in));
}

TEST(Filter, MatchesNothingWhenATimeIsQuoted) {
    const Document row = {{"activityDateTime", "2026-11-20T12:00:00Z"}};
    EXPECT_FALSE(matches(audits(), "activityDateTime ge '2026-01-01T00:00:00Z'", row));
}

TEST(Filter, RefusesTheFirstUnknownPropertyByName) {
    EXPECT_EQ(refusal(audits(), "createdDateTime ge 2026-01-01T00:00:00Z and alsoUnknown eq 'x'"),
              "Invalid filter clause: Could not find a property named 'createdDateTime' on type "
              "'microsoft.graph.directoryAudit'.");
    EXPECT_THAT(refusal(risk(), "activityDisplayName eq 'x'"),
                HasSubstr("'activityDisplayName' on type 'microsoft.graph.riskDetection'"));
    // A collection needs any(), and any() a collection.
    EXPECT_THAT(refusal(sign_ins(), "signInEventTypes eq 'servicePrincipal'"),
                HasSubstr("'signInEventTypes'"));
    EXPECT_THAT(refusal(sign_ins(), "userId/any(u: u eq 'x')"), HasSubstr("'userId'"));
}

TEST(Filter, RefusesWhatIsNoFilter) {
    for (const char* broken :
         {"", "and", "category", "category eq", "category eq 'x", "category eq 'x' and", "(category eq 'x'",
          "category eq 'x')", "category is 'x'", "activityDateTime ge yesterday",
          "activityDateTime ge 2026-01-01T00:00:00 00:00", "signInEventTypes/any(t eq 'x')"}) {
        const std::string message = refusal(audits(), broken);
        EXPECT_THAT(message, testing::AnyOf(HasSubstr("Syntax error"), HasSubstr("Could not find")))
            << broken;
    }
    EXPECT_EQ(refusal(audits(), "category ge 'x'"), "Unsupported Query.");
    EXPECT_THAT(refusal(audits(), "category eq 5"), HasSubstr("incompatible types"));
    EXPECT_THAT(refusal(sign_ins(), "status/errorCode eq '5'"), HasSubstr("incompatible types"));
    EXPECT_EQ(refusal(audits(), "targetResources/any(t: t/id eq 'x' and t/displayName eq 'y')"),
              "Unsupported Query.");
}

TEST(Filter, BoundsLengthAndDepth) {
    EXPECT_THAT(refusal(audits(), std::string(100, '(') + "category eq 'x'" + std::string(100, ')')),
                HasSubstr("nested too deeply"));
    EXPECT_THAT(refusal(audits(), "category eq '" + std::string(9000, 'x') + "'"), HasSubstr("too long"));
}

TEST(Filter, TellsTheSpanItAsksFor) {
    const auto filter = Filter::parse(
        "activityDateTime ge 2026-11-20T10:00:00Z and activityDateTime lt 2026-11-20T12:00:00Z", audits());
    ASSERT_TRUE(filter);
    EXPECT_EQ(filter->span_of("activityDateTime"), (Span{noon() - std::chrono::hours{2}, noon()}));
    EXPECT_EQ(
        Filter::parse("activityDateTime ge 2026-11-20T10:00:00Z", audits())->span_of("activityDateTime"),
        std::nullopt);
    EXPECT_TRUE(filter->names("activityDateTime"));
    EXPECT_FALSE(filter->names("category"));
}

}  // namespace
}  // namespace entrawatch::simulator
