#include "core/event/change_decoder.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

// A long path that is repeated in each of thousands of leaves would multiply what was sent: both are bounded.
constexpr std::size_t max_path_bytes = 512;
constexpr std::size_t max_leaf_bytes = std::size_t{32} * 1024 * 1024;

bool is_name_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

// The name of "Name=" at the beginning of `text`; empty when it does not begin so.
std::string_view leading_name(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && is_name_character(text[end])) {
        ++end;
    }
    return end < text.size() && text[end] == '=' ? text.substr(0, end) : std::string_view{};
}

// Where the value ends that `text` begins with: before the next ",Name=".
std::size_t end_of_value(std::string_view text) {
    for (std::size_t comma = text.find(','); comma != std::string_view::npos;
         comma = text.find(',', comma + 1)) {
        if (!leading_name(text.substr(comma + 1)).empty()) return comma;
    }
    return text.size();
}

// The text of a quoted scalar without escapes or inner quotes: by far the commonest encoding, read without a
// parser.
std::optional<std::string_view> plainly_quoted(std::string_view text) {
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
    const std::string_view inner = text.substr(1, text.size() - 2);
    const bool plain = std::ranges::none_of(
        inner, [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20U; });
    return plain ? std::optional{inner} : std::nullopt;
}

// The same within an array of one.
std::optional<std::string_view> plain_element(std::string_view text) {
    if (text.size() < 4 || text.front() != '[' || text.back() != ']') return std::nullopt;
    return plainly_quoted(text.substr(1, text.size() - 2));
}

// An object, or an array of objects.
bool begins_object(std::string_view text) {
    if (text.starts_with('[')) text = trim(text.substr(1));
    return text.starts_with('{');
}

// "[Name=…]"
bool is_bracketed(std::string_view text) {
    return text.size() >= 2 && text.front() == '[' && text.back() == ']' &&
           !leading_name(text.substr(1, text.size() - 2)).empty();
}

bool may_be_json(std::string_view text) {
    return !text.empty() && (text.front() == '{' || text.front() == '[' || text.front() == '"');
}

std::string words_of(Json json);

std::string words_of(JsonArray array) {
    std::string words;
    for (const Json element : array) {
        if (!words.empty()) words += "; ";
        words += words_of(element);
    }
    return words.empty() ? "[]" : words;
}

std::string words_of(Json json) {
    if (json.is_null()) return {};
    if (json.is_array() || json.is_object()) return simdjson::minify(json);
    return scalar_text(json);
}

}  // namespace

std::string ChangeDecoder::words(const std::string& sent) {
    if (const auto plain = plainly_quoted(sent)) return std::string{*plain};
    const std::string_view text = trim(sent);
    if (const auto plain = plain_element(text)) return std::string{*plain};
    if (text.empty() || begins_object(text) || is_bracketed(text)) return sent;
    const Result<Json> json = readers_[0].parse(text);
    if (!json) return sent;
    JsonArray array;
    return json->get(array) == simdjson::SUCCESS ? words_of(array) : words_of(*json);
}

void ChangeDecoder::leaves(const std::string& sent, std::vector<Leaf>& out) {
    out.clear();
    leaves_ = &out;
    path_.clear();
    bytes_ = 0;
    dropped_ = 0;
    if (const auto plain = plainly_quoted(sent)) {
        add_text(*plain, 1);
    } else if (const std::string_view text = trim(sent); !add_bracketed(text)) {
        const Result<Json> json = readers_[0].parse(text);
        if (json && !text.empty())
            add_json(*json, 1);
        else
            add_leaf(sent);
    }
    finish();
}

void ChangeDecoder::add_text(std::string_view text, std::size_t nesting) {
    const std::string_view inner = trim(text);
    if (!may_be_json(inner)) return add_leaf(text);
    if (add_bracketed(inner)) return;
    if (nesting >= max_nested_json) return add_leaf(text);
    const Result<Json> json = readers_.at(nesting).parse(inner);
    if (!json) return add_leaf(text);
    add_json(*json, nesting + 1);
}

void ChangeDecoder::add_json(Json json, std::size_t nesting) {
    JsonArray array;
    JsonObject object;
    if (json.get(array) == simdjson::SUCCESS) {
        for (const Json element : array)
            add_json(element, nesting);
    } else if (json.get(object) == simdjson::SUCCESS) {
        add_object(object, nesting);
    } else if (json.is_string()) {
        add_text(text_in(json), nesting);
    } else if (!json.is_null()) {
        add_leaf(scalar_text(json));
    }
}

void ChangeDecoder::add_object(JsonObject object, std::size_t nesting) {
    const std::size_t length = path_.size();
    for (const auto field : object) {
        if (!path_.empty()) path_ += '.';
        path_ += field.key;
        add_json(field.value, nesting);
        path_.resize(length);
    }
}

// "[KeyIdentifier=…,KeyType=…,KeyUsage=…,DisplayName=may, hold, commas]". The display name is chosen by
// whoever adds the key and comes last: all that follows its "=" is its value, whatever it looks like.
bool ChangeDecoder::add_bracketed(std::string_view text) {
    if (!is_bracketed(text)) return false;
    std::string_view rest = text.substr(1, text.size() - 2);
    while (!rest.empty()) {
        const std::string_view name = leading_name(rest);
        rest.remove_prefix(name.size() + 1);
        const bool free_text = equal_ignoring_ascii_case(name, "DisplayName");
        const std::size_t end = free_text ? rest.size() : end_of_value(rest);
        add_leaf_below(name, rest.substr(0, end));
        rest.remove_prefix(std::min(rest.size(), end + 1));
    }
    return true;
}

void ChangeDecoder::add_leaf_below(std::string_view name, std::string_view value) {
    const std::size_t length = path_.size();
    if (!path_.empty()) path_ += '.';
    path_ += name;
    add_leaf(value);
    path_.resize(length);
}

// An empty text says that nothing is there, which no leaf says as well.
void ChangeDecoder::add_leaf(std::string_view value) {
    if (value.empty()) return;
    const std::size_t cost = std::min(path_.size(), max_path_bytes) + value.size();
    if (leaves_->size() + 1 >= max_leaves || bytes_ + cost > max_leaf_bytes) {
        ++dropped_;
        return;
    }
    bytes_ += cost;
    leaves_->push_back(
        {path_.size() > max_path_bytes ? cut_utf8(path_, max_path_bytes) : path_, std::string{value}});
}

void ChangeDecoder::finish() {
    if (dropped_ > 0) leaves_->push_back({"…", std::to_string(dropped_)});
}

}  // namespace entrawatch
