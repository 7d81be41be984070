// The simulated tenant answers as Graph does: visibility, order, limits, refusals, ledger.
#include "tests/simulator/tenant.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/digest.hpp"
#include "core/base/percent.hpp"
#include "daemon/http/gzip.hpp"
#include "tests/simulator/pim_alert_records.hpp"
#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string filtered(const std::string& path, const std::string& filter) {
    return path + "?$filter=" + percent_encoded(filter);
}

class TenantTest : public testing::Test {
  protected:
    TenantTest() { tenant_.options().enforce_limits = false; }

    void add_audit(const std::string& id, Instant time, Ticks lateness = seconds{0}) {
        ASSERT_TRUE(tenant_.add(FeedId::directory_audits, audit_at(time, id), time + lateness));
    }
    void add_sign_in(FeedId feed, const std::string& id, Instant time) {
        ASSERT_TRUE(tenant_.add(feed,
                                {{"id", id},
                                 {"createdDateTime", to_iso(time)},
                                 {"signInEventTypes", Document::array({event_type_of(feed)})},
                                 {"sessionId", "s"}},
                                time));
    }
    void add_risk(const std::string& id, Instant time, Instant updated) {
        ASSERT_TRUE(tenant_.add(FeedId::risk_detections,
                                {{"id", id},
                                 {"activityDateTime", to_iso(time)},
                                 {"detectedDateTime", to_iso(time)},
                                 {"lastUpdatedDateTime", to_iso(updated)},
                                 {"riskState", "atRisk"}},
                                updated));
    }

    Tenant tenant_{7};
    Asker asker_{tenant_};
};

TEST_F(TenantTest, ShowsARowOnlyFromItsVisibleTimeOn) {
    add_audit("late", noon(), minutes{3});
    EXPECT_THAT(ids_of(asker_.page(audits_path, noon() + minutes{3} - Ticks{1})), IsEmpty());
    EXPECT_THAT(ids_of(asker_.page(audits_path, noon() + minutes{3})), ElementsAre("late"));
}

TEST_F(TenantTest, ListsNewestFirstAndOldestFirstWhenAsked) {
    add_audit("older", noon() - minutes{2});
    add_audit("newer", noon() - minutes{1});
    EXPECT_THAT(ids_of(asker_.page(audits_path, noon())), ElementsAre("newer", "older"));
    EXPECT_THAT(ids_of(asker_.page(audits_path + "?$orderby=activityDateTime%20asc", noon())),
                ElementsAre("older", "newer"));
    EXPECT_EQ(error_message(asker_.get(audits_path + "?$orderby=activityDateTime%20sideways", noon())),
              "Syntax error in $orderby.");
    EXPECT_EQ(asker_.get(audits_path + "?$orderby=category", noon()).status, 400);
    EXPECT_THAT(error_message(asker_.get(audits_path + "?$orderby=nonsense", noon())),
                HasSubstr("'nonsense'"));
}

TEST_F(TenantTest, SendsTheExactOctetsOfTheNewestVisibleRevision) {
    add_audit("row", noon());
    const Document changed = audit_at(noon(), "row", "Update user, corrected");
    ASSERT_TRUE(tenant_.revise(FeedId::directory_audits, "row", changed, noon() + minutes{5}));
    EXPECT_THAT(asker_.get(audits_path, noon()).body, HasSubstr(audit_at(noon(), "row").dump()));
    EXPECT_THAT(asker_.get(audits_path, noon() + minutes{5}).body, HasSubstr(changed.dump()));
}

TEST_F(TenantTest, RefusesToTakeARecordTwiceOrToReviseBackwards) {
    add_audit("row", noon());
    EXPECT_FALSE(tenant_.add(FeedId::directory_audits, audit_at(noon(), "row"), noon()));
    EXPECT_FALSE(tenant_.revise(FeedId::directory_audits, "row", audit_at(noon(), "row"), noon()));
    EXPECT_FALSE(tenant_.revise(FeedId::directory_audits, "other", audit_at(noon(), "other"), noon()));
    EXPECT_FALSE(tenant_.add(FeedId::directory_audits, {{"id", "no time"}}, noon()));
    EXPECT_FALSE(tenant_.add(FeedId::directory_audits, {{"activityDateTime", to_iso(noon())}}, noon()));
}

TEST_F(TenantTest, ForgetsRowsOlderThanItsRetention) {
    tenant_.options().retention = hours{24 * 7};
    add_audit("row", noon());
    EXPECT_THAT(ids_of(asker_.page(audits_path, noon() + hours{24 * 7})), ElementsAre("row"));
    EXPECT_THAT(ids_of(asker_.page(audits_path, noon() + hours{24 * 7} + seconds{1})), IsEmpty());
}

