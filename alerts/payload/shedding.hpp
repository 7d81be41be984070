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

// Each word once.
void name_shed(std::vector<std::string>& shed, std::string_view word);

// The first body that fits, else the last: its parts are bounded, so it fits as well. `story` loses parts.
template <class Body, class Fits>
[[nodiscard]] Body fitted(Story& story, std::span<const SheddingStep> steps,
                          const std::function<Body(const Story&)>& build, const Fits& fits) {
    Body body = build(story);
    for (const SheddingStep& step : steps) {
        if (fits(body)) break;
        if (!step.apply(story)) continue;
        name_shed(story.shed, step.name);
        body = build(story);
    }
    return body;
}

// The request of such a body.
[[nodiscard]] RenderedRequest fitted_request(Story story, std::span<const SheddingStep> steps,
                                             const std::function<OrderedJson(const Story&)>& build,
                                             const std::function<bool(const OrderedJson&)>& fits);

// For machines, the whole data object within a budget, native's unless the receiver's is smaller, and with
// its shedding: `build` gets the stored body and its data object, which loses parts.
[[nodiscard]] RenderedRequest fitted_document(
    std::string_view stored_body,
    const std::function<OrderedJson(const OrderedJson& stored, const OrderedJson& data)>& build,
    std::size_t budget = body_budget);

// UTF-16 units of all texts in a value: what chat services count.
[[nodiscard]] std::size_t text_units(const OrderedJson& value);

}  // namespace entrawatch
