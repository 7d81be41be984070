#include "alerts/merge.hpp"

#include <algorithm>

#include "alerts/payload/native.hpp"

namespace entrawatch {
namespace {

bool tells_of_the_act(std::string_view type) {
    return type == "alert.opened" || type == "alert.updated";
}

bool is_persons_word(std::string_view type) {
    return type == "alert.acknowledged" || type == "alert.resolved";
}

// An end without a beginning is dropped there without a word.
bool keeps_state(DestinationType type) {
    return type == DestinationType::pagerduty || type == DestinationType::opsgenie ||
           type == DestinationType::servicenow || type == DestinationType::alertmanager;
}

bool is_late(const DeliveryRow& row, Instant now) {
    return row.attempts > 0 || !row.last_answer.empty() || now - row.created_at >= late_after;
}

// The last row up to which, from the first on, `fits` holds without a gap. Rows that are under way end it.
template <class Fits>
std::size_t last_that(std::span<const DeliveryRow> waiting, Fits fits) {
    std::size_t last = 0;
    while (last + 1 < waiting.size() && waiting[last + 1].state == "due" && fits(waiting[last + 1].type))
        ++last;
    return last;
}

}  // namespace

std::size_t carrier_of(std::span<const DeliveryRow> waiting, DestinationType type, Instant now) {
    if (waiting.size() < 2) return 0;
    const DeliveryRow& first = waiting.front();
    if (!tells_of_the_act(first.type) && !is_persons_word(first.type)) return 0;
    if (!is_late(first, now)) {
        // The newest count says all that an older one says.
        if (first.type != "alert.updated") return 0;
        return last_that(waiting, [](std::string_view next) { return next == "alert.updated"; });
    }
    if (keeps_state(type) && tells_of_the_act(first.type)) return last_that(waiting, tells_of_the_act);
    return last_that(waiting,
                     [](std::string_view next) { return tells_of_the_act(next) || is_persons_word(next); });
}

std::string with_merged(std::string_view body, const std::vector<std::string>& types) {
    OrderedJson whole = parse_object(body);
    if (types.empty() || !whole.is_object() || !member(whole, "data").is_object()) return std::string{body};
    OrderedJson merged = OrderedJson::array();
    for (const std::string& type : types) {
        if (std::find(merged.begin(), merged.end(), OrderedJson(type)) == merged.end())
            merged.push_back(safe_text(type));
    }
    whole["data"]["merged"] = std::move(merged);
    return dump(whole);
}

}  // namespace entrawatch
