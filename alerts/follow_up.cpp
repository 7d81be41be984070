#include "alerts/follow_up.hpp"

#include <algorithm>
#include <utility>

#include "alerts/payload/native.hpp"

namespace entrawatch {

bool is_unanswered(const AlertRow& alert) {
    return alert.state == "open" && !alert.test && alert.suppressed_by.empty();
}

std::optional<Instant> first_told(std::span<const DeliveryRow> deliveries, std::string_view destination,
                                  Severity minimum) {
    std::optional<Instant> first;
    for (const DeliveryRow& row : deliveries) {
        if (row.state == "muted" || row.severity < minimum) continue;
        if (!destination.empty() && row.destination != destination) continue;
        if (!first || row.created_at < *first) first = row.created_at;
    }
    return first;
}

std::string follow_up_type(std::span<const DeliveryRow> deliveries, std::string_view destination) {
    const bool heard = std::ranges::any_of(deliveries, [&](const DeliveryRow& row) {
        return row.destination == destination && (row.state != "muted" || !row.told_in.empty());
    });
    return heard || deliveries.empty() ? "alert.updated" : deliveries.front().type;
}

std::string words_of(const FollowUpRow& row) {
    const std::string& from = row.from_destination;
    if (row.kind == "reminder")
        return "nobody acknowledged for " + to_words(row.waited) + "; reminder " + std::to_string(row.step);
    std::string why = "nobody acknowledged for " + to_words(row.waited);
    if (row.reason == "undelivered")
        why = "nothing was delivered to " + from + " for " + to_words(row.waited);
    if (row.reason == "dead") why = "the delivery to " + from + " was given up";
    return why + "; escalated from " + from;
}

AlertRow told_once_more(AlertRow alert, const FollowUpRow& row) {
    const std::string words = words_of(row);
    std::string sentence = words;
    sentence.front() = static_cast<char>(sentence.front() - 'a' + 'A');
    alert.summary = safe_sentence(alert.summary.empty() ? sentence : sentence + ": " + alert.summary);
    OrderedJson data = parse_object(alert.data);
    if (!data.is_object()) return alert;
    data["summary"] = alert.summary;
    data["update"] = row.kind;
    OrderedJson detail;
    detail["step"] = row.step;
    if (!row.from_destination.empty()) detail["from"] = row.from_destination;
    if (!row.to_destination.empty()) detail["to"] = row.to_destination;
    detail["reason"] = row.reason;
    detail["text"] = words;
    data["follow_up"] = std::move(detail);
    alert.data = dump(data);
    return alert;
}

const DeliveryRow* later_word(std::span<const DeliveryRow> waiting, const DeliveryRow& row) {
    const auto own = std::ranges::find(waiting, row.id, &DeliveryRow::id);
    if (own == waiting.end() || own + 1 == waiting.end()) return nullptr;
    return &*(own + 1);
}

}  // namespace entrawatch
