#include "core/event/fields.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/event/field_aliases.hpp"
#include "core/event/field_catalogue.hpp"

namespace entrawatch {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Leaves = std::vector<Leaf>;

class FieldsTest : public testing::Test {
  protected:
    // The field's values as text; "<null>" for a JSON null, "<object>" for one that is not empty.
    std::vector<std::string> read(std::string_view name, std::string_view json = "{}",
                                  std::vector<FeedId> feeds = {}) {
        const auto path = FieldPath::compile(name, feeds);
        EXPECT_TRUE(path) << name << ": " << (path ? "" : path.error().what);
        if (!path) return {"not compiled"};
        const auto record = reader_.parse(json);
        EXPECT_TRUE(record) << json;
        scratch_.clear();
        members_.begin(*record);
        path->read(event, members_, scratch_);
        std::vector<std::string> texts;
        for (const FieldValue& value : scratch_.values) {
            if (value.type == FieldValue::Type::null) {
                texts.emplace_back("<null>");
            } else if (value.type == FieldValue::Type::container && value.text.empty()) {
                texts.emplace_back("<object>");
            } else {
                texts.emplace_back(value.text);
            }
        }
        return texts;
    }
    FieldValue only(std::string_view name, std::string_view json) {
        EXPECT_EQ(read(name, json).size(), 1U) << name;
        return scratch_.values.empty() ? FieldValue{} : scratch_.values.front();
    }

