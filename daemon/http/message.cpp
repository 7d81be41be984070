#include "daemon/http/message.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace entrawatch::http {

namespace {

bool is_token_character(char c) {
    return is_ascii_alphanumeric(c) || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

}  // namespace

void Headers::set(std::string name, std::string value) {
    std::erase_if(list_, [&](const auto& header) { return equal_ignoring_ascii_case(header.first, name); });
    add(std::move(name), std::move(value));
}

void Headers::add(std::string name, std::string value) {
    list_.emplace_back(std::move(name), std::move(value));
}

std::string_view Headers::get(std::string_view name) const {
    for (const auto& [key, value] : list_) {
        if (equal_ignoring_ascii_case(key, name)) return value;
    }
    return {};
}

bool is_valid_header(std::string_view name, std::string_view value) {
    const auto is_value_character = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return c == '\t' || (byte >= 0x20 && byte != 0x7F);
    };
    return !name.empty() && std::ranges::all_of(name, is_token_character) &&
           std::ranges::all_of(value, is_value_character);
}

}  // namespace entrawatch::http
