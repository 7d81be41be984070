#include "core/feed/json_scan.hpp"

namespace entrawatch {
namespace {

bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}
bool ends_literal(char c) {
    return is_blank(c) || c == ',' || c == ']' || c == '}' || c == ':' || c == '"' || c == '[' || c == '{';
}

}  // namespace

void JsonScan::skip_blanks() {
    while (!at_end() && is_blank(text_[at_])) {
        ++at_;
    }
}

bool JsonScan::take(char c) {
    const std::size_t start = at_;
    skip_blanks();
    if (peek() == c && !at_end()) {
        ++at_;
        return true;
    }
    at_ = start;
    return false;
}

bool JsonScan::skip_string() {
    for (++at_; at_ < text_.size(); ++at_) {
        const char c = text_[at_];
        if (c == '"') {
            ++at_;
            return true;
        }
        if (c == '\\') ++at_;
        if (c == '\n' && line_break_ == LineBreak::ends_the_value) return false;
    }
    return false;
}

void JsonScan::skip_literal() {
    while (!at_end() && !ends_literal(text_[at_])) {
        ++at_;
    }
}

bool JsonScan::skip_nested() {
    open_.clear();
    while (!at_end()) {
        const char c = text_[at_];
        if (c == '"') {
            if (!skip_string()) return false;
            continue;
        }
        ++at_;
        if (c == '{') open_ += '}';
        if (c == '[') open_ += ']';
        if (c == '}' || c == ']') {
            if (open_.back() != c) return false;
            open_.pop_back();
            if (open_.empty()) return true;
        }
    }
    return false;
}

std::optional<std::string_view> JsonScan::value() {
    skip_blanks();
    const std::size_t start = at_;
    bool complete = true;
    if (peek() == '{' || peek() == '[') {
        complete = skip_nested();
    } else if (peek() == '"') {
        complete = skip_string();
    } else {
        skip_literal();
    }
    if (!complete || at_ == start) return std::nullopt;
    return text_.substr(start, at_ - start);
}

}  // namespace entrawatch
