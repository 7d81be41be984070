// native: the `data` object of an alert and the body of a notification, `format: native` of the contract
// (webhook.schema.json).
//
// A typed builder: JSON is never made from text templates. Names stay as they were sent (repaired to valid
// UTF-8, cut to 1 KiB); the summary, which people read, has control and bidi characters escaped. Facts that
// are absent are left out, except `actor`. Used by alert.cpp. Read next: safe_changes.hpp (what of a change
// may leave the house), ../README.md (for receivers).
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "alerts/alert.hpp"
#include "core/differences/differences.hpp"

namespace entrawatch {

using OrderedJson = nlohmann::ordered_json;  // members in the order of the contract

inline constexpr std::size_t longest_text = 1024;        // bytes of one string
inline constexpr std::size_t most_listed_events = 20;    // further ones are only counted
inline constexpr std::size_t body_budget = 64UL * 1024;  // bytes of a whole body

// Valid UTF-8 of at most `limit` bytes, cut between code points.
[[nodiscard]] std::string safe_text(std::string_view text, std::size_t limit = longest_text);
// For people: safe_text with control and bidi characters escaped.
[[nodiscard]] std::string safe_sentence(std::string_view text);

// The finding's sentence as an alert tells it: where the rule asks for it, with what the record changed.
[[nodiscard]] std::string told_summary(const Finding& finding, const Differences& differences);
// The data object of an alert that has seen one event, `input.event`.
[[nodiscard]] OrderedJson native_data(const AlertInput& input);
// One entry of `events`: of an event at hand, and of one that the store knows; and one of `context.also`.
[[nodiscard]] OrderedJson native_event(const Event& event);
[[nodiscard]] OrderedJson native_event(const Store::AlertEvent& event);
[[nodiscard]] OrderedJson native_also(const Finding& finding);

// The whole body. When it passes the budget it is shed in this order, each step named in `data.shed`: events
// beyond ten, changes beyond ten, other targets and rules, texts beyond 256 bytes, everything but what
// identifies the alert. Never fails: `data` that is no object is replaced by what the row knows.
[[nodiscard]] std::string native_body(std::string_view type, Instant now, OrderedJson data,
                                      const AlertRow& row);

// The same shedding for any body that is made of a data object: `data` loses parts, named in `data.shed`,
// until what `build` makes of it is within the budget.
[[nodiscard]] std::string fitted_body(OrderedJson& data,
                                      const std::function<std::string(const OrderedJson&)>& build,
                                      std::size_t budget = body_budget);

// Text of a JSON value; broken UTF-8 is replaced, never thrown at.
[[nodiscard]] std::string dump(const OrderedJson& value);
// null when the text is no JSON object.
[[nodiscard]] OrderedJson parse_object(std::string_view text);

// Stored data is read without trusting its shape.
// null when `object` is none or does not have the member.
[[nodiscard]] OrderedJson member(const OrderedJson& object, const char* key);
// The text at a path of members; empty when there is none.
[[nodiscard]] std::string text_at(const OrderedJson& object, std::initializer_list<const char*> path);
// The data object in a stored body; an empty object when it cannot be read.
[[nodiscard]] OrderedJson data_in(std::string_view body);
// The words of `data.shed`.
[[nodiscard]] std::vector<std::string> shed_of(const OrderedJson& data);

}  // namespace entrawatch
