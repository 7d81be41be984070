// What the schemas say of an object: required members, enumerations, names of fields. The lists are typed
// from ocsf-schema 1.4.0, ECS 8.11 and the ASIM reference, not from the tables under test.
#include <gmock/gmock.h>

#include <map>

#include "tests/alerts/export/exported.hpp"
#include "tests/support/source_tree.hpp"

namespace entrawatch::test {
namespace {

using testing::Contains;
using testing::IsSubsetOf;
using testing::IsSupersetOf;

using Names = std::set<std::string>;

// --- golden objects

// `failed_sign_in.ocsf.json`: what a failed sign-in is in OCSF, but for the record in it.
json golden(const std::string& name, std::string_view schema) {
    const auto folder = source_dir() / "tests/alerts/export/golden";
    return json::parse(read_text(folder / (name + "." + std::string{schema} + ".json")), nullptr, false);
}

std::string take_record(json& object, EventSchema schema) {
    json& holder = schema == EventSchema::ocsf  ? object
                   : schema == EventSchema::ecs ? object["event"]
                                                : object["AdditionalFields"];
    const char* name = schema == EventSchema::ocsf  ? "raw_data"
                       : schema == EventSchema::ecs ? "original"
                                                    : "Record";
    const std::string record = holder.value(name, "");
    holder.erase(name);
    return record;
}

TEST(EventExport, MakesTheGoldenObjectsAndKeepsTheRecord) {
    const Names golden_samples{"role_added", "password_reset", "policy_changed", "failed_sign_in", "risk"};
    for (const Sample& sample : samples()) {
        for (std::size_t i = 0; i < event_schema_names.size(); ++i) {
            const auto schema = static_cast<EventSchema>(i);
            json object = exported(schema, row_of(sample));
            EXPECT_EQ(take_record(object, schema), sample.record) << sample.name;
            if (!golden_samples.contains(sample.name)) continue;
            EXPECT_EQ(object, golden(sample.name, event_schema_names.at(i)))
                << sample.name << "." << event_schema_names.at(i) << ".json: " << object.dump(2);
        }
    }
}

// --- OCSF

struct OcsfClass {
    Names required;
    Names allowed;  // beyond those of every class
    std::set<int> activities;
};

const Names ocsf_base{"activity_id", "activity_name", "category_uid", "category_name", "class_uid",
                      "class_name",  "type_uid",      "time",         "severity_id",   "severity",
                      "status_id",   "status",        "status_code",  "status_detail", "message",
                      "metadata",    "observables",   "unmapped",     "raw_data"};
const Names ocsf_base_required{"activity_id", "category_uid", "class_uid", "type_uid",
                               "time",        "severity_id",  "metadata"};

const std::map<int, OcsfClass> ocsf_classes{
    {3002,
     {{"user", "service"},
      {"user", "service", "src_endpoint", "http_request", "is_mfa", "is_remote", "auth_protocol",
       "auth_protocol_id", "session"},
      {1}}},
    {3001, {{"user"}, {"user", "actor", "src_endpoint", "http_request"}, {1, 2, 3, 4, 5, 6, 10, 11, 12, 99}}},
    {3005,
     {{"user", "privileges"},
      {"user", "privileges", "resource", "actor", "src_endpoint", "http_request"},
      {1, 2, 99}}},
    {6003,
     {{"actor", "api", "src_endpoint"},
      {"actor", "api", "src_endpoint", "http_request", "resources"},
      {1, 2, 3, 4, 99}}},
    {2004, {{"finding_info"}, {"finding_info", "evidences", "resources"}, {1, 2}}},
};

Names members_of(const json& object) {
    Names names;
    for (const auto& [name, value] : object.items())
        names.insert(name);
    return names;
}

TEST(OcsfEvents, HaveWhatTheirClassRequiresAndNothingThatItDoesNotHave) {
    std::set<int> seen;
    for (const Sample& sample : samples()) {
        const json event = exported(EventSchema::ocsf, row_of(sample));
        const int uid = event.at("class_uid");
        ASSERT_TRUE(ocsf_classes.contains(uid)) << sample.name;
        seen.insert(uid);
        const OcsfClass& one = ocsf_classes.at(uid);
        const Names names = members_of(event);
        EXPECT_THAT(names, IsSupersetOf(ocsf_base_required)) << sample.name;
        EXPECT_THAT(names, IsSupersetOf(one.required)) << sample.name;
        Names allowed = ocsf_base;
        allowed.insert(one.allowed.begin(), one.allowed.end());
        EXPECT_THAT(names, IsSubsetOf(allowed)) << sample.name;
        EXPECT_THAT(one.activities, Contains(event.at("activity_id").get<int>())) << sample.name;
        EXPECT_EQ(event["type_uid"], uid * 100 + event["activity_id"].get<int>()) << sample.name;
        EXPECT_EQ(event["category_uid"], uid / 1000) << sample.name;
        EXPECT_THAT((std::set<int>{0, 1, 2, 3, 4, 5, 6}), Contains(event["severity_id"].get<int>()));
        EXPECT_EQ(event["metadata"]["version"], "1.4.0");
        EXPECT_EQ(event["metadata"]["product"]["vendor_name"], "Microsoft");
    }
    EXPECT_EQ(seen.size(), ocsf_classes.size()) << "each class has a sample";
}

TEST(OcsfEvents, NameEveryObjectThatMustBeNamed) {
    for (const Sample& sample : samples()) {
        const json event = exported(EventSchema::ocsf, row_of(sample));
        for (const char* path :
             {"/user", "/actor/user", "/src_endpoint", "/service", "/evidences/0/actor/user"}) {
            const json::json_pointer at{path};
            if (!event.contains(at)) continue;
            const json& object = event[at];
            const bool is_named = object.contains("uid") || object.contains("name") ||
                                  object.contains("ip") || object.contains("svc_name");
            EXPECT_TRUE(is_named) << sample.name << path;
        }
        const json resources = event.value("resources", json::array());
        for (const json& resource : resources)
            EXPECT_TRUE(resource.contains("uid") || resource.contains("name")) << sample.name;
    }
}

TEST(OcsfEvents, NameTheSourceByItsServiceWhereTheRecordHasNoAddress) {
    for (const Sample& sample : samples()) {
        if (sample.name != "nobody") continue;
        const json event = exported(EventSchema::ocsf, row_of(sample));
        EXPECT_EQ(event["src_endpoint"], (json{{"svc_name", "Microsoft Entra ID"}}));
        EXPECT_EQ(event["actor"]["user"]["name"], "unknown");
    }
}

TEST(OcsfEvents, SayThatAFindingWasRevised) {
    EventRow row = row_of(samples().at(10));
    ASSERT_EQ(row.feed, FeedId::risk_detections);
    EXPECT_EQ(exported(EventSchema::ocsf, row)["activity_id"], 1);
    row.revision = 2;
    EXPECT_EQ(exported(EventSchema::ocsf, row)["activity_id"], 2);
}

// --- ECS

const Names ecs_fields{"@timestamp",
                       "ecs.version",
                       "message",
                       "event.kind",
                       "event.category",
                       "event.type",
                       "event.action",
                       "event.outcome",
                       "event.reason",
                       "event.id",
                       "event.module",
                       "event.dataset",
                       "event.provider",
                       "event.created",
                       "event.original",
                       "error.code",
                       "error.message",
                       "user.id",
                       "user.name",
                       "user.full_name",
                       "user.risk.static_level",
                       "user.target.id",
                       "user.target.name",
                       "group.id",
                       "group.name",
                       "service.target.id",
                       "service.target.name",
                       "source.ip",
                       "source.geo.city_name",
                       "source.geo.region_name",
                       "source.geo.country_iso_code",
                       "user_agent.original",
                       "organization.id",
                       "organization.name",
                       "related.user",
                       "related.ip"};
// `labels` takes names of one's own, without dots, and keywords.
const std::map<std::string, Names> ecs_types{
    {"authentication", {"start", "end", "info"}},
    {"iam", {"admin", "change", "creation", "deletion", "group", "info", "user"}},
    {"configuration", {"access", "change", "creation", "deletion", "info"}}};

TEST(EcsEvents, HaveOnlyFieldsOfTheSchemaAndTypesThatGoWithTheCategory) {
    for (const Sample& sample : samples()) {
        const json event = exported(EventSchema::ecs, row_of(sample));
        Names paths = paths_of(event);
        const json labels = event.value("labels", json::object());
        for (const auto& [name, value] : labels.items()) {
            EXPECT_TRUE(value.is_string()) << sample.name << ": labels." << name;
            paths.erase("labels." + name);
        }
        EXPECT_THAT(paths, IsSubsetOf(ecs_fields)) << sample.name;
        EXPECT_THAT(paths, IsSupersetOf(Names{"@timestamp", "ecs.version", "event.kind", "event.category",
                                              "event.type", "event.outcome"}))
            << sample.name;
        EXPECT_THAT((Names{"alert", "event"}), Contains(event["event"]["kind"].get<std::string>()));
        EXPECT_THAT((Names{"success", "failure", "unknown"}),
                    Contains(event["event"]["outcome"].get<std::string>()));
        ASSERT_EQ(event["event"]["category"].size(), 1U) << sample.name;
        const Names& types = ecs_types.at(event["event"]["category"][0]);
        EXPECT_THAT(event["event"]["type"].get<Names>(), IsSubsetOf(types)) << sample.name;
    }
}

// --- ASIM

const Names asim_mandatory{"TimeGenerated", "EventCount",         "EventStartTime", "EventEndTime",
                           "EventType",     "EventResult",        "EventProduct",   "EventVendor",
                           "EventSchema",   "EventSchemaVersion", "EventSeverity",  "Dvc"};
const Names asim_common{"EventOriginalResultDetails",
                        "EventOriginalUid",
                        "EventMessage",
                        "AdditionalFields",
                        "SrcIpAddr",
                        "IpAddr",
                        "Src",
                        "Dst",
                        "HttpUserAgent",
                        "User",
                        "Application",
                        "TargetAppName",
                        "TargetAppType"};
const Names asim_authentication{"EventSubType",      "EventResultDetails",    "LogonMethod",
                                "LogonProtocol",     "TargetUserId",          "TargetUserIdType",
                                "TargetUsername",    "TargetUsernameType",    "TargetUserType",
                                "TargetUserScopeId", "TargetSessionId",       "TargetAppId",
                                "LogonTarget",       "ActingOriginalAppType", "SrcDvcId",
                                "SrcDvcIdType",      "SrcHostname",           "SrcDvcOs",
                                "SrcGeoCity",        "SrcGeoRegion",          "SrcGeoCountry"};
const Names asim_audit{"EventOriginalType", "Operation",       "Object",
                       "ObjectId",          "ObjectType",      "OriginalObjectType",
                       "OldValue",          "NewValue",        "Value",
                       "ActorUserId",       "ActorUserIdType", "ActorUsername",
                       "ActorUsernameType", "ActorUserType",   "ActorScopeId"};
const std::map<std::string, Names> asim_values{
    {"EventResult", {"Success", "Partial", "Failure", "NA"}},
    {"EventSeverity", {"Informational", "Low", "Medium", "High"}},
    {"EventSubType",
     {"System", "Interactive", "RemoteInteractive", "Service", "RemoteService", "Remote", "AssumeRole"}},
    {"EventResultDetails",
     {"No such user or password", "No such user", "Incorrect password", "Incorrect key", "Account expired",
      "Password expired", "User locked", "User disabled", "Logon violates policy", "Session expired",
      "Other"}},
    {"LogonMethod",
     {"Managed Identity", "Service Principal", "Username & Password", "Multi factor authentication",
      "Passwordless", "PKI", "PAM", "Other"}},
    {"TargetUserIdType", {"AADID"}},
    {"ActorUserIdType", {"AADID"}},
    {"TargetUsernameType", {"UPN", "Windows", "DN", "Simple"}},
    {"ActorUsernameType", {"UPN", "Windows", "DN", "Simple"}},
    {"TargetUserType", {"Regular", "Guest", "System", "Application"}},
    {"ActorUserType", {"Regular", "Guest", "System", "Application"}},
    {"TargetAppType", {"SaaS application"}},
    {"ObjectType",
     {"Cloud Resource", "Configuration Atom", "Policy Rule", "Directory Service Object", "Other"}}};

TEST(AsimEvents, HaveTheMandatoryColumnsOfTheirSchemaAndNoOthers) {
    for (const Sample& sample : samples()) {
        const json event = exported(EventSchema::asim, row_of(sample));
        const Names names = members_of(event);
        const bool is_sign_in = event["EventSchema"] == "Authentication";
        EXPECT_EQ(is_sign_in, sample.name.ends_with("sign_in")) << sample.name;
        EXPECT_THAT(names, IsSupersetOf(asim_mandatory)) << sample.name;
        Names allowed = asim_mandatory;
        allowed.insert(asim_common.begin(), asim_common.end());
        const Names& own = is_sign_in ? asim_authentication : asim_audit;
        allowed.insert(own.begin(), own.end());
        EXPECT_THAT(names, IsSubsetOf(allowed)) << sample.name;
        for (const auto& [column, values] : asim_values) {
            if (!event.contains(column)) continue;
            EXPECT_THAT(values, Contains(event[column].get<std::string>())) << column;
        }
        if (is_sign_in) {
            EXPECT_EQ(event["EventType"], "Logon");
        } else {
            EXPECT_THAT(names, IsSupersetOf(Names{"Operation", "Object", "ObjectType"})) << sample.name;
            EXPECT_THAT((Names{"Set", "Read", "Create", "Delete", "Execute", "Install", "Clear", "Enable",
                               "Disable", "Other"}),
                        Contains(event["EventType"].get<std::string>()))
                << sample.name;
        }
    }
}

// --- whatever stands in the store

TEST(EventExport, MakesAnObjectOfTheRowWhereTheOctetsCannotBeRead) {
    EventRow row;
    row.feed = FeedId::directory_audits;
    row.id = "d1";
    row.occurred_at = *parse_iso("2026-11-20T10:00:00Z");
    row.activity = "Add user";
    row.outcome = "success";
    row.actor_kind = "user";
    row.actor_name = "alice@example.com";
    row.target_kind = "user";
    row.target_name = "bob@example.com";
    for (const char* raw :
         {"", "{\"id\": ", "[]", "\xff\xfe", "{\"category\":\"AuditLogs\",\"properties\":7}"}) {
        row.raw = raw;
        const json ocsf = exported(EventSchema::ocsf, row);
        EXPECT_EQ(ocsf["class_uid"], 3001) << raw;
        EXPECT_EQ(ocsf["activity_id"], 1) << raw;
        EXPECT_EQ(ocsf["user"]["name"], "bob@example.com") << raw;
        EXPECT_EQ(exported(EventSchema::ecs, row)["user"]["name"], "alice@example.com") << raw;
        EXPECT_EQ(exported(EventSchema::asim, row)["Object"], "bob@example.com") << raw;
    }
}

TEST(EventExport, ReadsRecordsThatWereImportedInAForeignShape) {
    EventRow row = row_of(samples().front());
    row.raw =
        R"({"time":"2026-11-20T10:11:12Z","category":"AuditLogs","operationName":"Add user","properties":)" +
        std::string{
            R"({"id":"d9","activityDateTime":"2026-11-20T10:11:12Z","activityDisplayName":"Add user",)"} +
        R"("result":"success","targetResources":[{"id":"u1","type":"User","userPrincipalName":"eve@example.com"}]}})";
    const json event = exported(EventSchema::ocsf, row);
    EXPECT_EQ(event["class_uid"], 3001);
    EXPECT_EQ(event["user"]["name"], "eve@example.com");
    EXPECT_EQ(event["raw_data"], row.raw) << "as received";
}

}  // namespace
}  // namespace entrawatch::test
