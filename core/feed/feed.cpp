#include "core/feed/feed.hpp"
#include "core/base/percent.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <array>

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

// Source: the national clouds that each method's page of Microsoft Learn lists. 21Vianet has neither Identity
// Protection nor the security alerts; both clouds of the US Government have every feed.
constexpr std::array china_only{Cloud::china};

// Sign-ins: v1.0 shows interactive ones only and lacks the fields that rules need (authenticationRequirement,
// sessionId, …), so beta is asked. Without the lambda beta shows interactive ones only, and user kinds cannot
// be mixed with application kinds in one lambda: hence one feed a kind. The gateway gives up after 120 s, so
// we wait longer than that.
constexpr Feed sign_in_feed(FeedId id, std::string_view name, std::string_view lambda) {
    return Feed{.id = id,
                .name = name,
                .kind = RecordKind::sign_in,
                .path = "/beta/auditLogs/signIns",
                .event_time = "createdDateTime",
                .window_time = "createdDateTime",
                .deep_time = "createdDateTime",
                .extra_filter = lambda,
                .page_size = 1000,
                .budget = BudgetGroup::reports,
                .changes_later = true,  // risk and authentication details are filled in minutes to days later
                .retention = hours{24 * 30},
                .hot_overlap = minutes{20},
                .patience = seconds{150},
                // Directory.Read.All: without it the licence check of sign-ins fails now and then.
                .permission = "AuditLog.Read.All Directory.Read.All",
                .licence = "Entra ID P1",
                .sorts = true};
}

// Risk: rows appear up to 48 h after the activity and change for weeks, so the window runs over
// lastUpdatedDateTime; the deep sweep goes by detectedDateTime, for rows that became visible after their last
// update. More than 500 a page is refused. Their order is wrong even when asked for, so it is not asked for.
constexpr Feed risk_feed(FeedId id, std::string_view name, RecordKind kind, std::string_view path,
                         std::string_view licence) {
    return Feed{.id = id,
                .name = name,
                .kind = kind,
                .path = path,
                .event_time = "activityDateTime",
                .window_time = "lastUpdatedDateTime",
                .deep_time = "detectedDateTime",
                .extra_filter = {},
                .page_size = 500,
                .budget = BudgetGroup::identity_protection,
                .changes_later = true,
                .retention = hours{24 * 90},
                .hot_overlap = hours{2},
                .patience = seconds{60},
                .permission = "IdentityRiskEvent.Read.All",
                .licence = licence,
                .says_how_things_stand = true,
                .lacking_in = china_only};
}

// Risky objects: one row each, which says how things stand; each change is a revision. There is one time
// only.
constexpr Feed risky_feed(FeedId id, std::string_view name, RecordKind kind, std::string_view path,
                          std::string_view permission, std::string_view licence) {
    Feed feed = risk_feed(id, name, kind, path, licence);
    feed.event_time = feed.window_time = feed.deep_time = "riskLastUpdatedDateTime";
    feed.permission = permission;
    return feed;
}

