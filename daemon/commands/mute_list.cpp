#include <ostream>

#include "alerts/mute.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"

namespace entrawatch {
namespace {

// `tenants`: how many are asked.
std::vector<Column> columns(std::size_t tenants) {
    return {{"id", "MUTE", true},
            {"tenant", tenants > 1 ? "TENANT" : ""},
            {"condition", "CONDITION", true},
            {"matchers", "WHAT"},
            {"starts_at", "FROM", true, 140},
            {"ends_at", "UNTIL", true},
            {"author", "AUTHOR"},
            {"reason", "REASON"},
            {"hidden", "HIDDEN", true},
            {"rule", ""},
            {"scenario", ""},
            {"severity_at_most", ""},
            {"actor", ""},
            {"target", ""},
            {"destination", ""},
            {"created_at", ""},
            {"removed_at", ""},
            {"removed_by", ""},
            {"removed_because", ""},
            {"reported_at", ""}};
}

OrderedJson text_or_null(const std::string& text) {
    return text.empty() ? OrderedJson{} : OrderedJson(text);
}

OrderedJson time_or_null(const std::optional<Instant>& time) {
    return time ? OrderedJson(to_iso(*time)) : OrderedJson{};
}

std::vector<OrderedJson> row_of(const std::string& tenant, const MuteRow& mute, Format format, Instant now) {
    const auto shown = [format](Instant time) {
        return format == Format::table ? to_iso_millis(time) : to_iso(time);
    };
    return {mute.id,
            tenant,
            condition_of(mute, now),
            matchers_of(mute),
            shown(mute.starts_at),
            shown(mute.ends_at),
            mute.author,
            mute.reason,
            mute.hidden,
            text_or_null(mute.rule),
            text_or_null(mute.scenario),
            mute.severity_at_most ? OrderedJson(name_of(*mute.severity_at_most)) : OrderedJson{},
            text_or_null(mute.actor),
            text_or_null(mute.target),
            text_or_null(mute.destination),
            to_iso(mute.created_at),
            time_or_null(mute.removed_at),
            text_or_null(mute.removed_by),
            text_or_null(mute.removed_because),
            time_or_null(mute.reported_at)};
}

Result<> list_tenant(const TenantSettings& tenant, const MuteListOptions& options, ListWriter& list,
                     Instant now) {
    auto store = open_existing_store(tenant, true, now);
    if (!store) return fail(store.error());
    const auto mutes = store->mutes(options.past_too, now, options.limit);
    if (!mutes) return fail(mutes.error());
    for (const MuteRow& mute : *mutes) {
        if (!options.unused || mute.hidden == 0) list.row(row_of(tenant.name, mute, options.format, now));
    }
    return {};
}

}  // namespace

int run_mute_list(const MuteListOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    ListWriter list{invocation.out, columns(tenants->size()), invocation.style(options.format)};
    int code = exit_ok;
    for (const TenantSettings* tenant : *tenants) {
        if (const auto done = list_tenant(*tenant, options, list, invocation.now()); !done)
            code = complain(invocation, done.error(), exit_problems);
    }
    list.finish();
    if (code == exit_ok && list.rows() == 0 && options.format == Format::table)
        invocation.err << (options.past_too ? "no mute matches\n" : "no mute is in force or to come\n");
    return code;
}

}  // namespace entrawatch
