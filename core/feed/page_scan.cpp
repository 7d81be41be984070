#include "core/feed/page_scan.hpp"

#include <optional>
#include <utility>

#include "core/feed/json.hpp"

namespace entrawatch {
namespace {

Result<std::string> decoded_text(std::string_view octets) {
    JsonReader reader;
    const Result<Json> json = reader.parse(octets);
    if (!json) return tl::make_unexpected(json.error());
    if (!json->is_string() && !json->is_null())
        return fail(ErrorCode::invalid, "the link to the next page is no text");
    return std::string{text_in(*json)};
}

// One `"name": value` of the outer object.
Result<> scan_member(JsonScan& scan, Page& page, std::string_view records_name, bool& has_records) {
    const std::optional<std::string_view> key = scan.value();
    if (!key || !scan.take(':')) return no_page("a member without a name or a colon", scan.position());
    const std::string_view name = key->substr(1, key->size() >= 2 ? key->size() - 2 : 0);
    if (name == records_name) {
        has_records = true;
        return scan_elements(scan, page);
    }
    const std::optional<std::string_view> value = scan.value();
    if (!value) return no_page("a member without an end (the answer was cut?)", scan.position());
    if (name != next_link_member) return {};
    const Result<std::string> link = decoded_text(*value);
    return link ? set_next_link(page, *link) : Result<>{tl::make_unexpected(link.error())};
}

}  // namespace

void take_body(Page& page, std::string body) {
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    page.body = std::move(body);
}

Result<> add_record(Page& page, std::string_view record) {
    if (page.records.size() >= max_records_per_page) {
        return fail(ErrorCode::too_large,
                    "the page holds more than " + std::to_string(max_records_per_page) + " records");
    }
    page.records.push_back(record);
    return {};
}

Result<> set_next_link(Page& page, std::string_view link) {
    if (link.size() > max_next_link_bytes) {
        return fail(ErrorCode::too_large,
                    "the link to the next page has " + std::to_string(link.size()) + " bytes");
    }
    page.next_link = link;
    return {};
}

tl::unexpected<Error> no_page(std::string what, std::size_t position) {
    return fail(ErrorCode::invalid, "no page of records: " + std::move(what),
                "byte " + std::to_string(position));
}

Result<> scan_elements(JsonScan& scan, Page& page) {
    if (!scan.take('[')) return no_page("`value` is no array", scan.position());
    if (scan.take(']')) return {};
    do {
        const std::optional<std::string_view> record = scan.value();
        if (!record) return no_page("a record does not end (the answer was cut?)", scan.position());
        if (auto added = add_record(page, *record); !added) return added;
    } while (scan.take(','));
    if (!scan.take(']'))
        return no_page("the list of records does not end (the answer was cut?)", scan.position());
    return {};
}

Result<> scan_container(JsonScan& scan, Page& page, std::string_view records_name) {
    if (!scan.take('{')) return no_page("it does not begin with `{`", scan.position());
    bool has_records = false;
    if (!scan.take('}')) {
        do {
            if (auto read = scan_member(scan, page, records_name, has_records); !read) return read;
        } while (scan.take(','));
        if (!scan.take('}')) return no_page("it does not end (the answer was cut?)", scan.position());
    }
    if (!has_records) return no_page("it has no `" + std::string{records_name} + "`", 0);
    return {};
}

}  // namespace entrawatch