TEST_F(TenantTest, GivesInteractiveSignInsUnlessTheFilterNamesAnEventType) {
    add_sign_in(FeedId::sign_ins_interactive, "person", noon());
    add_sign_in(FeedId::sign_ins_non_interactive, "token", noon());
    add_sign_in(FeedId::sign_ins_service_principal, "app", noon());
    add_sign_in(FeedId::sign_ins_managed_identity, "identity", noon());
    const auto of_type = [&](const std::string& type) {
        return ids_of(
            asker_.page(filtered(sign_ins_path, "signInEventTypes/any(t: t eq '" + type + "')"), noon()));
    };
    EXPECT_THAT(ids_of(asker_.page(sign_ins_path, noon())), ElementsAre("person"));
    EXPECT_THAT(of_type("interactiveUser"), ElementsAre("person"));
    EXPECT_THAT(of_type("nonInteractiveUser"), ElementsAre("token"));
    EXPECT_THAT(of_type("servicePrincipal"), ElementsAre("app"));
    EXPECT_THAT(of_type("managedIdentity"), ElementsAre("identity"));
}

TEST_F(TenantTest, KnowsInTheOldVersionInteractiveSignInsOnlyAndNoEventTypes) {
    add_sign_in(FeedId::sign_ins_interactive, "person", noon());
    add_sign_in(FeedId::sign_ins_non_interactive, "token", noon());
    const Document page = asker_.page("/v1.0/auditLogs/signIns", noon());
    EXPECT_THAT(ids_of(page), ElementsAre("person"));
    EXPECT_FALSE(page.at("value").at(0).contains("sessionId"));
    const auto refused = asker_.get(
        filtered("/v1.0/auditLogs/signIns", "signInEventTypes/any(t: t eq 'servicePrincipal')"), noon());
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(error_message(refused),
              "Invalid filter clause: Could not find a property named 'signInEventTypes' on type "
              "'microsoft.graph.signIn'.");
}

TEST_F(TenantTest, RefusesPageSizesAsEachFeedDoes) {
    for (int i = 0; i < 1005; ++i)
        add_audit("row" + std::to_string(i), noon());
    EXPECT_EQ(ids_of(asker_.page(audits_path + "?$top=5000", noon())).size(), 1000U);
    EXPECT_EQ(ids_of(asker_.page(audits_path + "?$top=7", noon())).size(), 7U);
    EXPECT_EQ(asker_.get(audits_path + "?$top=many", noon()).status, 400);
    EXPECT_EQ(error_message(asker_.get(risk_path + "?$top=1000", noon())),
              "Invalid page size specified: '1000'. Must be between 1 and 500 inclusive.");
    EXPECT_EQ(asker_.get(risk_path + "?$top=500", noon()).status, 200);
}

TEST_F(TenantTest, GivesTwentyRiskDetectionsAPageInNoDependableOrder) {
    std::vector<std::string> by_time;
    for (int i = 0; i < 20; ++i) {
        by_time.push_back("risk" + std::to_string(i));
        add_risk(by_time.back(), noon() - minutes{i}, noon());
    }
    add_risk("oldest", noon() - hours{1}, noon());
    const Document page = asker_.page(risk_path + "?$orderby=detectedDateTime%20desc", noon());
    EXPECT_EQ(ids_of(page).size(), 20U);
    EXPECT_NE(ids_of(page), by_time);
    EXPECT_NE(asker_.next(page), "");
}

TEST_F(TenantTest, RefusesOptionsItsPathsDoNotTake) {
    EXPECT_EQ(error_message(asker_.get(audits_path + "?$skip=10", noon())),
              "Query option 'Skip' is not allowed.");
    EXPECT_EQ(asker_.get(audits_path + "?$search=x", noon()).status, 400);
    EXPECT_EQ(asker_.get(audits_path + "?top=1", noon()).status, 200);  // no dollar: no option, says Graph
    EXPECT_EQ(asker_.get(audits_path + "?$filter=activityDateTime ge 2026-01-01T00:00:00Z", noon()).status,
              400);
    EXPECT_EQ(asker_.get("/v1.0/auditLogs/nowhere", noon()).status, 404);
}

TEST_F(TenantTest, CountsReportCallsInTenSecondsAndSaysHowLongToWait) {
    tenant_.options().enforce_limits = true;
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(asker_.get(audits_path, noon() + seconds{i}).status, 200);
    const auto refused = asker_.get(sign_ins_path, noon() + seconds{9});  // the same budget
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers.get("retry-after"), "10");
    EXPECT_EQ(tenant_.requests_refused_by_limit(), 1);
    tenant_.options().reports_retry_after.clear();
    EXPECT_EQ(asker_.get(audits_path, noon() + seconds{9}).headers.get("retry-after"), "");
    EXPECT_EQ(asker_.get(audits_path, noon() + seconds{20}).status, 200);
}

