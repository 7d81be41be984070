// `alerts dead list` and `alerts dead show`.
#include <ostream>

#include "core/base/text.hpp"
#include "daemon/commands/alert_story.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/dead_letters.hpp"
#include "daemon/commands/listing.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

// `tenants`: how many are asked.
std::vector<Column> columns(std::size_t tenants) {
    return {{"webhook_id", "LETTER", true},       {"tenant", tenants > 1 ? "TENANT" : ""},
            {"destination", "DESTINATION", true}, {"severity", "SEVERITY", true},
            {"type", "TYPE", true, 120},          {"created_at", "PROMISED", true, 140},
            {"attempts", "ATTEMPTS", true, 140},  {"last_answer", "LAST ANSWER"},
            {"alert_id", "ALERT", true}};
}

std::vector<OrderedJson> row_of(const std::string& tenant, const DeliveryRow& letter, Format format) {
    return {letter.webhook_id,
            tenant,
            letter.destination,
            name_of(letter.severity),
            letter.type,
            format == Format::table ? to_iso_millis(letter.created_at) : to_iso(letter.created_at),
            letter.attempts,
            letter.last_answer,
            letter.alert_id};
}

struct FoundLetter {
    std::string tenant;
    DeliveryHistory history;
};

Result<FoundLetter> find_letter(const std::vector<const TenantSettings*>& tenants, const std::string& id,
                                Instant now) {
    Error none{ErrorCode::not_found, "no tenant has a database", {}};
    for (const TenantSettings* tenant : tenants) {
        auto store = open_existing_store(*tenant, true, now);
        if (!store && store.error().code != ErrorCode::not_found) return fail(store.error());
        if (!store) {
            none = store.error();
            continue;
        }
        auto letter = dead_letter(*store, id);
        if (!letter && letter.error().code != ErrorCode::not_found) return fail(letter.error());
        if (!letter) {
            none = letter.error();
            continue;
        }
        auto history = read_history(*store, std::move(*letter));
        if (!history) return fail(history.error());
        return FoundLetter{tenant->name, std::move(*history)};
    }
    return fail(none);
}

// With what was to be told, as it was stored.
OrderedJson whole_letter(const FoundLetter& found) {
    OrderedJson out{{"tenant", found.tenant}, {"alert_id", found.history.delivery.alert_id}};
    out.update(to_json(found.history));
    out["body"] = OrderedJson::parse(found.history.delivery.body, nullptr, false);
    if (out["body"].is_discarded()) out["body"] = found.history.delivery.body;
    return out;
}

}  // namespace

int run_dead_list(const DeadListOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto since = typed_time("--since", options.since, invocation.now());
    if (!since) return complain(invocation, since.error(), exit_usage);
    Store::DeadFilter filter;
    filter.destination = options.destination;
    filter.since = *since;
    filter.limit = options.limit;
    const auto rows = [&](const TenantSettings& tenant, Store& store, ListWriter& list) -> Result<> {
        const auto letters = store.dead_letters(filter);
        if (!letters) return fail(letters.error());
        for (const DeliveryRow& letter : *letters)
            list.row(row_of(tenant.name, letter, options.format));
        return {};
    };
    return list_tenants(*tenants, {columns(tenants->size()), options.format, rows, "there is no dead letter"},
                        invocation);
}

int run_dead_show(const DeadShowOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    int code = exit_ok;
    OrderedJson all = OrderedJson::array();
    for (const std::string& id : options.ids) {
        const auto found = find_letter(*tenants, id, invocation.now());
        if (!found) {
            code = complain(invocation, found.error(), exit_problems);
        } else if (options.format == Format::json) {
            all.push_back(whole_letter(*found));
        } else {
            invocation.out << for_terminal(found->history.delivery.alert_id) << " of tenant "
                           << for_terminal(found->tenant) << "\n"
                           << delivery_story(found->history, invocation.now())
                           << "      it was to tell: " << for_terminal(found->history.delivery.body) << "\n";
        }
    }
    if (options.format == Format::json)
        invocation.out << json_text(all, invocation.out_is_terminal, 2) << "\n";
    return code;
}

}  // namespace entrawatch
