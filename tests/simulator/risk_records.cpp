#include "tests/simulator/risk_records.hpp"

namespace entrawatch::simulator {

Document risk_detection(const Person& person, const Place& place, const RiskTimes& times, Dice& dice) {
    const std::string id = dice.hex(64);
    const std::string request = dice.guid();
    const std::string correlation = dice.guid();
    return {{"id", id},
            {"requestId", request},
            {"correlationId", correlation},
            {"riskEventType", "unfamiliarFeatures"},
            {"riskState", "atRisk"},
            {"riskLevel", "low"},
            {"riskDetail", "none"},
            {"source", "IdentityProtection"},
            {"detectionTimingType", "realtime"},
            {"activity", "signin"},
            {"tokenIssuerType", "AzureAD"},
            {"ipAddress", place.ip},
            {"activityDateTime", to_iso(times.activity)},
            {"detectedDateTime", to_iso(times.detected)},
            {"lastUpdatedDateTime", to_iso(times.updated)},
            {"userId", person.id},
            {"userDisplayName", person.name},
            {"userPrincipalName", person.principal_name},
            {"additionalInfo", R"([{"Key":"riskReasons","Value":["UnfamiliarASN","UnfamiliarLocation"]}])"},
            {"location",
             {{"city", place.city},
              {"state", place.state},
              {"countryOrRegion", place.country},
              {"geoCoordinates", {{"latitude", place.latitude}, {"longitude", place.longitude}}}}}};
}

Document remediated(Document detection, Instant updated) {
    detection["riskState"] = "remediated";
    detection["riskDetail"] = "userPerformedSecuredPasswordChange";
    detection["lastUpdatedDateTime"] = to_iso(updated);
    return detection;
}

Document early_service_principal_risk(const ServicePrincipal& app, const RiskTimes& times, Dice& dice) {
    return {{"id", dice.hex(64)},
            {"requestId", nullptr},
            {"correlationId", nullptr},
            {"riskEventType", "suspiciousAPITraffic"},
            {"riskState", "atRisk"},
            {"riskLevel", "low"},
            {"riskDetail", "none"},
            {"source", nullptr},
            {"detectionTimingType", nullptr},
            {"activity", "servicePrincipal"},
            {"tokenIssuerType", "AzureAD"},
            {"ipAddress", nullptr},
            {"location", nullptr},
            {"activityDateTime", to_iso(times.activity)},
            {"detectedDateTime", to_iso(times.detected)},
            {"lastUpdatedDateTime", to_iso(times.updated)},
            {"servicePrincipalId", app.id},
            {"servicePrincipalDisplayName", nullptr},
            {"appId", nullptr},
            {"keyIds", Document::array()},
            {"additionalInfo", "[]"}};
}

Document completed(Document detection, const ServicePrincipal& app, Instant updated) {
    detection["source"] = "IdentityProtection";
    detection["detectionTimingType"] = "offline";
    detection["servicePrincipalDisplayName"] = app.name;
    detection["appId"] = app.app_id;
    detection["lastUpdatedDateTime"] = to_iso(updated);
    return detection;
}

}  // namespace entrawatch::simulator