TEST_F(TenantTest, CountsRefusedCallsAgainstTheLimitToo) {
    tenant_.options().enforce_limits = true;
    for (int i = 0; i < 7; ++i)
        (void)asker_.get(audits_path, noon());
    for (int i = 0; i < 5; ++i)
        (void)asker_.get(audits_path, noon() + seconds{8});
    EXPECT_EQ(asker_.get(audits_path, noon() + seconds{12}).status, 429);
}

TEST_F(TenantTest, AllowsOneIdentityProtectionCallASecondAndNeverSaysHowLongToWait) {
    tenant_.options().enforce_limits = true;
    EXPECT_EQ(asker_.get(risk_path, noon()).status, 200);
    const auto refused =
        asker_.get("/v1.0/identityProtection/servicePrincipalRiskDetections", noon() + Ticks{5});
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers.get("retry-after"), "");
    EXPECT_EQ(asker_.get(risk_path, noon() + seconds{2}).status, 200);
}

TEST_F(TenantTest, RefusesOneFeedWithoutLicenceAndKeepsTheOthers) {
    tenant_.options().unlicensed = {FeedId::sign_ins_service_principal, FeedId::risk_detections};
    const auto sign_ins =
        asker_.get(filtered(sign_ins_path, "signInEventTypes/any(t: t eq 'servicePrincipal')"), noon());
    EXPECT_EQ(sign_ins.status, 403);
    EXPECT_EQ(Document::parse(sign_ins.body).at("error").at("code"),
              "Authentication_RequestFromNonPremiumTenantOrB2CTenant");
    EXPECT_EQ(asker_.get(sign_ins_path, noon()).status, 200);
    EXPECT_EQ(error_message(asker_.get(risk_path, noon())), "Your tenant is not licensed for this feature.");
    EXPECT_EQ(asker_.get(audits_path, noon()).status, 200);
}

TEST_F(TenantTest, RefusesAWindowThatIsTooWideUntilItIsNarrower) {
    tenant_.options().widest_window = hours{6};
    const auto asked = [&](Ticks length) {
        return asker_
            .get(filtered(audits_path, "activityDateTime ge " + to_iso(noon() - length) +
                                           " and activityDateTime lt " + to_iso(noon())),
                 noon())
            .status;
    };
    EXPECT_EQ(asked(hours{12}), 504);
    EXPECT_EQ(asked(hours{6}), 200);
    EXPECT_EQ(asker_.get(audits_path, noon()).status, 504);
}

TEST_F(TenantTest, MakesSignInAnswersSlowAndOthersNot) {
    tenant_.options().sign_in_delay = seconds{66};
    EXPECT_EQ(asker_.ask(sign_ins_path, noon()).delay, Ticks{seconds{66}});
    EXPECT_EQ(asker_.ask(audits_path, noon()).delay, Ticks{0});
}

TEST_F(TenantTest, CompressesWhenAskedTo) {
    add_audit("row", noon());
    tenant_.options().gzip = true;
    const auto response = asker_.get(audits_path, noon());
    EXPECT_EQ(response.headers.get("content-encoding"), "gzip");
    const auto body = http::gunzip(response.body, 1U << 20U);
    ASSERT_TRUE(body);
    EXPECT_THAT(ids_of(Document::parse(*body)), ElementsAre("row"));
}

TEST_F(TenantTest, CountsThePagesItServedOfEachFeed) {
    (void)asker_.get(audits_path, noon());
    (void)asker_.get(audits_path, noon());
    (void)asker_.get(audits_path + "?$top=x", noon());
    EXPECT_EQ(tenant_.pages_served(FeedId::directory_audits), 2);
    EXPECT_EQ(tenant_.pages_served(FeedId::risk_detections), 0);
    (void)asker_.get("/v1.0/roleManagement/directory/roleDefinitions", noon());
    EXPECT_EQ(tenant_.directory_reads_served(), 1);
}

TEST_F(TenantTest, KeepsALedgerOfWhatMustHaveBeenCollected) {
    add_audit("early", noon());
    add_audit("late", noon(), hours{1});
    const Document changed = audit_at(noon(), "early", "Changed");
    ASSERT_TRUE(tenant_.revise(FeedId::directory_audits, "early", changed, noon() + minutes{5}));

    const auto before = tenant_.ledger(noon());
    ASSERT_EQ(before.size(), 1U);
    EXPECT_EQ(before[0].sha256, to_hex(as_bytes(sha256(audit_at(noon(), "early").dump()))));
    EXPECT_EQ(before[0].revisions, 1);
    const auto after = tenant_.ledger(noon() + hours{1});
    ASSERT_EQ(after.size(), 2U);
    EXPECT_EQ(after[0].sha256, to_hex(as_bytes(sha256(changed.dump()))));
    EXPECT_EQ(after[0].revisions, 2);
    EXPECT_EQ(after[1].visible_from, noon() + hours{1});

    http::Request request;  // no token: the ledger is no part of Graph
    request.url.target = "/_simulator/ledger";
    const Document body = Document::parse(tenant_.answer(request, noon()).response.body);
    ASSERT_EQ(body.at("records").size(), 1U);
    EXPECT_EQ(body.at("records").at(0).at("sha256"), before[0].sha256);
    EXPECT_EQ(body.at("records").at(0).at("endpoint"), audits_path);
}

