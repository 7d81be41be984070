#include "core/rules/sigma_logsource.hpp"

#include <array>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

const std::vector<FeedId>& sign_ins() {
    static const std::vector<FeedId> feeds{FeedId::sign_ins_interactive, FeedId::sign_ins_non_interactive,
                                           FeedId::sign_ins_service_principal,
                                           FeedId::sign_ins_managed_identity};
    return feeds;
}

std::vector<FeedId> feeds_of(std::string_view service, std::string_view category) {
    const auto is = [](std::string_view a, std::string_view b) { return equal_ignoring_ascii_case(a, b); };
    if (is(service, "auditlogs") || is(service, "pim")) return {FeedId::directory_audits};
    if (is(service, "activitylogs") && is(category, "AuditLogs")) return {FeedId::directory_audits};
    if (is(service, "signinlogs")) return sign_ins();
    if (is(service, "riskyuser")) return {FeedId::risky_users, FeedId::risky_service_principals};
    if (is(service, "securityalert")) return {FeedId::security_alerts};
    if (is(service, "provisioning")) return {FeedId::provisioning};
    if (is(service, "pimalert")) return {FeedId::pim_alerts};
    if (is(service, "posture")) return {FeedId::posture};
    if (is(service, "riskdetection"))
        return {FeedId::risk_detections, FeedId::service_principal_risk_detections};
    return {};
}

}  // namespace

std::vector<FeedId> read_logsource(const YamlMember& logsource, SigmaReading& reading) {
    std::string product;
    std::string service;
    std::string category;
    for (const YamlMember& member : reading.members(logsource.value, "`logsource`")) {
        if (member.key == "product") product = reading.text(member);
        if (member.key == "service") service = reading.text(member);
        if (member.key == "category") category = reading.text(member);
    }
    auto feeds = feeds_of(service, category);
    if (!equal_ignoring_ascii_case(product, "azure") || feeds.empty()) {
        reading.cannot_evaluate(
            logsource.line,
            "no feed carries product `" + cut_utf8(product, 40) + "`, service `" + cut_utf8(service, 40) +
                "`; known are azure with auditlogs, pim, signinlogs, riskdetection, riskyuser, "
                "securityalert, provisioning, pimalert or posture");
        return {};
    }
    return feeds;
}

}  // namespace entrawatch
