#include "alerts/export/ocsf_class.hpp"

#include <array>
#include <span>

namespace entrawatch {
namespace {

struct VerbActivity {
    ActVerb verb;
    OcsfChoice activity;
};
constexpr std::array account_activities{
    VerbActivity{ActVerb::create, {1, "Create"}},
    VerbActivity{ActVerb::enable, {2, "Enable"}},
    VerbActivity{ActVerb::change_password, {3, "Password Change"}},
    VerbActivity{ActVerb::reset_password, {4, "Password Reset"}},
    VerbActivity{ActVerb::disable, {5, "Disable"}},
    VerbActivity{ActVerb::remove, {6, "Delete"}},
    VerbActivity{ActVerb::add_factor, {10, "MFA Factor Enable"}},
    VerbActivity{ActVerb::remove_factor, {11, "MFA Factor Disable"}},
    VerbActivity{ActVerb::unlock, {12, "Unlock"}},
};
constexpr std::array access_activities{
    VerbActivity{ActVerb::assign, {1, "Assign Privileges"}},
    VerbActivity{ActVerb::revoke, {2, "Revoke Privileges"}},
};
constexpr std::array api_activities{
    VerbActivity{ActVerb::create, {1, "Create"}},  VerbActivity{ActVerb::read, {2, "Read"}},
    VerbActivity{ActVerb::update, {3, "Update"}},  VerbActivity{ActVerb::enable, {3, "Update"}},
    VerbActivity{ActVerb::disable, {3, "Update"}}, VerbActivity{ActVerb::remove, {4, "Delete"}},
};

std::span<const VerbActivity> activities_of(ActKind kind) {
    switch (kind) {
        case ActKind::account:
            return account_activities;
        case ActKind::access:
            return access_activities;
        case ActKind::other:
            return api_activities;
        case ActKind::sign_in:
        case ActKind::finding:
            break;
    }
    return {};
}

struct RiskSeverity {
    std::string_view risk_level;  // Graph's
    OcsfChoice severity;
};
constexpr std::array risk_severities{
    RiskSeverity{"low", {2, "Low"}},
    RiskSeverity{"medium", {3, "Medium"}},
    RiskSeverity{"high", {4, "High"}},
    RiskSeverity{"informational", {1, "Informational"}},
};

}  // namespace

OcsfClass ocsf_class(ActKind kind) {
    switch (kind) {
        case ActKind::sign_in:
            return {3002, "Authentication", 3, "Identity & Access Management"};
        case ActKind::account:
            return {3001, "Account Change", 3, "Identity & Access Management"};
        case ActKind::access:
            return {3005, "User Access Management", 3, "Identity & Access Management"};
        case ActKind::other:
            return {6003, "API Activity", 6, "Application Activity"};
        case ActKind::finding:
            break;
    }
    return {2004, "Detection Finding", 2, "Findings"};
}

OcsfChoice ocsf_activity(const EventFacts& facts) {
    if (facts.act.kind == ActKind::sign_in) return {1, "Logon"};
    if (facts.act.kind == ActKind::finding)
        return facts.row.revision > 1 ? OcsfChoice{2, "Update"} : OcsfChoice{1, "Create"};
    for (const VerbActivity& row : activities_of(facts.act.kind)) {
        if (row.verb == facts.act.verb) return row.activity;
    }
    const std::string& activity = facts.event.activity;
    return {ocsf_other, activity.empty() ? std::string_view{"Other"} : activity};
}

OcsfChoice ocsf_severity(const EventFacts& facts) {
    if (facts.act.kind != ActKind::finding) return {1, "Informational"};
    for (const RiskSeverity& one : risk_severities) {
        if (one.risk_level == facts.event.risk_level) return one.severity;
    }
    return {0, "Unknown"};
}

OcsfChoice ocsf_status(const EventFacts& facts) {
    switch (facts.event.outcome) {
        case Outcome::success:
            return {1, "Success"};
        case Outcome::failure:
            return {2, "Failure"};
        case Outcome::unknown:
            return {0, "Unknown"};
        case Outcome::timeout:
        case Outcome::interrupted:
            break;
    }
    return {ocsf_other, name_of(facts.event.outcome)};
}

}  // namespace entrawatch