    Event event;
    FieldScratch scratch_;
    RecordMembers members_;
    JsonReader reader_;
};

std::string error_of(std::string_view name, std::vector<FeedId> feeds = {}) {
    const auto path = FieldPath::compile(name, feeds);
    return path ? "no error" : path.error().what;
}

TEST_F(FieldsTest, ReadOurOwnNames) {
    event.feed = FeedId::sign_ins_interactive;
    event.id = "an id";
    event.time = *parse_iso("2026-11-22T10:00:00.5Z");
    event.activity = "Sign-in";
    event.category = "c";
    event.service = "s";
    event.operation = "o";
    event.outcome = Outcome::failure;
    event.reason = "r";
    event.actor = {ActorKind::user, "u1", "ann@example.com", "Ann", "app1", "192.0.2.1", "curl/8"};
    event.targets = {{"user", "t1", "bob"}, {"role", "t2", ""}, {"group", "t3", "staff"}};
    event.role = RoleRef{"role1", "Reader"};
    event.correlation_id = "corr";
    event.client = "Browser";
    event.location = "London, England, GB";
    event.risk_level = "high";
    event.risk_state = "atRisk";
    const std::vector<std::pair<std::string, std::vector<std::string>>> expected{
        {"id", {"an id"}},
        {"feed", {"sign_ins_interactive"}},
        {"time", {"2026-11-22T10:00:00.5Z"}},
        {"activity", {"Sign-in"}},
        {"category", {"c"}},
        {"service", {"s"}},
        {"operation", {"o"}},
        {"outcome", {"failure"}},
        {"reason", {"r"}},
        {"actor.kind", {"user"}},
        {"actor.id", {"u1"}},
        {"actor.name", {"ann@example.com"}},
        {"actor.display_name", {"Ann"}},
        {"actor.app_id", {"app1"}},
        {"actor.ip", {"192.0.2.1"}},
        {"actor.user_agent", {"curl/8"}},
        {"target.kind", {"user"}},
        {"target.id", {"t1"}},
        {"target.name", {"bob"}},
        {"targets.kind", {"user", "role", "group"}},
        {"targets.id", {"t1", "t2", "t3"}},
        {"targets.name", {"bob", "staff"}},
        {"role.id", {"role1"}},
        {"role.name", {"Reader"}},
        {"correlation_id", {"corr"}},
        {"client", {"Browser"}},
        {"location", {"London, England, GB"}},
        {"outcome.words", {"failure", "r"}},
        {"risk.level", {"high"}},
        {"risk.state", {"atRisk"}},
        {"Actor.Id", {"u1"}},
    };
    for (const auto& [name, values] : expected)
        EXPECT_EQ(read(name), values) << name;
}

TEST_F(FieldsTest, SayNothingWhereTheEventHasNothing) {
    for (const FieldInfo& field : own_fields()) {
        const std::set<std::string_view> always{"feed",
                                                "time",
                                                "outcome",
                                                "outcome.words",
                                                "actor.kind",
                                                "context.actor.emergency",
                                                "context.target.emergency"};
        if (always.contains(field.name)) continue;
        EXPECT_THAT(read(field.name), IsEmpty()) << field.name;
    }
}

TEST_F(FieldsTest, TellKnownFromUnresolvedContext) {
    event.context.actor_is_emergency = Known::yes;
    event.context.emergency_name = "breakglass";
    event.context.role_tier = "critical";
    event.context.role_name = "Global Administrator";
    event.context.actor_is_privileged = Known::yes;
    event.context.target_is_synced = Known::no;
    EXPECT_THAT(read("context.actor.emergency"), ElementsAre("true"));
    EXPECT_THAT(read("context.target.emergency"), ElementsAre("false"));
    EXPECT_THAT(read("context.emergency.name"), ElementsAre("breakglass"));
    EXPECT_THAT(read("context.actor.ms_pim"), IsEmpty());
    EXPECT_THAT(read("context.actor.privileged"), ElementsAre("true"));
    EXPECT_THAT(read("context.target.privileged"), IsEmpty());
    EXPECT_THAT(read("context.target.synced"), ElementsAre("false"));
    EXPECT_THAT(read("context.role.tier"), ElementsAre("critical"));
    EXPECT_THAT(read("context.role.name"), ElementsAre("Global Administrator"));
    event.context.actor_is_ms_pim = Known::no;
    EXPECT_EQ(only("context.actor.ms_pim", "{}").type, FieldValue::Type::boolean);
}

TEST_F(FieldsTest, HaveASentenceForEveryNameOfOurs) {
    std::set<std::string_view> names;
    for (const FieldInfo& field : own_fields()) {
        EXPECT_FALSE(field.sentence.empty()) << field.name;
        EXPECT_TRUE(names.insert(field.name).second) << field.name << " stands twice";
    }
}

TEST_F(FieldsTest, WalkTheRecordAndFanOutOverArrays) {
    const std::string_view json =
        R"({"targetResources": [{"id": "a", "modifiedProperties": [{"displayName": "P1"}]},
        {"id": "b", "modifiedProperties": []}, {"modifiedProperties": [{"displayName": "P2"}, {"displayName": null}]}]})";
    EXPECT_THAT(read("targetResources.id", json), ElementsAre("a", "b"));
    EXPECT_THAT(read("targetResources.modifiedProperties.displayName", json),
                ElementsAre("P1", "P2", "<null>"));
    EXPECT_THAT(read("TARGETRESOURCES.ID", json), ElementsAre("a", "b"));
    EXPECT_THAT(read("targetResources.type", json), IsEmpty());
}

TEST_F(FieldsTest, FindMembersWhateverTheirCaseAndTakeTheLastOfTwo) {
    EXPECT_THAT(read("targetResources.type", R"({"targetResources": [{"Type": "User"}]})"),
                ElementsAre("User"));
    EXPECT_THAT(read("homeTenantId", R"({"homeTenantId": "1", "homeTenantId": "2"})"), ElementsAre("2"));
}

TEST_F(FieldsTest, KeepTheTypeOfAScalar) {
    EXPECT_EQ(only("resultReason", R"({"resultReason": "x"})").type, FieldValue::Type::string);
    EXPECT_EQ(only("resultReason", R"({"resultReason": null})").type, FieldValue::Type::null);
    const FieldValue code = only("status.errorCode", R"({"status": {"errorCode": 50126}})");
    EXPECT_EQ(code.type, FieldValue::Type::number);
    EXPECT_EQ(code.number, 50126);
    EXPECT_EQ(code.text, "50126");
    const FieldValue yes = only("isInteractive", R"({"isInteractive": true})");
    EXPECT_EQ(yes.type, FieldValue::Type::boolean);
    EXPECT_EQ(yes.text, "true");
}

