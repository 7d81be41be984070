// Each act writes the rows that Entra writes for it, byte for byte where it matters.
#include "tests/simulator/story.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulator/audit_records.hpp"
#include "tests/simulator/everyday_audits.hpp"
#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

class StoryTest : public testing::Test {
  protected:
    Stage stage() { return Stage{tenant_, dice_, noon(), seconds{2}}; }
    std::vector<Document> rows_of(const Act& act) {
        std::vector<Document> rows;
        for (const ActRow& row : act.rows) {
            const Record* record = tenant_.find(row.feed, row.id);
            EXPECT_NE(record, nullptr);
            if (record != nullptr) rows.push_back(Document::parse(record->revisions.front().json));
        }
        return rows;
    }
    static Document change(const Document& row, const std::string& name) {
        for (const Document& property : row.at("targetResources").at(0).at("modifiedProperties")) {
            if (property.at("displayName") == name) return property;
        }
        return {};
    }

    Tenant tenant_{1};
    Dice dice_{2};
};

TEST_F(StoryTest, ShowsRowsAfterTheirLateness) {
    const Act act = emergency_account_signs_in(stage());
    const Record* record = tenant_.find(act.rows.at(0).feed, act.rows.at(0).id);
    ASSERT_NE(record, nullptr);
    EXPECT_EQ(record->event_time, noon());
    EXPECT_EQ(record->revisions.front().visible_from, noon() + seconds{2});
    EXPECT_EQ(act.rows.at(0).visible_from, noon() + seconds{2});
}

TEST_F(StoryTest, ActivationIsWrittenByPimAndByTheDirectoryForPim) {
    const Act act = administrator_activates_role(stage());
    EXPECT_FALSE(act.alert);
    const auto rows = rows_of(act);
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].at("activityDisplayName"), "Add member to role requested (PIM activation)");
    EXPECT_EQ(rows[0].at("loggedByService"), "PIM");
    EXPECT_EQ(rows[0].at("targetResources").at(0).at("type"), "Role");
    EXPECT_EQ(rows[0].at("targetResources").at(2).at("id"), cast().administrator.id);
    EXPECT_EQ(rows[1].at("activityDisplayName"), "Add member to role");
    EXPECT_EQ(rows[1].at("initiatedBy").at("app").at("servicePrincipalId"), cast().ms_pim.id);
    EXPECT_TRUE(rows[1].at("initiatedBy").at("app").at("appId").is_null());
    EXPECT_EQ(change(rows[1], "Role.TemplateId").at("newValue"),
              "\"" + std::string{user_administrator} + "\"");
    EXPECT_EQ(rows[2].at("activityDisplayName"), "Add member to role completed (PIM activation)");
}

TEST_F(StoryTest, ExpiryNamesTheRoleInOldValuesOnly) {
    const auto rows = rows_of(activation_runs_out(stage()));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(change(rows[0], "Role.TemplateId").at("oldValue"),
              "\"" + std::string{user_administrator} + "\"");
    EXPECT_TRUE(change(rows[0], "Role.TemplateId").at("newValue").is_null());
    EXPECT_EQ(rows[1].at("initiatedBy").at("user").at("displayName"), "Azure AD PIM");
    EXPECT_TRUE(rows[1].at("initiatedBy").at("user").at("userPrincipalName").is_null());
}

TEST_F(StoryTest, EmergencySignInIsASuccessfulInteractiveOne) {
    const Act act = emergency_account_signs_in(stage());
    EXPECT_EQ(act.sentence, "the emergency account breakglass1 signs in from 203.0.113.7");
    EXPECT_EQ(act.rows.at(0).feed, FeedId::sign_ins_interactive);
    const auto rows = rows_of(act);
    EXPECT_EQ(rows[0].at("userId"), cast().emergency.id);
    EXPECT_EQ(rows[0].at("status").at("errorCode"), 0);
    EXPECT_EQ(rows[0].at("signInEventTypes"), Document::array({"interactiveUser"}));
    ASSERT_TRUE(act.alert);
    EXPECT_EQ(act.alert->scenarios, std::vector<std::string>{"EA-1"});
}

TEST_F(StoryTest, AssignmentOutsidePimIsDoneByAPersonToAServicePrincipal) {
    const auto rows = rows_of(service_principal_becomes_global_administrator(stage()));
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_EQ(rows[0].at("initiatedBy").at("user").at("id"), cast().intruder.id);
    EXPECT_EQ(rows[0].at("targetResources").at(0).at("type"), "ServicePrincipal");
    EXPECT_EQ(change(rows[0], "Role.WellKnownObjectName").at("newValue"), "\"TenantAdmins\"");
}

TEST_F(StoryTest, PimsReminderSaysThatItIsOne) {
    const auto rows = rows_of(pim_notices_the_assignment(stage()));
    EXPECT_EQ(rows[0].at("activityDisplayName"), "Add member to role outside of PIM (permanent)");
    EXPECT_THAT(rows[0].at("additionalDetails").dump(), testing::HasSubstr("RoleElevatedOutsidePimAlert"));
}

