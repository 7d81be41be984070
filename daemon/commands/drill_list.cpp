#include "alerts/drill.hpp"
#include "alerts/payload/native.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/listing.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

constexpr int most_alerts_of_a_drill = 100;

// `tenants`: how many are asked.
std::vector<Column> drill_columns(std::size_t tenants) {
    return {{"id", "DRILL", true},
            {"tenant", tenants > 1 ? "TENANT" : ""},
            {"outcome", "OUTCOME", true},
            {"account_name", "ACCOUNT"},
            {"starts_at", "FROM", true},
            {"ends_at", "UNTIL", true, 140},
            {"author", "AUTHOR"},
            {"reason", "REASON"},
            {"account", ""},
            {"created_at", ""},
            {"cancelled_at", ""},
            {"cancelled_by", ""},
            {"cancelled_because", ""},
            {"alerts", ""}};
}

// When a destination first took word of the alert.
Result<OrderedJson> deliveries_json(Store& store, const AlertRow& alert) {
    OrderedJson all = OrderedJson::array();
    const auto deliveries = store.deliveries_of(alert.id);
    if (!deliveries) return fail(deliveries.error());
    for (const DeliveryRow& delivery : *deliveries) {
        OrderedJson entry{{"destination", delivery.destination},
                          {"type", delivery.type},
                          {"state", delivery.state},
                          {"delivered_at", nullptr}};
        const auto attempts = store.attempts_of(delivery.id);
        if (!attempts) return fail(attempts.error());
        for (const AttemptRow& attempt : *attempts) {
            if (attempt.verdict == "delivered") entry["delivered_at"] = to_iso(attempt.ended_at);
        }
        all.push_back(std::move(entry));
    }
    return all;
}

Result<OrderedJson> evidence_of(Store& store, const std::vector<AlertRow>& alerts) {
    OrderedJson all = OrderedJson::array();
    for (const AlertRow& alert : alerts) {
        auto deliveries = deliveries_json(store, alert);
        if (!deliveries) return fail(deliveries.error());
        const OrderedJson said = member(parse_object(alert.data), "acknowledged");
        all.push_back({{"id", alert.id},
                       {"severity", name_of(alert.severity)},
                       {"summary", alert.summary},
                       {"opened_at", to_iso(alert.opened_at)},
                       {"first_event_at", to_iso(alert.first_event_at)},
                       {"state", alert.state},
                       {"acknowledged_at", said.is_object() ? member(said, "at") : OrderedJson{}},
                       {"acknowledged_by", said.is_object() ? member(said, "by") : OrderedJson{}},
                       {"deliveries", std::move(*deliveries)}});
    }
    return all;
}

std::string evidence_in_words(const OrderedJson& alert) {
    std::string words = alert["id"].get<std::string>() + "  " + alert["severity"].get<std::string>() +
                        ", opened " + alert["opened_at"].get<std::string>() + ": " +
                        alert["summary"].get<std::string>();
    for (const OrderedJson& delivery : alert["deliveries"]) {
        words += "; " + delivery["destination"].get<std::string>() + " " +
                 (delivery["delivered_at"].is_string()
                      ? "took " + delivery["type"].get<std::string>() + " at " +
                            delivery["delivered_at"].get<std::string>()
                      : delivery["type"].get<std::string>() + " " + delivery["state"].get<std::string>());
    }
    if (alert["deliveries"].empty()) words += "; told to nobody";
    if (alert["acknowledged_at"].is_string())
        return words + "; acknowledged at " + alert["acknowledged_at"].get<std::string>() + " by " +
               text_at(alert, {"acknowledged_by"});
    return words + "; not acknowledged";
}

Result<> write_drill(const DrillRow& drill, const std::string& tenant, Format format, Instant now,
                     Store& store, ListWriter& list) {
    const auto alerts = store.alerts_of_drill(drill.id, most_alerts_of_a_drill);
    if (!alerts) return fail(alerts.error());
    const auto evidence = evidence_of(store, *alerts);
    if (!evidence) return fail(evidence.error());
    const auto shown = [format](Instant time) {
        return format == Format::table ? to_iso_millis(time) : to_iso(time);
    };
    const auto text_or_null = [](const std::string& text) {
        return text.empty() ? OrderedJson{} : OrderedJson(text);
    };
    const bool for_people = format == Format::table;
    list.row({drill.id, tenant, condition_of(drill, alerts->size(), now),
              for_people && drill.account_name.empty() ? drill.account : drill.account_name,
              shown(drill.starts_at), shown(drill.ends_at), drill.author, drill.reason, drill.account,
              to_iso(drill.created_at),
              drill.cancelled_at ? OrderedJson(to_iso(*drill.cancelled_at)) : OrderedJson{},
              text_or_null(drill.cancelled_by), text_or_null(drill.cancelled_because), *evidence});
    for (const OrderedJson& alert : *evidence)
        list.note(evidence_in_words(alert));
    return {};
}

}  // namespace

int run_drill_list(const DrillListOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto rows = [&](const TenantSettings& tenant, Store& store, ListWriter& list) -> Result<> {
        const auto drills = store.drills(options.limit);
        if (!drills) return fail(drills.error());
        for (const DrillRow& drill : *drills) {
            if (auto done = write_drill(drill, tenant.name, options.format, invocation.now(), store, list);
                !done)
                return done;
        }
        return {};
    };
    return list_tenants(*tenants,
                        {drill_columns(tenants->size()), options.format, rows,
                         "no drill was announced; `entrawatch drill announce` does it"},
                        invocation);
}

}  // namespace entrawatch
