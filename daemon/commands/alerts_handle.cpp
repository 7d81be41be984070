// `alerts ack` and `alerts resolve`: a person's word about alerts, passed on to everyone who heard of them.
#include <ostream>

#include "alerts/handling.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/alert_dossier.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/enqueue.hpp"

namespace entrawatch {
namespace {

using Deliveries = std::map<std::string, int>;

const char* command_name(Handling handling) {
    return handling == Handling::acknowledge ? "alerts ack" : "alerts resolve";
}

Result<AlertRow> read_again(Store& store, const std::string& id) {
    auto alert = store.alert(id);
    if (!alert) return fail(alert.error());
    if (!*alert) return fail(ErrorCode::not_found, "alert " + id + " is gone");
    return std::move(**alert);
}

// The alert's new state, who must know, and who said it: together or not at all. The alert is read inside
// the transaction, because the daemon may have counted meanwhile.
Result<Deliveries> handle(FoundAlert& found, const PersonsWord& word,
                          const std::vector<std::string>& destinations) {
    auto transaction = found.store.begin();
    if (!transaction) return fail(transaction.error());
    auto current = read_again(found.store, found.row.id);
    if (!current) return fail(current.error());
    const auto alert = handled(std::move(*current), word);
    if (!alert) return fail(alert.error());
    if (auto done = found.store.update_alert(*alert); !done) return fail(done.error());
    const auto promised = found.store.deliveries_of(alert->id);
    if (!promised) return fail(promised.error());
    Deliveries deliveries;
    const Telling telling{notification_type(word.handling), &*alert, concerned(*promised, destinations),
                          word.at};
    if (auto told = enqueue(found.store, telling, deliveries); !told) return fail(told.error());
    const AuditEntry entry{word.at, word.by, command_name(word.handling), alert->id, word.reason};
    if (auto done = found.store.add_audit(entry); !done) return fail(done.error());
    if (auto done = transaction->commit(); !done) return fail(done.error());
    return deliveries;
}

std::string told(const Deliveries& deliveries) {
    if (deliveries.empty()) return "nobody was told of it, so nobody is told now";
    std::string names;
    for (const auto& [name, rows] : deliveries)
        names += (names.empty() ? "" : ", ") + for_terminal(name);
    return "the running daemon tells " + names + " within a second";
}

int handle_all(const Settings& settings, const AlertHandlingOptions& options, Handling handling,
               const Invocation& invocation) {
    const auto tenants = chosen_tenants(settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    const auto reason = checked_reason(options.reason);
    if (!reason) return complain(invocation, reason.error(), exit_usage);
    std::vector<std::string> destinations;
    for (const DestinationSettings& destination : settings.destinations)
        destinations.push_back(destination.name);
    int code = exit_ok;
    for (const std::string& id : options.ids) {
        const PersonsWord word{handling, invocation.user, *reason, invocation.now()};
        auto found = find_alert(*tenants, id, false, invocation.now());
        const auto deliveries = found ? handle(*found, word, destinations) : fail(found.error());
        if (!deliveries) {
            code = complain(invocation, deliveries.error(), exit_problems);
            continue;
        }
        invocation.out << for_terminal(found->row.id)
                       << (handling == Handling::acknowledge ? ": acknowledged; " : ": resolved; ")
                       << told(*deliveries) << "\n";
    }
    return code;
}

}  // namespace

int answer_alerts_ack(const Settings& settings, const AlertsAckOptions& options,
                      const Invocation& invocation) {
    return handle_all(settings, options, Handling::acknowledge, invocation);
}

int answer_alerts_resolve(const Settings& settings, const AlertsResolveOptions& options,
                          const Invocation& invocation) {
    return handle_all(settings, options, Handling::resolve, invocation);
}

int run_alerts_ack(const AlertsAckOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    return settings ? answer_alerts_ack(*settings, options, invocation) : exit_configuration;
}

int run_alerts_resolve(const AlertsResolveOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    return settings ? answer_alerts_resolve(*settings, options, invocation) : exit_configuration;
}

}  // namespace entrawatch
