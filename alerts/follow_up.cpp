#include "alerts/follow_up.hpp"

#include <algorithm>
#include <utility>

#include "alerts/payload/native.hpp"

namespace entrawatch {
namespace {

std::string reason_first(const FollowUpRow& row, const std::string& summary) {
    std::string sentence = words_of(row);
    sentence.front() = static_cast<char>(sentence.front() - 'a' + 'A');
    return safe_sentence(summary.empty() ? sentence : sentence + ": " + summary);
}

void put_reason(OrderedJson& data, const FollowUpRow& row, const std::string& summary) {
    data["summary"] = summary;
    OrderedJson detail;
    detail["step"] = row.step;
    if (!row.from_destination.empty()) detail["from"] = row.from_destination;
    if (!row.to_destination.empty()) detail["to"] = row.to_destination;
    detail["reason"] = row.reason;
    detail["text"] = words_of(row);
    data["follow_up"] = std::move(detail);
}

}  // namespace

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
    alert.summary = reason_first(row, alert.summary);
    OrderedJson data = parse_object(alert.data);
    if (!data.is_object()) return alert;
    data["update"] = row.kind;
    put_reason(data, row, alert.summary);
    alert.data = dump(data);
    return alert;
}

std::string with_reason(std::string_view body, const FollowUpRow& row) {
    OrderedJson whole = parse_object(body);
    const OrderedJson data = member(whole, "data");
    if (!data.is_object() || data.contains("follow_up")) return std::string{body};
    put_reason(whole["data"], row, reason_first(row, text_at(data, {"summary"})));
    return dump(whole);
}

const DeliveryRow* later_word(std::span<const DeliveryRow> waiting, const DeliveryRow& row) {
    const auto own = std::ranges::find(waiting, row.id, &DeliveryRow::id);
    if (own == waiting.end() || own + 1 == waiting.end()) return nullptr;
    return &*(own + 1);
}

}  // namespace entrawatch