TEST_F(FieldsTest, PrintEqualNumbersAlike) {
    const auto text_of_number = [&](const std::string& number) {
        return std::string{only("status.errorCode", R"({"status": {"errorCode": )" + number + "}}").text};
    };
    EXPECT_EQ(text_of_number("1"), "1");
    EXPECT_EQ(text_of_number("1.0"), "1");
    EXPECT_EQ(text_of_number("1e2"), "100");
    EXPECT_EQ(text_of_number("-2.50"), "-2.5");
    EXPECT_EQ(text_of_number("9223372036854775807"), "9223372036854775807");
    EXPECT_EQ(text_of_number("18446744073709551615"), "18446744073709551615");
}

TEST_F(FieldsTest, GiveWhatIsInsideAnObjectAfterTheObjectItself) {
    EXPECT_THAT(
        read("initiatedBy", R"({"initiatedBy": {"user": {"id": "u", "ipAddress": null}, "app": null}})"),
        ElementsAre("<object>", "u"));
    EXPECT_THAT(read("location.geoCoordinates", R"({"location": {"geoCoordinates": {}}})"),
                ElementsAre("{}"));
    EXPECT_THAT(read("networkLocationDetails", R"({"networkLocationDetails": []})"), ElementsAre("[]"));
    EXPECT_THAT(read("signInEventTypes", R"({"signInEventTypes": ["a", "b"]})"), ElementsAre("a", "b"));
    EXPECT_THAT(read("initiatedBy.user", R"({"initiatedBy": {"user": null}})"), ElementsAre("<null>"));
}

TEST_F(FieldsTest, SurviveRecordsOfAnotherShape) {
    for (const std::string_view json :
         {R"({"initiatedBy": "text"})", R"({"initiatedBy": [1, 2]})", R"({"initiatedBy": 5})", R"([])",
          R"("text")", R"(null)", R"({"initiatedBy": {"user": ["x"]}})"}) {
        EXPECT_THAT(read("initiatedBy.user.id", json), IsEmpty()) << json;
    }
}

TEST_F(FieldsTest, FindTheKeyOfAKeyValueList) {
    const std::string_view json = R"({"additionalDetails": [{"key": "User-Agent", "value": "curl/8"},
        {"key": "wids", "value": "1"}, {"key": "wids", "value": "2"}, {"Key": "ipaddr", "Value": null}, 7, {"key": 5}]})";
    EXPECT_THAT(read("additionalDetails.User-Agent", json), ElementsAre("curl/8"));
    EXPECT_THAT(read("additionaldetails.WIDS", json), ElementsAre("1", "2"));
    EXPECT_THAT(read("additionalDetails.ipaddr", json), ElementsAre("<null>"));
    EXPECT_THAT(read("additionalDetails.other", json), IsEmpty());
    EXPECT_THAT(read("additionalDetails.value", json), ElementsAre("curl/8", "1", "2", "<null>"));
    EXPECT_THAT(read("additionalDetails.x", R"({"additionalDetails": "text"})"), IsEmpty());
}

TEST_F(FieldsTest, ReadBothSidesOfAChange) {
    event.changes.push_back({"Role.TemplateId", "", "r1", false, true, {}, Leaves{{"", "r1"}}});
    event.changes.push_back(
        {"State", "enabled", "disabled", true, true, Leaves{{"", "enabled"}}, Leaves{{"", "disabled"}}});
    EXPECT_THAT(read("changes.Role.TemplateId.new"), ElementsAre("r1"));
    EXPECT_THAT(read("changes.role.templateid.NEW"), ElementsAre("r1"));
    EXPECT_THAT(read("changes.Role.TemplateId.old"), ElementsAre("<null>"));
    EXPECT_THAT(read("changes.State.old"), ElementsAre("enabled"));
    EXPECT_THAT(read("changes.Missing.new"), IsEmpty());
    EXPECT_THAT(read("changes.properties"), ElementsAre("Role.TemplateId", "State"));
}

