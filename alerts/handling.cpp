#include "alerts/handling.hpp"

#include <algorithm>

#include "alerts/payload/native.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

const char* state_after(Handling handling) {
    return handling == Handling::acknowledge ? "acknowledged" : "resolved";
}

// ", by alice at 2026-11-22T10:00:00Z: looking into it"; nothing when the alert does not say.
std::string said_before(const AlertRow& alert) {
    const OrderedJson word = member(parse_object(alert.data), alert.state.c_str());
    const std::string by = text_at(word, {"by"});
    return by.empty() ? "" : ", by " + by + " at " + text_at(word, {"at"}) + ": " + text_at(word, {"reason"});
}

}  // namespace

std::string_view notification_type(Handling handling) {
    return handling == Handling::acknowledge ? "alert.acknowledged" : "alert.resolved";
}

Result<std::string> checked_reason(std::string_view typed) {
    std::string reason = to_valid_utf8(trim(typed));
    if (reason.empty())
        return fail(ErrorCode::invalid,
                    "--reason says nothing; write in a few words why, for whoever reads it later");
    if (reason.size() > longest_reason) {
        return fail(ErrorCode::invalid, "--reason is longer than " + std::to_string(longest_reason) +
                                            " bytes; write it shorter, and the whole where your team looks");
    }
    return reason;
}

Result<AlertRow> handled(AlertRow alert, const PersonsWord& word) {
    const std::string after = state_after(word.handling);
    if (alert.state == after)
        return fail(ErrorCode::invalid,
                    "alert " + alert.id + " was " + after + " already" + said_before(alert));
    if (alert.state == "resolved") {
        return fail(ErrorCode::invalid, "alert " + alert.id + " is over: it was resolved" +
                                            said_before(alert) +
                                            "; should it happen again, a new alert is opened");
    }
    alert.state = after;
    OrderedJson data = parse_object(alert.data);
    // Data that cannot be read stays as it is: the row still tells what happened.
    if (!data.is_object()) return alert;
    data[after] = {{"at", to_iso_millis(word.at)}, {"by", safe_text(word.by)}, {"reason", word.reason}};
    alert.data = dump(data);
    return alert;
}

std::vector<std::string> concerned(const std::vector<DeliveryRow>& deliveries,
                                   const std::vector<std::string>& known) {
    std::vector<std::string> names;
    for (const std::string& name : known) {
        const bool heard =
            std::any_of(deliveries.begin(), deliveries.end(), [&](const DeliveryRow& delivery) {
                const bool hidden = delivery.state == "muted" && delivery.told_in.empty();
                return delivery.destination == name && !hidden;
            });
        if (heard) names.push_back(name);
    }
    return names;
}

}  // namespace entrawatch
