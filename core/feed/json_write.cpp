#include "core/feed/json_write.hpp"

#include <utility>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

void append_escaped(std::string& out, std::string_view text) {
    constexpr std::string_view hex = "0123456789abcdef";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20U) {
            out += "\\u00";
            out += hex[byte >> 4U];
            out += hex[byte & 0x0FU];
        } else {
            out += c;
        }
    }
}

}  // namespace

void append_json_text(std::string& out, std::string_view text) {
    out += '"';
    if (is_valid_utf8(text)) {
        append_escaped(out, text);
    } else {
        append_escaped(out, to_valid_utf8(text));
    }
    out += '"';
}

std::string json_text(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 2);
    append_json_text(out, text);
    return out;
}

void JsonObjectWriter::begin(std::string_view name) {
    if (out_.size() > 1) out_ += ',';
    append_json_text(out_, name);
    out_ += ':';
}

void JsonObjectWriter::text(std::string_view name, std::string_view value) {
    begin(name);
    append_json_text(out_, value);
}

void JsonObjectWriter::raw(std::string_view name, std::string_view json) {
    begin(name);
    out_ += json;
}

void JsonObjectWriter::value(std::string_view name, Json json) {
    raw(name, simdjson::minify(json));
}

std::string JsonObjectWriter::take() && {
    out_ += '}';
    return std::move(out_);
}

}  // namespace entrawatch