constexpr std::array feeds{
    // Audits have no createdDateTime: asking by it is refused. `$skip` is refused too; we follow links.
    Feed{.id = FeedId::directory_audits,
         .name = "directory_audits",
         .kind = RecordKind::directory_audit,
         .path = "/v1.0/auditLogs/directoryAudits",
         .event_time = "activityDateTime",
         .window_time = "activityDateTime",
         .deep_time = "activityDateTime",
         .extra_filter = {},
         .page_size = 1000,
         .budget = BudgetGroup::reports,
         .changes_later = false,
         .retention = hours{24 * 30},
         .hot_overlap = minutes{20},
         .patience = seconds{150},
         .permission = "AuditLog.Read.All",
         .licence = "Entra ID Free (7 days), P1 (30 days)",
         .sorts = true},
    sign_in_feed(FeedId::sign_ins_interactive, "sign_ins_interactive",
                 "signInEventTypes/any(t: t eq 'interactiveUser')"),
    sign_in_feed(FeedId::sign_ins_non_interactive, "sign_ins_non_interactive",
                 "signInEventTypes/any(t: t eq 'nonInteractiveUser')"),
    sign_in_feed(FeedId::sign_ins_service_principal, "sign_ins_service_principal",
                 "signInEventTypes/any(t: t eq 'servicePrincipal')"),
    sign_in_feed(FeedId::sign_ins_managed_identity, "sign_ins_managed_identity",
                 "signInEventTypes/any(t: t eq 'managedIdentity')"),
    // What provisioning jobs did to accounts and groups. The filter takes `gt` and `lt` only, the order is
    // wrong even when asked for, and no page limit is documented: none is asked for.
    Feed{.id = FeedId::provisioning,
         .name = "provisioning",
         .kind = RecordKind::provisioning,
         .path = "/v1.0/auditLogs/provisioning",
         .event_time = "activityDateTime",
         .window_time = "activityDateTime",
         .deep_time = "activityDateTime",
         .extra_filter = {},
         .page_size = 0,
         .budget = BudgetGroup::reports,
         .changes_later = false,
         .retention = hours{24 * 30},
         .hot_overlap = minutes{20},
         .patience = seconds{150},
         .permission = "AuditLog.Read.All Directory.Read.All",
         .licence = "Entra ID Free (7 days), P1 (30 days)",
         .strict_bounds = true,
         .lacking_in = china_only},
    risk_feed(FeedId::risk_detections, "risk_detections", RecordKind::risk_detection,
              "/v1.0/identityProtection/riskDetections", "Entra ID P2 (P1 hides details)"),
    risk_feed(FeedId::service_principal_risk_detections, "service_principal_risk_detections",
              RecordKind::service_principal_risk_detection,
              "/v1.0/identityProtection/servicePrincipalRiskDetections", "Workload ID Premium"),
    risky_feed(FeedId::risky_users, "risky_users", RecordKind::risky_user,
               "/v1.0/identityProtection/riskyUsers", "IdentityRiskyUser.Read.All", "Entra ID P2"),
    risky_feed(FeedId::risky_service_principals, "risky_service_principals",
               RecordKind::risky_service_principal, "/v1.0/identityProtection/riskyServicePrincipals",
               "IdentityRiskyServicePrincipal.Read.All", "Workload ID Premium"),
    // Alerts change for days: status, severity and evidence. One with much evidence has 44 KB and more, so
    // pages are short.
    Feed{.id = FeedId::security_alerts,
         .name = "security_alerts",
         .kind = RecordKind::security_alert,
         .path = "/v1.0/security/alerts_v2",
         .event_time = "createdDateTime",
         .window_time = "lastUpdateDateTime",
         .deep_time = "createdDateTime",
         .extra_filter = {},
         .page_size = 100,
         .budget = BudgetGroup::security,
         .changes_later = true,
         .retention = hours{24 * 180},
         .hot_overlap = hours{2},
         .patience = seconds{60},
         .permission = "SecurityAlert.Read.All",
         .licence = "of the Defender product that raises them",
         .says_how_things_stand = true,
         .lacking_in = china_only},
    // Some seven rows, one for each kind of alert, which say how things stand: no time can be asked for, and
    // without the filter the answer is a refusal that blames something else. Readable without the licence.
    Feed{.id = FeedId::pim_alerts,
         .name = "pim_alerts",
         .kind = RecordKind::pim_alert,
         .path = "/beta/identityGovernance/roleManagementAlerts/alerts",
         .event_time = "lastScannedDateTime",
         .window_time = {},
         .deep_time = {},
         .extra_filter = "scopeId eq '/' and scopeType eq 'DirectoryRole'",
         .page_size = 0,
         .budget = BudgetGroup::directory,
         .changes_later = true,
         .retention = hours{24 * 30},  // they stand until they are dealt with: as much as is asked for
         .hot_overlap = Ticks{0},
         .patience = seconds{60},
         .permission = "RoleManagementAlert.Read.Directory",
         .licence = "none; PIM itself, Entra ID P2 or ID Governance",
         .says_how_things_stand = true},
    // Derived from readings of the directory: no path, no windows. The last of the list, see polled_feeds().
    Feed{.id = FeedId::posture,
         .name = "posture",
         .kind = RecordKind::directory_audit,
         .path = {},
         .event_time = "activityDateTime",
         .window_time = {},
         .deep_time = {},
         .extra_filter = {},
         .page_size = 0,
         .budget = BudgetGroup::directory,
         .changes_later = true,  // a fact that ends is revised
         .retention = Ticks{0},
         .hot_overlap = Ticks{0},
         .patience = seconds{30},
         .permission = "Directory.Read.All RoleManagement.Read.Directory Policy.Read.All "
                       "PrivilegedEligibilitySchedule.Read.AzureADGroup",
         .licence = "none; who is eligible for roles, Entra ID P2"},
};

}  // namespace

