#include "tests/simulator/list_options.hpp"

#include <algorithm>
#include <charconv>

#include "core/base/text.hpp"

namespace entrawatch::simulator {
namespace {

OrGraphError<std::size_t> page_size(const Endpoint& endpoint, const Query& query) {
    const auto top = query.option("$top");
    if (!top) return static_cast<std::size_t>(endpoint.default_page);
    int asked = 0;
    const auto [end, error] = std::from_chars(top->data(), top->data() + top->size(), asked);
    if (error != std::errc{} || end != top->data() + top->size() || asked < 0) {
        return bad_request("Invalid value '" + *top +
                           "' for $top query option found. The $top query option requires a "
                           "non-negative integer value.");
    }
    const bool within = asked >= 1 && asked <= endpoint.largest_page;
    if (!within && !endpoint.clamps) {
        return bad_request("Invalid page size specified: '" + *top + "'. Must be between 1 and " +
                           std::to_string(endpoint.largest_page) + " inclusive.");
    }
    return static_cast<std::size_t>(std::clamp(asked, 1, endpoint.largest_page));
}

OrGraphError<bool> is_ascending(const Endpoint& endpoint, const Query& query) {
    const auto order = query.option("$orderby");
    if (!order) return false;
    const std::string_view property = std::string_view{*order}.substr(0, order->find(' '));
    const std::string_view direction = trim(std::string_view{*order}.substr(property.size()));
    if (find_property(endpoint, property) == nullptr) {
        return bad_request("Could not find a property named '" + std::string{property} + "' on type '" +
                           std::string{endpoint.type_name} + "'.");
    }
    if (property != endpoint.order_by) return bad_request("Unsupported Query.");
    if (direction.empty() || direction == "asc") return true;
    if (direction == "desc") return false;
    return bad_request("Syntax error in $orderby.");
}

std::optional<GraphError> unsupported_option(const Query& query) {
    for (const auto& [name, value] : query.options) {
        if (equal_ignoring_ascii_case(name, "$skip"))
            return GraphError{400, "BadRequest", "Query option 'Skip' is not allowed."};
        const bool known = name == "$filter" || name == "$top" || name == "$orderby";
        // An option without the dollar sign is no OData option to Graph and is passed over in silence.
        if (name.starts_with('$') && !known) {
            return GraphError{400, "BadRequest", "The query parameter '" + name + "' is not supported."};
        }
    }
    return std::nullopt;
}

}  // namespace

OrGraphError<ListOptions> parse_list_options(const Endpoint& endpoint, const Query& query) {
    if (const auto unsupported = unsupported_option(query)) return tl::make_unexpected(*unsupported);
    ListOptions options;
    if (const auto text = query.option("$filter")) {
        auto filter = Filter::parse(*text, endpoint);
        if (!filter) return tl::make_unexpected(std::move(filter.error()));
        options.filter = std::move(*filter);
    }
    const auto size = page_size(endpoint, query);
    if (!size) return tl::make_unexpected(size.error());
    const auto ascending = is_ascending(endpoint, query);
    if (!ascending) return tl::make_unexpected(ascending.error());
    options.page_size = *size;
    options.ascending = *ascending;
    return options;
}

}  // namespace entrawatch::simulator
