#include "alerts/payload/shedding.hpp"

#include <algorithm>

#include "alerts/payload/chat_text.hpp"

namespace entrawatch {

bool leave_out_events(Story& story) {
    const bool there = !story.events.empty();
    story.events.clear();
    return there;
}

bool leave_out_fields(Story& story) {
    const bool there = !story.more.empty() || !story.changes.empty();
    story.more.clear();
    story.changes.clear();
    return there;
}

bool leave_out_links(Story& story) {
    const bool there = !story.entra_link.empty() || !story.runbook_link.empty();
    story.entra_link.clear();
    story.runbook_link.clear();
    return there;
}

bool be_brief(Story& story) {
    const bool was = story.brief;
    story.brief = true;
    return !was;
}

RenderedRequest fitted_request(Story story, std::span<const SheddingStep> steps,
                               const std::function<OrderedJson(const Story&)>& build,
                               const std::function<bool(const OrderedJson&)>& fits) {
    RenderedRequest request;
    request.body = dump(fitted(story, steps, build, fits));
    request.shed = std::move(story.shed);
    return request;
}

RenderedRequest fitted_document(
    std::string_view stored_body,
    const std::function<OrderedJson(const OrderedJson& stored, const OrderedJson& data)>& build,
    std::size_t budget) {
    const OrderedJson stored = parse_object(stored_body);
    OrderedJson data = data_in(stored_body);
    RenderedRequest request;
    request.body = fitted_body(
        data, [&](const OrderedJson& fitting) { return dump(build(stored, fitting)); }, budget);
    request.shed = shed_of(data);
    return request;
}

void name_shed(std::vector<std::string>& shed, std::string_view word) {
    if (std::find(shed.begin(), shed.end(), word) == shed.end()) shed.emplace_back(word);
}

std::size_t text_units(const OrderedJson& value) {
    if (value.is_string()) return chat_length(value.get_ref<const std::string&>());
    std::size_t units = 0;
    for (const auto& inner : value) {
        if (inner.is_string() || inner.is_structured()) units += text_units(inner);
    }
    return units;
}

}  // namespace entrawatch
