#include <functional>
#include <ostream>
#include <utility>

#include "alerts/export/event_export.hpp"
#include "core/base/text.hpp"
#include "core/store/query.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/event_columns.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

std::string who(const std::string& name, const std::string& id) {
    return name.empty() ? id : name;
}

// The table has fewer columns: a person is shown names, and ids where there is no name. `tenants`: how many
// are asked.
std::vector<Column> table_columns(std::size_t tenants) {
    return {{"occurred_at", "TIME", true},     {"tenant", tenants > 1 ? "TENANT" : ""},
            {"feed", "FEED", false, 140},      {"activity", "ACTIVITY"},
            {"outcome", "OUTCOME", true, 100}, {"actor", "ACTOR"},
            {"ip", "ADDRESS", true, 120},      {"target", "TARGET"},
            {"id", "ID", false, 160}};
}

std::vector<OrderedJson> table_row(const std::string& tenant, const EventRow& row) {
    return {to_iso_millis(row.occurred_at),
            tenant,
            feed_of(row.feed).name,
            row.activity,
            row.outcome,
            who(row.actor_name, row.actor_id),
            row.actor_ip,
            who(row.target_name, row.target_id),
            row.id};
}

std::vector<Column> columns_for(const QueryOptions& options, std::size_t tenants) {
    if (options.format == Format::table) return table_columns(tenants);
    std::vector<Column> columns{{"tenant", ""}};
    for (Column& column : event_view_columns())
        columns.push_back(std::move(column));
    if (options.filter.with_raw) columns.push_back({"raw", ""});
    return columns;
}

void write(ListWriter& list, const QueryOptions& options, const std::string& tenant, const EventRow& row) {
    if (options.format == Format::table) {
        list.row(table_row(tenant, row));
        if (options.filter.with_raw) list.note(row.raw);
        return;
    }
    std::vector<OrderedJson> values = event_view_row(row);
    values.insert(values.begin(), tenant);
    if (options.filter.with_raw) values.emplace_back(row.raw);
    list.row(std::move(values));
}

using EventSink = std::function<void(const EventRow&)>;

// Asks one tenant's store. A reader that went away (`| head`) ends the question, and is no failure.
Result<> ask(const TenantSettings& tenant, const EventFilter& filter, const EventSink& sink,
             const Invocation& invocation) {
    auto store = open_existing_store(tenant, true, invocation.now(), invocation.stop);
    if (!store) return fail(store.error());
    const auto asked = query_events(*store, filter, [&](const EventRow& row) {
        sink(row);
        return invocation.out.good();
    });
    return asked ? Result<>{} : fail(asked.error());
}

// Each tenant by itself: one that cannot be read is a complaint and no end.
int ask_all(const std::vector<const TenantSettings*>& tenants, const EventFilter& filter,
            const std::function<EventSink(const TenantSettings&)>& sink_of, const Invocation& invocation) {
    int code = exit_ok;
    for (const TenantSettings* tenant : tenants) {
        if (const auto asked = ask(*tenant, filter, sink_of(*tenant), invocation); !asked)
            code = complain(invocation, asked.error(), exit_problems);
    }
    return code;
}

// One object a line. Schemas have a place for the record, so it always goes with it.
int export_events(const std::vector<const TenantSettings*>& tenants, EventSchema schema, EventFilter filter,
                  const Invocation& invocation) {
    filter.with_raw = true;
    const int code = ask_all(
        tenants, filter,
        [&](const TenantSettings& tenant) -> EventSink {
            auto exporter = std::make_shared<EventExporter>(
                schema, TenantName{.name = tenant.name, .tenant_id = tenant.tenant_id, .portal = {}});
            return [exporter, &invocation](const EventRow& row) {
                invocation.out << json_text(exporter->of(row), invocation.out_is_terminal) << "\n";
            };
        },
        invocation);
    invocation.out.flush();
    return code;
}

int list_events(const std::vector<const TenantSettings*>& tenants, const QueryOptions& options,
                const EventFilter& filter, const Invocation& invocation) {
    ListWriter list{invocation.out, columns_for(options, tenants.size()), invocation.style(options.format)};
    const int code = ask_all(
        tenants, filter,
        [&](const TenantSettings& tenant) -> EventSink {
            return [&](const EventRow& row) { write(list, options, tenant.name, row); };
        },
        invocation);
    list.finish();
    if (code == exit_ok && list.rows() == 0 && options.format == Format::table)
        invocation.err << "no event matches\n";
    return code;
}

}  // namespace

int answer_query(const Settings& settings, const QueryOptions& options, const Invocation& invocation) {
    const auto tenants = chosen_tenants(settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto span = typed_span(options.from, options.to, invocation.now());
    if (!span) return complain(invocation, span.error(), exit_usage);
    EventFilter filter = options.filter;
    filter.from = span->from;
    filter.to = span->to;

    return options.schema ? export_events(*tenants, *options.schema, std::move(filter), invocation)
                          : list_events(*tenants, options, filter, invocation);
}

int run_query(const QueryOptions& options, const Invocation& invocation) {
    if (options.asks_question) return run_question(options, invocation);
    const auto settings = open_settings(options.config, invocation);
    return settings ? answer_query(*settings, options, invocation) : exit_configuration;
}

}  // namespace entrawatch
