#include <algorithm>
#include <ostream>
#include <utility>

#include "alerts/alert.hpp"
#include "alerts/payload/native.hpp"
#include "core/base/text.hpp"
#include "daemon/commands/alert_dossier.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/commands/opening.hpp"
#include "daemon/delivery_request.hpp"
#include "daemon/redactor.hpp"

namespace entrawatch {
namespace {

// Where the id of a notification will stand that was never made.
constexpr std::string_view no_webhook_id = "msg_00000000000000000000000000";

// The last notification that the destination was promised; else the last of the alert at all, under an id of
// nobody; else, of an alert that nobody was told of, its opening.
Result<DeliveryRow> notification_for(FoundAlert& found, const std::string& destination) {
    auto rows = found.store.deliveries_of(found.row.id);
    if (!rows) return fail(rows.error());
    const auto own = std::find_if(rows->rbegin(), rows->rend(), [&](const DeliveryRow& row) {
        return row.destination == destination && row.state != "superseded" && row.state != "digested";
    });
    if (own != rows->rend()) {
        auto merged = found.store.superseded_types(own->notification, destination);
        if (!merged) return fail(merged.error());
        own->merged = std::move(*merged);
        return std::move(*own);
    }
    DeliveryRow row;
    if (!rows->empty()) row = std::move(rows->back());
    if (row.body.empty()) {
        row.type = "alert.opened";
        row.alert_id = found.row.id;
        row.severity = found.row.severity;
        row.body = notification_body(row.type, found.row.opened_at, found.row);
    }
    row.webhook_id = no_webhook_id;
    return row;
}

// As it goes over the wire, but for what each attempt makes anew. Files have none; syslog's is its frame.
Result<std::string> head_of(const DestinationSettings& destination, const DeliveryRow& row,
                            const RenderedRequest& rendered) {
    if (destination.type == DestinationType::file) return std::string{};
    if (destination.type == DestinationType::syslog) return frame_of(rendered);
    const auto request = request_of(destination, row, rendered, 0);
    if (!request) return fail(request.error());
    std::string head =
        rendered.method + " " + request->url.target + " HTTP/1.1\nhost: " + request->url.host_header() + "\n";
    for (const auto& [name, value] : request->headers.all()) {
        const bool of_the_attempt = name == "webhook-timestamp" || name == "webhook-signature";
        head.append(name).append(": ").append(of_the_attempt ? "(made at each attempt)" : value).append("\n");
    }
    if (destination.type == DestinationType::sentinel)
        head += "authorization: Bearer (asked for at each attempt)\n";
    return head + "content-length: " + std::to_string(rendered.body.size()) + "\n\n";
}

// Some receivers want their key in the body.
std::string without_key(const DestinationSettings& destination, const std::string& body) {
    Redactor redactor;
    redactor.add(destination.key.reveal());
    return redactor.redact(body);
}

// Names are as Entra sent them: safe in a file, not on a terminal.
void print(const std::string& text, const Invocation& invocation) {
    if (!invocation.out_is_terminal) {
        invocation.out << text << std::flush;
        return;
    }
    for (std::size_t from = 0; from < text.size();) {
        const auto end = std::min(text.find('\n', from), text.size());
        invocation.out << for_terminal(std::string_view{text}.substr(from, end - from)) << "\n";
        from = end + 1;
    }
    invocation.out << std::flush;
}

void note(const DeliveryRow& row, const RenderedRequest& rendered, const Invocation& invocation) {
    invocation.err << for_terminal(row.type) << ", " << rendered.body.size() << " octets of body; left out: "
                   << (rendered.shed.empty() ? "nothing" : for_terminal(joined(rendered.shed)));
    if (row.webhook_id == no_webhook_id)
        invocation.err << "; this destination was not promised it, so it has no webhook-id yet";
    if (!rendered.lookup.empty())
        invocation.err << "; GET " << for_terminal(rendered.path)
                       << " asks first whether it is there already, "
                       << "and what is there is changed by PATCH";
    invocation.err << "\n";
}

}  // namespace

int run_alerts_render(const AlertsRenderOptions& options, const Invocation& invocation) {
    const auto settings = open_settings(options.config, invocation);
    if (!settings) return exit_configuration;
    if (const auto known = known_destination(*settings, "DESTINATION", options.destination); !known)
        return complain(invocation, known.error(), exit_problems);
    const DestinationSettings& destination = *settings->destination(options.destination);
    const auto tenants = chosen_tenants(*settings, options.tenant);
    if (!tenants) return complain(invocation, tenants.error(), exit_problems);
    auto found = find_alert(*tenants, options.alert, true, invocation.now());
    if (!found) return complain(invocation, found.error(), exit_problems);
    const auto row = notification_for(*found, options.destination);
    if (!row) return complain(invocation, row.error(), exit_problems);
    const RenderedRequest rendered = entrawatch::rendered(destination, *row);
    const auto head =
        options.body ? Result<std::string>{std::string{}} : head_of(destination, *row, rendered);
    if (!head) return complain(invocation, head.error(), exit_problems);
    Redactor redactor;
    redactor.add_all(*settings);
    print(redactor.redact(*head) + without_key(destination, rendered.body), invocation);
    note(*row, rendered, invocation);
    return invocation.out.good() ? exit_ok : exit_problems;
}

}  // namespace entrawatch
