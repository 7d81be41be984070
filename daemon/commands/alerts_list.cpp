#include "alerts/alert.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/listing.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

// `tenants`: how many are asked.
std::vector<Column> columns(std::size_t tenants, bool suppressed) {
    return {{"opened_at", "OPENED", true, 120},
            {"tenant", tenants > 1 ? "TENANT" : ""},
            {"severity", "SEVERITY", true},
            {"scenario", "SCENARIO", true, 100},
            {"state", "STATE", true, 140},
            {"count", "COUNT", true, 140},
            {"summary", "SUMMARY"},
            {"id", "ALERT", true},
            {"rule_name", ""},
            {"rule_id", ""},
            {"title", ""},
            {"first_event_at", ""},
            {"last_event_at", ""},
            {"dedup_key", ""},
            {"test", ""},
            {"filter", suppressed ? "FILTER" : "", true}};
}

std::vector<OrderedJson> row_of(const std::string& tenant, const AlertRow& alert, Format format) {
    const bool for_people = format == Format::table;
    return {for_people ? to_iso_millis(alert.opened_at) : to_iso(alert.opened_at),
            tenant,
            name_of(alert.severity),
            alert.scenario,
            for_people && alert.test ? alert.state + " (test)" : alert.state,
            alert.count,
            alert.summary,
            alert.id,
            alert.rule_name,
            alert.rule_id,
            alert.title,
            to_iso(alert.first_event_at),
            to_iso(alert.last_event_at),
            alert.dedup_key,
            alert.test,
            alert.suppressed_by.empty() ? OrderedJson{} : OrderedJson(filter_named_in(alert))};
}

}  // namespace

int answer_alerts_list(const Settings& settings, const AlertsListOptions& options,
                       const Invocation& invocation) {
    const auto tenants = chosen_tenants(settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto since = typed_time("--since", options.since, invocation.now());
    if (!since) return complain(invocation, since.error(), exit_usage);

    Store::AlertFilter filter;
    // An alert of this very moment is listed too: the end of a span is outside it.
    if (*since) filter.opened = Span{**since, invocation.now() + std::chrono::hours{24}};
    filter.minimum = options.minimum;
    filter.rule = options.rule;
    filter.state = options.state;
    filter.suppressed = options.suppressed;
    filter.limit = options.limit;
    const auto rows = [&](const TenantSettings& tenant, Store& store, ListWriter& list) -> Result<> {
        const auto alerts = store.alerts(filter);
        if (!alerts) return fail(alerts.error());
        for (const AlertRow& alert : *alerts)
            list.row(row_of(tenant.name, alert, options.format));
        return {};
    };
    return list_tenants(
        *tenants, {columns(tenants->size(), options.suppressed), options.format, rows, "no alert matches"},
        invocation);
}

int run_alerts_list(const AlertsListOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    return settings ? answer_alerts_list(*settings, options, invocation) : exit_configuration;
}

}  // namespace entrawatch
