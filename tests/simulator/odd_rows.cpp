#include "tests/simulator/odd_rows.hpp"

#include <array>
#include <vector>

#include "tests/simulator/audit_records.hpp"
#include "tests/simulator/must.hpp"
#include "tests/simulator/risk_records.hpp"
#include "tests/simulator/sign_in_records.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

Document plain_audit(Instant time, Dice& dice) {
    AuditRow row;
    row.category = "UserManagement";
    row.activity = "Update user";
    row.correlation_id = dice.guid();
    row.time = time;
    row.initiated_by = by_user(dice.choose(cast().people), "198.51.100.23");
    row.targets = {user_target(dice.choose(cast().people))};
    return audit(row, dice);
}

Document plain_sign_in(Instant time, bool interactive, Dice& dice) {
    UserSignIn sign_in;
    sign_in.person = dice.choose(cast().people);
    sign_in.place = home_of(sign_in.person);
    sign_in.application = dice.choose(cast().applications);
    sign_in.resource = dice.choose(cast().resources);
    sign_in.time = time;
    sign_in.interactive = interactive;
    return user_sign_in(sign_in, dice);
}

std::string id_of(const Document& row) {
    return row.at("id").get<std::string>();
}

void add_audit(Tenant& tenant, const Document& row, Instant time) {
    must(tenant.add(FeedId::directory_audits, row, time));
}

// The row as it would be, but for what `twist` makes of its text.
template <class Twist>
void add_twisted(Tenant& tenant, Instant time, Dice& dice, Twist twist) {
    const Document row = plain_audit(time, dice);
    add_audit(tenant, row, time);
    must(tenant.misspell(FeedId::directory_audits, id_of(row), twist(row.dump())));
}

// Everything before the closing brace, and then `members`.
std::string with_members(std::string text, const std::string& members) {
    text.pop_back();
    return text + "," + members + "}";
}

std::string with_text(std::string text, const std::string& from, const std::string& to) {
    const auto place = text.find(from);
    return place == std::string::npos ? text : text.replace(place, from.size(), to);
}

Document alert_with_evidence(Instant created, Instant updated, int items) {
    Document evidence = Document::array();
    for (int i = 0; i < items; ++i) {
        evidence.push_back({{"@odata.type", "#microsoft.graph.security.userEvidence"},
                            {"createdDateTime", to_iso(updated)},
                            {"verdict", "suspicious"},
                            {"detailedRoles", Document::array({"Contextual role"})},
                            {"userAccount", {{"accountName", "user" + std::to_string(i)}}}});
    }
    return {{"id", "da" + std::to_string(created.time_since_epoch().count())},
            {"status", "new"},
            {"severity", "low"},
            {"title", "Anonymous IP address"},
            {"serviceSource", "azureAdIdentityProtection"},
            {"createdDateTime", to_iso(created)},
            {"lastUpdateDateTime", to_iso(updated)},
            {"evidence", std::move(evidence)}};
}

Document risky_user(const Person& person, Instant updated, const char* state, bool deleted) {
    return {{"id", person.id},
            {"isDeleted", deleted},
            {"isProcessing", false},
            {"riskLevel", "none"},
            {"riskState", state},
            {"riskDetail", "none"},
            {"riskLastUpdatedDateTime", to_iso(updated)},
            {"userDisplayName", person.name},
            {"userPrincipalName", person.principal_name}};
}

}  // namespace

void add_equal_times(Tenant& tenant, Instant time, int count, Dice& dice) {
    for (int i = 0; i < count; ++i)
        add_audit(tenant, plain_audit(time, dice), time);
}

void add_fractions(Tenant& tenant, Instant time, Dice& dice) {
    const Instant second = std::chrono::floor<seconds>(time);
    for (const std::int64_t ticks :
         {0LL, 5'000'000LL, 1'200'000LL, 1'230'000LL, 1'234'560LL, 1'234'567LL, 1LL}) {
        const Instant at = second + Ticks{ticks};
        add_audit(tenant, plain_audit(at, dice), at);
        const Document row = plain_sign_in(at, true, dice);
        must(tenant.add(FeedId::sign_ins_interactive, row, at));
    }
    for (const char* unreadable : {"0001-01-01T00:00:00Z", "2026-13-45T99:99:99Z", ""}) {
        const std::string written = to_iso(second);
        add_twisted(tenant, second, dice,
                    [&](const std::string& text) { return with_text(text, written, unreadable); });
    }
}