TEST_F(FieldsTest, ReadLeavesAtAndBelowAPath) {
    event.changes.push_back({"Included Updated Properties", "", "x", false, true, {}, {}});
    event.changes.push_back({"Policy \u2013 A ", "o", "n", true, true,
                             Leaves{{"grant.controls", "MFA"}, {"state", "enabled"}},
                             Leaves{{"grant.controls", "mfa"},
                                    {"grant.controls", "block"},
                                    {"grantor", "z"},
                                    {"state", "disabled"}}});
    EXPECT_THAT(read("changes.Included Updated Properties.new"), ElementsAre("x"));
    EXPECT_THAT(read("changes.policy - a.new.grant"), ElementsAre("mfa", "block"));
    EXPECT_THAT(read("changes.policy - a.new.Grant.Controls"), ElementsAre("mfa", "block"));
    EXPECT_THAT(read("changes.policy - a.old.state"), ElementsAre("enabled"));
    EXPECT_THAT(read("changes.policy - a.added.grant.controls"), ElementsAre("block"));
    EXPECT_THAT(read("changes.policy - a.removed.grant"), IsEmpty());
    EXPECT_THAT(read("changes.policy - a.removed"), ElementsAre("enabled"));
    EXPECT_THAT(read("changes.policy - a.added"), ElementsAre("block", "z", "disabled"));
}

TEST_F(FieldsTest, ReadAPropertyThatSeveralTargetsHave) {
    event.changes.push_back({"P", "", "1", false, true, {}, {}});
    event.changes.push_back({"P", "", "2", false, true, {}, {}});
    EXPECT_THAT(read("changes.P.new"), ElementsAre("1", "2"));
}

TEST_F(FieldsTest, LetTheLastSideDecideInAChangeName) {
    event.changes.push_back({"a.old.b", "o", "n", true, true, {}, Leaves{{"c", "leaf"}}});
    EXPECT_THAT(read("changes.a.old.b.new"), ElementsAre("n"));
    EXPECT_THAT(read("changes.a.old.b.new.c"), ElementsAre("leaf"));
}

TEST(FieldNames, SayWhatIsWrongWithAChange) {
    EXPECT_NE(error_of("changes.Role.TemplateId").find("names no side of the change"), std::string::npos);
    EXPECT_NE(error_of("changes.").find("names no side of the change"), std::string::npos);
    EXPECT_NE(error_of("changes..new").find("names no side of the change"), std::string::npos);
    EXPECT_NE(error_of("changes.new").find("names no side of the change"), std::string::npos);
}

TEST(FieldNames, NameTheNearestKnownField) {
    EXPECT_EQ(error_of("actor.ids"), "unknown field `actor.ids`; did you mean `actor.id`?");
    EXPECT_EQ(error_of("initiatedBy.user.ipAdress", {FeedId::directory_audits}),
              "unknown field `initiatedBy.user.ipAdress`; did you mean `initiatedBy.user.ipAddress`?");
    EXPECT_EQ(error_of("CompletelyElsewhere.x.y.z"), "unknown field `CompletelyElsewhere.x.y.z`");
    EXPECT_EQ(error_of(""), "a field name is empty");
    EXPECT_NE(error_of(std::string(1000, 'x')).find("longer than"), std::string::npos);
    EXPECT_NE(error_of("initiatedBy..user"), "no error");
    EXPECT_NE(error_of("initiatedBy."), "no error");
    EXPECT_NE(error_of(".id"), "no error");
}

TEST(FieldNames, MustExistInOneOfTheFeeds) {
    EXPECT_EQ(error_of("status.errorCode", {FeedId::directory_audits}),
              "unknown field `status.errorCode` in directory_audits (another feed has it)");
    EXPECT_EQ(error_of("status.errorCode", {FeedId::directory_audits, FeedId::sign_ins_interactive}),
              "no error");
    EXPECT_EQ(
        error_of("userPrincipalName", {FeedId::risk_detections, FeedId::service_principal_risk_detections}),
        "no error");
    EXPECT_EQ(error_of("userPrincipalName", {FeedId::service_principal_risk_detections}),
              "unknown field `userPrincipalName` in service_principal_risk_detections (another feed has it)");
}

