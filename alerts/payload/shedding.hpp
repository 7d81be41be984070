// shedding: parts of a story are left out, one step after the other, until the receiver takes the body.
//
// Each step is named in the story's `shed`, so the message itself and the receipt say what is missing. Used
// by all builders; native.hpp has its own order for data objects.
#pragma once

#include <functional>
#include <span>

#include "alerts/payload/story.hpp"

namespace entrawatch {

struct SheddingStep {
    const char* name;
    bool (*apply)(Story& story);  // false: there was nothing of it to leave out
};

// The steps that receivers share.
[[nodiscard]] bool leave_out_events(Story& story);
[[nodiscard]] bool leave_out_fields(Story& story);  // changes, and what the directory says
[[nodiscard]] bool leave_out_links(Story& story);
[[nodiscard]] bool be_brief(Story& story);

// The request with the first body that fits, else with the last: its parts are bounded, so it fits as well.
[[nodiscard]] RenderedRequest fitted_request(Story story, std::span<const SheddingStep> steps,
                                             const std::function<OrderedJson(const Story&)>& build,
                                             const std::function<bool(const OrderedJson&)>& fits);

// For machines, the whole data object within native's budget and with its shedding: `build` gets the stored
// body and its data object, which loses parts.
[[nodiscard]] RenderedRequest fitted_document(
    std::string_view stored_body,
    const std::function<OrderedJson(const OrderedJson& stored, const OrderedJson& data)>& build);

// Each word once.
void name_shed(std::vector<std::string>& shed, std::string_view word);

// UTF-16 units of all texts in a value: what chat services count.
[[nodiscard]] std::size_t text_units(const OrderedJson& value);

}  // namespace entrawatch
