#include "daemon/commands/commands.hpp"
#include "daemon/commands/listing.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

// `tenants`: how many are asked.
std::vector<Column> hold_columns(std::size_t tenants) {
    return {{"id", "HOLD", true},
            {"tenant", tenants > 1 ? "TENANT" : ""},
            {"condition", "CONDITION", true},
            {"matchers", "WHAT"},
            {"author", "AUTHOR"},
            {"reason", "REASON"},
            {"created_at", "SINCE", true},
            {"entity", ""},
            {"alert_id", ""},
            {"from", ""},
            {"to", ""},
            {"removed_at", ""},
            {"removed_by", ""},
            {"removed_because", ""}};
}

OrderedJson said(const std::string& text) {
    return text.empty() ? OrderedJson{} : OrderedJson(text);
}

OrderedJson said(const std::optional<Instant>& time) {
    return time ? OrderedJson(to_iso(*time)) : OrderedJson{};
}

std::vector<OrderedJson> hold_cells(const std::string& tenant, const HoldRow& hold) {
    return {hold.id,
            tenant,
            hold.removed_at ? "removed" : "in force",
            matchers_of(hold),
            hold.author,
            hold.reason,
            to_iso(hold.created_at),
            said(hold.entity),
            said(hold.alert),
            said(hold.from),
            said(hold.to),
            said(hold.removed_at),
            said(hold.removed_by),
            said(hold.removed_because)};
}

}  // namespace

int run_hold_list(const HoldListOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto rows = [&](const TenantSettings& tenant, Store& store, ListWriter& list) -> Result<> {
        const auto holds = store.holds(options.past_too, options.limit);
        if (!holds) return fail(holds.error());
        for (const HoldRow& hold : *holds)
            list.row(hold_cells(tenant.name, hold));
        return {};
    };
    return list_tenants(*tenants,
                        {hold_columns(tenants->size()), options.format, rows,
                         options.past_too ? "there was never a hold" : "no hold is in force"},
                        invocation);
}

}  // namespace entrawatch
