#include "tests/simulator/noise.hpp"

#include "tests/simulator/everyday_audits.hpp"
#include "tests/simulator/lateness.hpp"
#include "tests/simulator/must.hpp"
#include "tests/simulator/provisioning_records.hpp"
#include "tests/simulator/risk_records.hpp"
#include "tests/simulator/sign_in_records.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

}  // namespace

Instant Noise::late(Instant time) {
    return time + draw_lateness(dice_, lateness_);
}

void Noise::fill(Tenant& tenant, Span span, double per_minute) {
    const Ticks mean = scaled(minutes{1}, 1.0 / per_minute);
    for (Instant at = span.from + dice_.between(Ticks{0}, 2 * mean); at < span.to;
         at += dice_.between(Ticks{1}, 2 * mean)) {
        add_one(tenant, at);
    }
}

void Noise::add_one(Tenant& tenant, Instant time) {
    const double kind = dice_.unit();
    if (kind < 0.45) return add_user_sign_in(tenant, time, false);
    if (kind < 0.65) return add_user_sign_in(tenant, time, true);
    if (kind < 0.77) return add_app_sign_in(tenant, time, false);
    if (kind < 0.85) return add_app_sign_in(tenant, time, true);
    if (kind < 0.95) return add_audit(tenant, time);
    if (kind < 0.98) return add_provisioning(tenant, time);
    if (kind < 0.993) return add_risk(tenant, time);
    add_service_principal_risk(tenant, time);
}

void Noise::add_user_sign_in(Tenant& tenant, Instant time, bool interactive) {
    UserSignIn sign_in;
    sign_in.person = dice_.choose(cast().people);
    // At home, or now and then at head office.
    sign_in.place = dice_.chance(0.1) ? cast().places.front() : home_of(sign_in.person);
    sign_in.application = dice_.choose(cast().applications);
    sign_in.resource = dice_.choose(cast().resources);
    sign_in.time = time;
    sign_in.interactive = interactive;
    if (interactive && dice_.chance(0.08)) sign_in.error_code = 50126;
    if (interactive && dice_.chance(0.05)) sign_in.error_code = 50076;
    const FeedId feed = interactive ? FeedId::sign_ins_interactive : FeedId::sign_ins_non_interactive;
    const Document row = user_sign_in(sign_in, dice_);
    const Instant visible = late(time);
    if (!interactive || !dice_.chance(0.1)) return must(tenant.add(feed, row, visible));
    // Some rows are shown before their authentication details are complete.
    must(tenant.add(feed, early_form(row), visible));
    must(tenant.revise(feed, row.at("id").get<std::string>(), row,
                       visible + scaled(minutes{5}, lateness_) + Ticks{1}));
}

void Noise::add_app_sign_in(Tenant& tenant, Instant time, bool managed_identity) {
    AppSignIn sign_in;
    sign_in.application = dice_.choose(managed_identity ? cast().managed_identities : cast().applications);
    sign_in.resource = dice_.choose(cast().resources);
    sign_in.place = dice_.choose(cast().places);
    sign_in.time = time;
    sign_in.managed_identity = managed_identity;
    const FeedId feed =
        managed_identity ? FeedId::sign_ins_managed_identity : FeedId::sign_ins_service_principal;
    must(tenant.add(feed, app_sign_in(sign_in, dice_), late(time)));
}

void Noise::add_audit(Tenant& tenant, Instant time) {
    for (const Document& row : everyday_audit(time, dice_)) {
        const Instant shown = late(*parse_iso(row.at("activityDateTime").get<std::string>()));
        must(tenant.add(FeedId::directory_audits, row, shown));
    }
}

void Noise::add_provisioning(Tenant& tenant, Instant time) {
    ProvisioningRow row{dice_.choose(cast().people), dice_.choose(cast().applications), "update", false,
                        time};
    const double kind = dice_.unit();
    if (kind < 0.2) row.action = "create";
    if (kind > 0.9) row.action = "disable";
    row.conflict = row.action == "create" && dice_.chance(0.2);
    must(tenant.add(FeedId::provisioning, provisioning_row(row, dice_), late(time)));
}

void Noise::add_risk(Tenant& tenant, Instant time) {
    const Person person = dice_.choose(cast().people);
    const Place place = dice_.choose(cast().places);
    RiskTimes times{time, time + scaled(seconds{20}, lateness_), {}};
    times.updated = times.detected + scaled(dice_.between(minutes{2}, minutes{8}), lateness_);
    const Document first = risk_detection(person, place, times, dice_);
    const Instant visible = times.updated + scaled(seconds{15}, lateness_);
    must(tenant.add(FeedId::risk_detections, first, visible));
    const Instant changed = visible + scaled(dice_.between(minutes{10}, minutes{50}), lateness_) + Ticks{2};
    must(tenant.revise(FeedId::risk_detections, first.at("id").get<std::string>(),
                       remediated(first, changed - Ticks{1}), changed));
}

void Noise::add_service_principal_risk(Tenant& tenant, Instant time) {
    const ServicePrincipal app = dice_.choose(cast().applications);
    RiskTimes times{time, time + scaled(minutes{4}, lateness_), {}};
    times.updated = times.detected;
    const Document first = early_service_principal_risk(app, times, dice_);
    const Instant visible = times.updated + scaled(seconds{30}, lateness_);
    must(tenant.add(FeedId::service_principal_risk_detections, first, visible));
    const Instant filled = visible + scaled(dice_.between(minutes{5}, minutes{25}), lateness_) + Ticks{2};
    must(tenant.revise(FeedId::service_principal_risk_detections, first.at("id").get<std::string>(),
                       completed(first, app, filled - Ticks{1}), filled));
}

}  // namespace entrawatch::simulator
