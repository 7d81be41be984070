#include "alerts/mute.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/listing.hpp"
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

}  // namespace

int run_mute_list(const MuteListOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const Instant now = invocation.now();
    const auto rows = [&](const TenantSettings& tenant, Store& store, ListWriter& list) -> Result<> {
        const auto mutes = store.mutes(options.past_too, now, options.limit);
        if (!mutes) return fail(mutes.error());
        for (const MuteRow& mute : *mutes) {
            if (!options.unused || mute.hidden == 0) list.row(row_of(tenant.name, mute, options.format, now));
        }
        return {};
    };
    return list_tenants(*tenants,
                        {columns(tenants->size()), options.format, rows,
                         options.past_too ? "no mute matches" : "no mute is in force or to come"},
                        invocation);
}

}  // namespace entrawatch