TEST_F(TenantTest, TakesEveryQueryThatOurFeedTableAsks) {
    for (const Feed& feed : polled_feeds()) {
        for (const std::string_view property : {feed.window_time, feed.deep_time}) {
            const auto response =
                asker_.get(first_page_target(feed, property, {noon() - hours{1}, noon()}), noon());
            EXPECT_EQ(response.status, 200) << feed.name << ": " << response.body;
        }
    }
}

TEST_F(TenantTest, RefusesPimAlertsWithoutTheirScopeInABodyOfAnotherShape) {
    const std::string path{endpoint_of(FeedId::pim_alerts).path};
    scan_quietly(tenant_, noon() - hours{24 * 400});
    for (const std::string& target : {path, path + "?$filter=" + percent_encoded("scopeId eq '/'")}) {
        const auto refused = asker_.get(target, noon());
        EXPECT_EQ(refused.status, 400);
        EXPECT_EQ(
            refused.body,
            R"({"errorCode":"MissingProvider","message":"The provider is missing.","instanceAnnotations":[]})");
    }
    const Document page = asker_.page(first_page_target(feed_of(FeedId::pim_alerts), {}, {}), noon());
    EXPECT_EQ(ids_of(page).size(), 7U) << "they stand, however old they are";
}

TEST_F(TenantTest, RevisesThePimAlertsAtEachScan) {
    const auto standing = [&](Instant now) {
        std::map<std::string, bool> active;
        const Document page = asker_.page(first_page_target(feed_of(FeedId::pim_alerts), {}, {}), now);
        for (const Document& row : page.at("value"))
            active[row.at("id").get<std::string>()] = row.at("isActive").get<bool>();
        return active;
    };
    const std::string id = pim_alert_id(roles_assigned_outside_pim);
    scan_quietly(tenant_, noon());
    scan(tenant_, roles_assigned_outside_pim, 2, noon() + minutes{10});
    scan_quietly(tenant_, noon() + minutes{20});
    EXPECT_FALSE(standing(noon() + minutes{9}).at(id));
    EXPECT_TRUE(standing(noon() + minutes{10}).at(id));
    EXPECT_FALSE(standing(noon() + minutes{20}).at(id));
    EXPECT_EQ(tenant_.ledger(noon() + hours{1}).size(), 7U);
}

TEST_F(TenantTest, RefusesPimAlertsForWantOfALicenceAsPimDoes) {
    tenant_.options().unlicensed = {FeedId::pim_alerts};
    const auto refused = asker_.get(first_page_target(feed_of(FeedId::pim_alerts), {}, {}), noon());
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(Document::parse(refused.body).at("error").at("code"), "AadPremiumLicenseRequired");
}

TEST_F(TenantTest, NamesMicrosoftsPimByItsApplicationId) {
    const std::string path = "/v1.0/servicePrincipals(appId='" + std::string{ms_pim_app_id} + "')";
    const Document body = asker_.page(path + "?$select=id", noon());
    EXPECT_EQ(body.at("id"), cast().ms_pim.id);
    EXPECT_FALSE(body.contains("displayName"));
    EXPECT_EQ(asker_.page("/v1.0/servicePrincipals(appId=%27" + std::string{ms_pim_app_id} + "%27)", noon())
                  .at("displayName"),
              "MS-PIM");
    EXPECT_EQ(asker_.get(path + "?$select=nothing", noon()).status, 400);
    EXPECT_EQ(
        asker_.get("/v1.0/servicePrincipals(appId='00000000-0000-4000-8000-000000000000')", noon()).status,
        404);
}

TEST_F(TenantTest, ListsRoleDefinitionsOnOnePageAndTakesNoPageSize) {
    const std::string path = "/v1.0/roleManagement/directory/roleDefinitions";
    const Document body = asker_.page(path, noon());
    EXPECT_EQ(body.at("value").size(), cast().roles.size());
    EXPECT_FALSE(body.contains("@odata.nextLink"));
    const auto refused = asker_.get(path + "?$top=999", noon());
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(Document::parse(refused.body).at("error").at("code"), "Request_UnsupportedQuery");
    EXPECT_EQ(asker_.page(path + "?$select=id,displayName", noon()).at("value").at(0).size(), 2U);
}

}  // namespace
}  // namespace entrawatch::simulator
