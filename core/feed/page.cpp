#include "core/feed/page.hpp"

#include <simdjson.h>
#include <utility>

#include "core/base/text.hpp"
#include "core/feed/json_scan.hpp"
#include "core/feed/page_scan.hpp"

namespace entrawatch {
namespace {

namespace ondemand = simdjson::ondemand;

// --- the fast way: one pass of simdjson; anything it does not like goes the tolerant way, which also finds
// the words.

simdjson::error_code raw_octets(ondemand::value value, std::string_view& octets) {
    ondemand::json_type type{};
    if (const auto error = value.type().get(type)) return error;
    if (type == ondemand::json_type::object) {
        ondemand::object object;
        if (const auto error = value.get_object().get(object)) return error;
        const auto error = object.raw_json().get(octets);
        octets = trim(octets);  // the parser counts the blanks up to the next bracket or comma in
        return error;
    }
    if (type == ondemand::json_type::array) {
        ondemand::array array;
        if (const auto error = value.get_array().get(array)) return error;
        const auto error = array.raw_json().get(octets);
        octets = trim(octets);
        return error;
    }
    octets = trim(value.raw_json_token());
    return simdjson::SUCCESS;
}

simdjson::error_code walk_records(ondemand::value value, Page& page) {
    ondemand::array array;
    if (const auto error = value.get_array().get(array)) return error;
    for (auto element : array) {
        ondemand::value record;
        if (const auto error = element.get(record)) return error;
        std::string_view octets;
        if (const auto error = raw_octets(record, octets)) return error;
        if (!add_record(page, octets)) return simdjson::CAPACITY;
    }
    return simdjson::SUCCESS;
}

simdjson::error_code walk_members(ondemand::object& object, Page& page, bool& has_value) {
    for (auto item : object) {
        ondemand::field field;
        if (const auto error = std::move(item).get(field)) return error;
        std::string_view key;
        if (const auto error = field.unescaped_key().get(key)) return error;
        if (key == "value") {
            has_value = true;
            if (const auto error = walk_records(field.value(), page)) return error;
        } else if (key == next_link_member) {
            std::string_view link;
            if (field.value().is_null()) continue;
            if (const auto error = field.value().get_string().get(link)) return error;
            if (!set_next_link(page, link)) return simdjson::CAPACITY;
        }
    }
    return simdjson::SUCCESS;
}

bool at_end(ondemand::document& document) {
    const char* place = nullptr;
    return document.current_location().get(place) == simdjson::OUT_OF_BOUNDS;
}

// false: not taken; the page is as it was.
bool split_fast(Page& page) {
    // Kept from page to page, because its index of a page is four times as large as the page; that of a giant
    // is given back.
    constexpr std::size_t largest_kept = std::size_t{8} * 1024 * 1024;
    thread_local ondemand::parser parser;
    if (parser.capacity() > largest_kept) parser = ondemand::parser{};
    ondemand::document document;
    ondemand::object object;
    bool has_value = false;
    const bool taken =
        parser.iterate(page.body.data(), page.body.size(), page.body.capacity()).get(document) ==
            simdjson::SUCCESS &&
        document.get_object().get(object) == simdjson::SUCCESS &&
        walk_members(object, page, has_value) == simdjson::SUCCESS && at_end(document) && has_value;
    if (!taken) {
        page.records.clear();
        page.next_link.clear();
    }
    return taken;
}

}  // namespace

Result<Page> split_page(std::string body) {
    if (body.size() > max_page_bytes) {
        return fail(ErrorCode::too_large, "the answer has " + std::to_string(body.size()) +
                                              " bytes, more than " + std::to_string(max_page_bytes) +
                                              ": ask for fewer records at once");
    }
    Page page;
    take_body(page, std::move(body));
    if (split_fast(page)) return page;
    JsonScan scan{page.body};
    if (auto scanned = scan_container(scan, page, "value"); !scanned)
        return tl::make_unexpected(scanned.error());
    scan.skip_blanks();
    if (!scan.at_end()) return no_page("something follows its end", scan.position());
    return page;
}

}  // namespace entrawatch