struct Alias {
    std::string_view foreign;
    FeedId feed;
    std::string_view ours;
};

TEST(FieldNames, ResolveTheDialectsOfForeignRules) {
    constexpr auto audits = FeedId::directory_audits;
    constexpr auto sign_ins = FeedId::sign_ins_interactive;
    const Alias aliases[] = {
        {"OperationName", audits, "activity"},
        {"ActivityDisplayName", audits, "activity"},
        {"activityType", audits, "activity"},
        {"properties.message", audits, "activity"},
        {"properties.activityDisplayName", audits, "activity"},
        {"properties.initiatedBy.user.userPrincipalName", audits, "initiatedBy.user.userPrincipalName"},
        {"properties.location.city", sign_ins, "location.city"},
        {"LoggedByService", audits, "loggedByService"},
        {"TargetResources.ModifiedProperties.NewValue", audits,
         "targetResources.modifiedProperties.newValue"},
        {"Status", audits, "outcome.words"},
        {"ResultReason", audits, "resultReason"},
        {"AADOperationType", audits, "operationType"},
        {"ConsentContext.IsAdminConsent", audits, "changes.ConsentContext.IsAdminConsent.new"},
        {"ResultType", sign_ins, "status.errorCode"},
        {"properties.resultType", sign_ins, "status.errorCode"},
        {"ResultDescription", sign_ins, "status.failureReason"},
        {"Status.errorCode", sign_ins, "status.errorCode"},
        {"ClientApp", sign_ins, "clientAppUsed"},
        {"IPAddress", sign_ins, "ipAddress"},
        {"DeviceDetail.isCompliant", sign_ins, "deviceDetail.isCompliant"},
        {"LocationDetails.countryOrRegion", sign_ins, "location.countryOrRegion"},
        {"CallerIpAddress", sign_ins, "actor.ip"},
        {"riskEventType", FeedId::risk_detections, "activity"},
    };
    for (const Alias& alias : aliases) {
        const FeedId feeds[] = {alias.feed};
        const auto foreign = FieldPath::compile(alias.foreign, feeds);
        const auto ours = FieldPath::compile(alias.ours, feeds);
        ASSERT_TRUE(foreign) << alias.foreign << ": " << foreign.error().what;
        ASSERT_TRUE(ours) << alias.ours;
        EXPECT_EQ(foreign->key(), ours->key()) << alias.foreign;
        EXPECT_EQ(foreign->name(), alias.foreign);
    }
}

TEST(FieldNames, ResolveEveryAliasToAFieldThatExists) {
    for (const FieldAlias& alias : field_aliases()) {
        for (const Feed& feed : all_feeds()) {
            if ((bit_of(feed.kind) & alias.kinds) == 0) continue;
            const FeedId feeds[] = {feed.id};
            EXPECT_TRUE(FieldPath::compile(alias.name, feeds)) << alias.name << " in " << feed.name;
        }
    }
}

TEST(FieldNames, MeanOursBeforeTheRecords) {
    EXPECT_TRUE(FieldPath::compile("location")->is_ours());
    EXPECT_FALSE(FieldPath::compile("location.city")->is_ours());
    EXPECT_FALSE(FieldPath::compile("properties.location")->is_ours());
    EXPECT_TRUE(FieldPath::compile("activityDisplayName")->is_ours());
}

TEST(FieldNames, TakeAnythingBelowOpenContent) {
    EXPECT_EQ(error_of("performedBy.anything.at.all", {FeedId::directory_audits}), "no error");
    EXPECT_EQ(error_of("performedBy", {FeedId::directory_audits}), "no error");
    EXPECT_NE(error_of("initiatedBy.anything", {FeedId::directory_audits}), "no error");
}

TEST(FieldCatalogue, ListsEveryPathOnce) {
    for (const unsigned kind : {1U, 2U, 4U, 8U}) {
        std::set<std::string_view> paths;
        for (const std::string_view path : record_paths(kind))
            EXPECT_TRUE(paths.insert(path).second) << path << " stands twice";
        EXPECT_TRUE(paths.contains("id"));
    }
}

}  // namespace
}  // namespace entrawatch