void add_odd_octets(Tenant& tenant, Instant time, Dice& dice) {
    static const std::array members = {
        R"("@odata.type":"#microsoft.graph.directoryAudit","@microsoft.graph.tips":"use $select","newIn2027":{"a":[1,2,{"b":null}]})",
        R"("loggedByService":null,"userAgent":null,"additionalDetails":null)",
        R"("result":"unknownFutureValue","operationType":"somethingNew")",
        R"("category":17,"resultReason":{"code":5},"targetResources":"none")",
        R"("activityDisplayName":"Update user","activityDisplayName":"Update user")",
        R"("note":"\ud800 alone, \u0000 zero, \u202e turned, \u00a0 wide, line\nbreak")",
        R"("emoji":"😀 𝔘","empty":{},"list":[[],[[]]],"number":1e308,"small":-0.0)"};
    for (const std::string_view odd : members) {
        add_twisted(tenant, time, dice,
                    [&](const std::string& text) { return with_members(text, std::string{odd}); });
    }
    add_twisted(tenant, time, dice, [](const std::string& text) {
        return with_members(text, R"("deep":)" + std::string(60, '[') + std::string(60, ']'));
    });
    add_twisted(tenant, time, dice, [](const std::string& text) {
        return with_text(text, "\"Update user\"", "\"Update user \\udc00\\u0000\"");
    });
}

void add_huge_rows(Tenant& tenant, Instant time, Dice& dice) {
    for (int i = 0; i < 3; ++i) {
        Document row = plain_audit(time + seconds{i}, dice);
        row["targetResources"][0]["modifiedProperties"] = Document::array(
            {property("StrongAuthenticationMethod", "[]", json_text(std::string(8'000'000, 'x')))});
        add_audit(tenant, row, time + seconds{i});
    }
    Document sign_in = plain_sign_in(time, true, dice);
    Document policies = Document::array();
    for (int i = 0; i < 2000; ++i) {
        policies.push_back({{"id", dice.guid()},
                            {"displayName", "Policy " + std::to_string(i)},
                            {"enforcedGrantControls", Document::array({"Mfa"})},
                            {"result", "notApplied"}});
    }
    sign_in["appliedConditionalAccessPolicies"] = std::move(policies);
    must(tenant.add(FeedId::sign_ins_interactive, sign_in, time));
}

void add_one_id_in_two_streams(Tenant& tenant, Instant time, Dice& dice) {
    const Document first = plain_sign_in(time, true, dice);
    Document second = plain_sign_in(time, false, dice);
    second["id"] = first.at("id");
    must(tenant.add(FeedId::sign_ins_interactive, first, time));
    must(tenant.add(FeedId::sign_ins_non_interactive, second, time));
}

void add_slow_changes(Tenant& tenant, Span live, Dice& dice) {
    const Ticks step = live.length() / 6;
    const Instant created = live.from - minutes{30};
    const std::string id = id_of(alert_with_evidence(created, created, 1));
    must(tenant.add(FeedId::security_alerts, alert_with_evidence(created, created, 1), created));
    const Person& person = dice.choose(cast().people);
    must(tenant.add(FeedId::risky_users, risky_user(person, created, "atRisk", false), created));
    const RiskTimes times{created - minutes{40}, created - minutes{10}, created};
    const ServicePrincipal& app = dice.choose(cast().applications);
    const Document detection = early_service_principal_risk(app, times, dice);
    const FeedId detections = FeedId::service_principal_risk_detections;
    must(tenant.add(detections, detection, created));
    // Filled in, and not said when.
    must(tenant.revise(detections, id_of(detection), completed(detection, app, created), live.from + step));
    int items = 1;
    for (Instant at = live.from + step; at < live.to - step; at += step) {
        items *= 3;
        must(tenant.revise(FeedId::security_alerts, id, alert_with_evidence(created, at, items), at));
        must(tenant.revise(FeedId::risky_users, person.id,
                           risky_user(person, at, items % 2 == 0 ? "atRisk" : "dismissed", items > 3), at));
    }
}

void add_late_rows(Tenant& tenant, Span live, Ticks oldest, int count, Dice& dice) {
    for (int i = 0; i < count; ++i) {
        const Instant shown = live.from + dice.between(Ticks{0}, live.length());
        const Instant happened = shown - dice.between(minutes{1}, oldest);
        must(tenant.add(FeedId::directory_audits, plain_audit(happened, dice), shown));
        must(tenant.add(FeedId::sign_ins_interactive, plain_sign_in(happened, true, dice), shown));
        const RiskTimes times{happened - std::chrono::hours{30}, shown - Ticks{seconds{2}},
                              shown - Ticks{seconds{1}}};
        must(tenant.add(FeedId::risk_detections,
                        risk_detection(dice.choose(cast().people), dice.choose(cast().places), times, dice),
                        shown));
    }
}

}  // namespace entrawatch::simulator