bool is_snapshot(const Feed& feed) {
    return !feed.path.empty() && feed.window_time.empty();
}

std::string_view name_of(Cloud cloud) {
    constexpr std::array<std::string_view, 5> names{"global", "us-gov", "us-dod", "china", "custom"};
    return names.at(static_cast<std::size_t>(cloud));
}

std::string missing_in(const Feed& feed, Cloud cloud) {
    if (std::ranges::find(feed.lacking_in, cloud) == feed.lacking_in.end()) return {};
    return "the cloud " + std::string{name_of(cloud)} + " does not have it";
}

std::span<const Feed> all_feeds() {
    return feeds;
}

std::span<const Feed> polled_feeds() {
    return std::span{feeds}.first(feeds.size() - 1);
}

const Feed& feed_of(FeedId id) {
    const auto* found = std::ranges::find(feeds, id, &Feed::id);
    return found == feeds.end() ? feeds.front() : *found;
}

const Feed* find_feed(std::string_view name) {
    const auto* found = std::ranges::find(feeds, name, &Feed::name);
    return found == feeds.end() ? nullptr : found;
}

std::optional<FeedId> feed_id_of(std::int64_t stored) {
    for (const Feed& feed : feeds) {
        if (static_cast<std::int64_t>(feed.id) == stored) return feed.id;
    }
    return std::nullopt;
}

namespace {

// `ge` and `le`: a row on the border that is read twice is dropped by its id. Where only `gt` and `lt` are
// taken, the span is one tick wider, so that no row on the border is left out. Times are unquoted (a quoted
// one gives an empty answer, not an error) and end in Z.
std::string time_filter(const Feed& feed, std::string_view time_property, Span span) {
    const Ticks beside{feed.strict_bounds ? 1 : 0};
    std::string filter{time_property};
    filter += (feed.strict_bounds ? " gt " : " ge ") + to_iso(span.from - beside) + " and ";
    filter += time_property;
    filter += (feed.strict_bounds ? " lt " : " le ") + to_iso(span.to + beside);
    return filter;
}

}  // namespace

std::string first_page_target(const Feed& feed, std::string_view time_property, Span span) {
    std::string filter = time_property.empty() ? std::string{} : time_filter(feed, time_property, span);
    if (!feed.extra_filter.empty()) {
        if (!filter.empty()) filter += " and ";
        filter += feed.extra_filter;
    }
    std::string target{feed.path};
    target += "?$filter=";
    target += percent_encoded(filter);
    if (feed.page_size > 0) target += "&$top=" + std::to_string(feed.page_size);
    if (feed.sorts && time_property == feed.event_time) {
        target += "&$orderby=";
        target += percent_encoded(time_property);
    }
    return target;
}

}  // namespace entrawatch
