#include "daemon/commands/alert_dossier.hpp"

#include <optional>
#include <ostream>
#include <utility>

#include "alerts/follow_up.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/options.hpp"

namespace entrawatch {
namespace {

OrderedJson json_of(const std::optional<Instant>& time) {
    return time ? OrderedJson(to_iso(*time)) : OrderedJson{};
}

OrderedJson json_of(const Store::AlertEvent& event) {
    return {{"feed", feed_of(event.feed).name}, {"id", event.id},
            {"time", to_iso(event.time)},       {"received_at", to_iso(event.received_at)},
            {"activity", event.activity},       {"correlation_id", event.correlation_id}};
}

OrderedJson json_of(const AttemptRow& attempt) {
    OrderedJson out{
        {"number", attempt.number},
        {"started_at", to_iso(attempt.started_at)},
        {"ended_at", to_iso(attempt.ended_at)},
        {"verdict", attempt.verdict},
        {"http_status", attempt.http_status == 0 ? OrderedJson{} : OrderedJson(attempt.http_status)},
        {"remote_address", attempt.remote_address},
        {"detail", attempt.detail},
        {"request_sha256", attempt.request_sha256}};
    if (attempt.retry_after) {
        out["retry_after_seconds"] =
            std::chrono::duration_cast<std::chrono::seconds>(*attempt.retry_after).count();
    }
    return out;
}

OrderedJson json_of(const FollowUpRow& row) {
    return {{"kind", row.kind},
            {"step", row.step},
            {"from_destination",
             row.from_destination.empty() ? OrderedJson{} : OrderedJson(row.from_destination)},
            {"to_destination", row.to_destination.empty() ? OrderedJson{} : OrderedJson(row.to_destination)},
            {"reason", row.reason},
            {"waited_seconds", std::chrono::duration_cast<std::chrono::seconds>(row.waited).count()},
            {"text", words_of(row)}};
}

OrderedJson json_of(const AlertRow& alert) {
    return {
        {"id", alert.id},
        {"rule_id", alert.rule_id},
        {"rule_name", alert.rule_name},
        {"title", alert.title},
        {"scenario", alert.scenario},
        {"severity", name_of(alert.severity)},
        {"summary", alert.summary},
        {"state", alert.state},
        {"opened_at", to_iso(alert.opened_at)},
        {"first_event_at", to_iso(alert.first_event_at)},
        {"last_event_at", to_iso(alert.last_event_at)},
        {"count", alert.count},
        {"dedup_key", alert.dedup_key},
        {"window_seconds", std::chrono::duration_cast<std::chrono::seconds>(alert.window).count()},
        {"test", alert.test},
        {"suppressed_by", alert.suppressed_by.empty() ? OrderedJson{} : OrderedJson(alert.suppressed_by)}};
}

}  // namespace

OrderedJson to_json(const DeliveryHistory& history) {
    const DeliveryRow& delivery = history.delivery;
    OrderedJson attempts = OrderedJson::array();
    for (const AttemptRow& attempt : history.attempts)
        attempts.push_back(json_of(attempt));
    return {{"destination", delivery.destination},
            {"webhook_id", delivery.webhook_id},
            {"type", delivery.type},
            {"state", delivery.state},
            {"created_at", to_iso(delivery.created_at)},
            {"due_at", to_iso(delivery.due_at)},
            {"lease_until", json_of(delivery.lease_until)},
            {"muted_by", delivery.muted_by.empty() ? OrderedJson{} : OrderedJson(delivery.muted_by)},
            {"told_in", delivery.told_in.empty() ? OrderedJson{} : OrderedJson(delivery.told_in)},
            {"follow_up", history.follow_up ? json_of(*history.follow_up) : OrderedJson{}},
            {"attempts", std::move(attempts)}};
}

Result<DeliveryHistory> read_history(Store& store, DeliveryRow delivery) {
    auto attempts = store.attempts_of(delivery.id);
    if (!attempts) return fail(attempts.error());
    auto mute = store.mute(delivery.muted_by);
    if (!mute) return fail(mute.error());
    auto follow_up = store.follow_up_of(delivery.notification);
    if (!follow_up) return fail(follow_up.error());
    return DeliveryHistory{std::move(delivery), std::move(*attempts), std::move(*mute),
                           std::move(*follow_up)};
}

Result<FoundAlert> find_alert(const std::vector<const TenantSettings*>& tenants, std::string_view id,
                              bool read_only, Instant now) {
    return find_by_id<AlertRow>(tenants, id, {"alert", "alerts", "alerts list"}, read_only, now,
                                [id](Store& store) { return store.alert(id); });
}

Result<AlertDossier> read_dossier(const std::string& tenant, Store& store, AlertRow alert, int most_events) {
    AlertDossier dossier{tenant, std::move(alert), {}, {}, {}};
    dossier.data = OrderedJson::parse(dossier.alert.data, nullptr, false);
    if (!dossier.data.is_object()) dossier.data = nullptr;
    auto events = store.events_of(dossier.alert.id, most_events);
    if (!events) return fail(events.error());
    dossier.events = std::move(*events);
    auto deliveries = store.deliveries_of(dossier.alert.id);
    if (!deliveries) return fail(deliveries.error());
    for (DeliveryRow& delivery : *deliveries) {
        auto history = read_history(store, std::move(delivery));
        if (!history) return fail(history.error());
        dossier.deliveries.push_back(std::move(*history));
    }
    return dossier;
}

OrderedJson to_json(const AlertDossier& dossier) {
    OrderedJson out{{"tenant", dossier.tenant}};
    out.update(json_of(dossier.alert));
    out["data"] = dossier.data;
    out["events"] = OrderedJson::array();
    for (const Store::AlertEvent& event : dossier.events)
        out["events"].push_back(json_of(event));
    out["deliveries"] = OrderedJson::array();
    for (const DeliveryHistory& history : dossier.deliveries)
        out["deliveries"].push_back(to_json(history));
    return out;
}

int for_each_dossier(const AlertSelection& selection, const Invocation& invocation,
                     const std::function<void(const AlertDossier&)>& print) {
    const auto settings = open_settings(selection.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, selection.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    int code = exit_ok;
    for (const std::string& id : selection.ids) {
        auto found = find_alert(*tenants, id, true, invocation.now());
        const auto dossier = found ? read_dossier(found->tenant->name, found->store, std::move(found->row))
                                   : fail(found.error());
        if (dossier) {
            print(*dossier);
        } else {
            code = complain(invocation, dossier.error(), exit_problems);
        }
    }
    return code;
}

int print_dossiers_as_json(const AlertSelection& selection, const Invocation& invocation) {
    OrderedJson all = OrderedJson::array();
    const int code = for_each_dossier(selection, invocation,
                                      [&](const AlertDossier& dossier) { all.push_back(to_json(dossier)); });
    if (code != exit_configuration) invocation.out << json_text(all, invocation.out_is_terminal, 2) << "\n";
    return code;
}

}  // namespace entrawatch
