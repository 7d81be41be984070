#include "core/feed/json.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/feed/json_repair.hpp"

namespace entrawatch {
namespace {

// A parser keeps buffers for the largest text it has seen (about twelve times its size). After a giant they
// are given back.
constexpr std::size_t kept_capacity = 1U << 20U;

std::string describe(simdjson::error_code error) {
    switch (error) {
        case simdjson::DEPTH_ERROR:
            return "the JSON is nested deeper than " + std::to_string(max_json_depth) + " levels";
        case simdjson::EMPTY:
            return "the text is empty, no JSON";
        default:
            return std::string{"no readable JSON: "} + simdjson::error_message(error);
    }
}

std::string print_double(double number) {
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
    return {buffer.data(), result.ptr};
}

std::optional<std::int64_t> integer_in(std::string_view text) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, number);
    if (result.ec != std::errc{} || result.ptr != end) return std::nullopt;
    return number;
}

std::optional<std::int64_t> integer_in(double number) {
    constexpr double limit = 9.0e18;
    if (!(std::abs(number) < limit) || std::trunc(number) != number) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

}  // namespace

JsonReader::JsonReader() = default;

Result<Json> JsonReader::parse(std::string_view text) {
    if (auto ready = make_ready(text); !ready) return fail(ready.error());
    buffer_.assign(text);
    return read(parse_buffer(), text);
}

Result<Json> JsonReader::parse_part(const std::string& whole, std::string_view part) {
    const auto behind =
        static_cast<std::size_t>(whole.data() + whole.capacity() - (part.data() + part.size()));
    if (behind < simdjson::SIMDJSON_PADDING) return parse(part);
    if (auto ready = make_ready(part); !ready) return fail(ready.error());
    return read(parse_at(part.data(), part.size()), part);
}

// Errors: too_large.
Result<> JsonReader::make_ready(std::string_view text) {
    if (text.size() > max_record_bytes) {
        return fail(ErrorCode::too_large, "the record has " + std::to_string(text.size()) +
                                              " bytes, more than " + std::to_string(max_record_bytes));
    }
    if (parser_.capacity() > kept_capacity && text.size() < kept_capacity / 4) {
        parser_ = simdjson::dom::parser{};
        buffer_ = std::string{};
    }
    return {};
}

// What was read of `text`, or what a repaired copy gives.
Result<Json> JsonReader::read(simdjson::simdjson_result<Json> parsed, std::string_view text) {
    Json root;
    simdjson::error_code error = parsed.get(root);
    if (is_repairable(error)) {
        buffer_ = repair_json(text);
        error = parse_buffer().get(root);
    }
    if (error != simdjson::SUCCESS) return fail(ErrorCode::invalid, describe(error));
    return root;
}

simdjson::simdjson_result<Json> JsonReader::parse_buffer() {
    const std::size_t size = buffer_.size();
    buffer_.append(simdjson::SIMDJSON_PADDING, '\0');
    return parse_at(buffer_.data(), size);
}

simdjson::simdjson_result<Json> JsonReader::parse_at(const char* text, std::size_t size) {
    if (parser_.max_depth() != max_json_depth || parser_.capacity() < size) {
        if (const auto error = parser_.allocate(std::max(size, std::size_t{16} * 1024U), max_json_depth))
            return error;
    }
    return parser_.parse(text, size, false);
}

std::optional<Json> member(Json value, std::string_view name) {
    JsonObject object;
    if (value.get(object) != simdjson::SUCCESS) return std::nullopt;
    std::optional<Json> found;
    for (const auto field : object) {
        if (field.key == name) found = field.value;
    }
    return found;
}

std::optional<Json> at_path(Json value, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names) {
        const std::optional<Json> next = member(value, name);
        if (!next || next->is_null()) return std::nullopt;
        value = *next;
    }
    return value;
}

std::string_view text_in(Json value) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return {};
    return text;
}

std::string_view text_of(Json value, std::string_view name) {
    const std::optional<Json> found = member(value, name);
    return found ? text_in(*found) : std::string_view{};
}

std::string scalar_text(Json value) {
    switch (value.type()) {
        case simdjson::dom::element_type::STRING:
            return std::string{text_in(value)};
        case simdjson::dom::element_type::INT64:
            return std::to_string(std::int64_t{value});
        case simdjson::dom::element_type::UINT64:
            return std::to_string(std::uint64_t{value});
        case simdjson::dom::element_type::DOUBLE:
            return print_double(double{value});
        case simdjson::dom::element_type::BOOL:
            return bool{value} ? "true" : "false";
        default:
            return {};
    }
}

std::optional<std::int64_t> integer_in(Json value) {
    switch (value.type()) {
        case simdjson::dom::element_type::INT64:
            return std::int64_t{value};
        case simdjson::dom::element_type::DOUBLE:
            return integer_in(double{value});
        case simdjson::dom::element_type::STRING:
            return integer_in(text_in(value));
        default:
            return std::nullopt;  // a UINT64 is a number that INT64 cannot hold
    }
}

std::optional<std::int64_t> integer_of(Json value, std::string_view name) {
    const std::optional<Json> found = member(value, name);
    return found ? integer_in(*found) : std::nullopt;
}

}  // namespace entrawatch