TEST_F(StoryTest, ConditionalAccessChangeHasATwinInTheDirectory) {
    const auto rows = rows_of(conditional_access_loses_mfa(stage()));
    ASSERT_EQ(rows.size(), 2U);
    const Document detail =
        Document::parse(change(rows[0], "PolicyDetail").at("oldValue").get<std::string>());
    ASSERT_TRUE(detail.is_array());
    EXPECT_TRUE(Document::parse(detail.at(0).get<std::string>()).contains("Controls"));
    EXPECT_THAT(rows[1].at("id").get<std::string>(), testing::StartsWith("IPCGraph_"));
    const Document policy = change(rows[1], "ConditionalAccessPolicy");
    EXPECT_TRUE(Document::parse(policy.at("oldValue").get<std::string>()).contains("grantControls"));
    EXPECT_FALSE(Document::parse(policy.at("newValue").get<std::string>()).contains("grantControls"));
    const auto first = parse_iso(rows[0].at("activityDateTime").get<std::string>());
    const auto second = parse_iso(rows[1].at("activityDateTime").get<std::string>());
    EXPECT_EQ(*second - *first, Ticks{std::chrono::milliseconds{400}});
}

TEST_F(StoryTest, NewSecretIsTwoRowsOfOneMomentAndOneCorrelation) {
    const auto rows = rows_of(secret_added_to_service_principal(stage()));
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0].at("activityDisplayName"), "Add service principal credentials");
    EXPECT_EQ(rows[1].at("activityDisplayName"), "Update service principal");
    EXPECT_EQ(rows[0].at("correlationId"), rows[1].at("correlationId"));
    EXPECT_EQ(rows[0].at("activityDateTime"), rows[1].at("activityDateTime"));
    const Document keys = change(rows[0], "KeyDescription");
    const Document old_keys = Document::parse(keys.at("oldValue").get<std::string>());
    const Document new_keys = Document::parse(keys.at("newValue").get<std::string>());
    ASSERT_EQ(old_keys.size(), 1U);
    ASSERT_EQ(new_keys.size(), 2U);
    EXPECT_EQ(new_keys.at(1), old_keys.at(0));  // the added key stands first
    EXPECT_THAT(new_keys.at(0).get<std::string>(),
                testing::MatchesRegex(
                    "\\[KeyIdentifier=[-0-9a-f]+,KeyType=Password,KeyUsage=Verify,DisplayName=tmp\\]"));
}

TEST(AuditRecords, WritesTheEnDashAndTheTrailingBlankOfTheDirectory) {
    Dice dice{1};
    AuditRow row;
    row.activity = std::string{application_keys_activity};
    row.initiated_by = by_app(cast().ms_pim);
    const std::string json = audit(row, dice).dump();
    EXPECT_THAT(json, testing::HasSubstr("\"activityDisplayName\":\"Update application \xE2\x80\x93 "
                                         "Certificates and secrets management \""));
}

TEST(AuditRecords, NamesRecordsAsEachServiceDoes) {
    Dice dice{1};
    const auto id_of = [&](const std::string& service) {
        AuditRow row;
        row.service = service;
        row.correlation_id = "c";
        row.initiated_by = by_app(cast().ms_pim);
        return audit(row, dice).at("id").get<std::string>();
    };
    EXPECT_THAT(id_of("Core Directory"), testing::MatchesRegex("Directory_c_[A-Z0-9]{5}_[0-9]+"));
    EXPECT_THAT(id_of("PIM"), testing::StartsWith("PIM_c_"));
    EXPECT_THAT(id_of("Conditional Access"), testing::StartsWith("IPCGraph_c_"));
    EXPECT_THAT(id_of("Invited Users"), testing::StartsWith("Invited Users_c_"));
}

TEST(AuditRecords, WritesScalarsAsJsonInsideStrings) {
    EXPECT_EQ(json_text("a \"b\""), R"("a \"b\"")");
    const Document row = property("P", std::nullopt, json_text("x"));
    EXPECT_EQ(row.dump(), R"({"displayName":"P","oldValue":null,"newValue":"\"x\""})");
}

TEST(EverydayAudits, AddNoKeyWhenAnApplicationIsRegistered) {
    Dice dice{5};
    int registered = 0;
    for (int i = 0; i < 300; ++i) {
        for (const Document& row : everyday_audit(noon(), dice)) {
            const std::string activity = row.at("activityDisplayName");
            if (activity.find("Certificates and secrets") == std::string::npos) continue;
            ++registered;
            EXPECT_THAT(
                row.dump(),
                testing::HasSubstr(R"({"displayName":"KeyDescription","oldValue":"[]","newValue":"[]"})"));
        }
    }
    EXPECT_GT(registered, 10);
}

}  // namespace
}  // namespace entrawatch::simulator
