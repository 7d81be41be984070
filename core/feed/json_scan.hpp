// JsonScan: finds where JSON values begin and end, and nothing more. For texts that the real parser refuses
// as a whole.
//
// One bad byte in one record must not cost the other 999 of its page, so this walks over brackets, strings
// and commas and leaves the judgement of each record to JsonReader. Never recursive: depth costs one byte of
// memory a level. Used by page.cpp.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace entrawatch {

class JsonScan {
  public:
    // Whether a line break inside a string ends the attempt: yes for lines of JSON, where it means that a
    // line was cut.
    enum class LineBreak { allowed_in_strings, ends_the_value };

    explicit JsonScan(std::string_view text, LineBreak line_break = LineBreak::allowed_in_strings)
        : text_(text), line_break_(line_break) {}

    [[nodiscard]] std::size_t position() const { return at_; }
    void move_to(std::size_t position) { at_ = position; }
    void skip_blanks();
    [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
    // The character at the position; '\0' at the end.
    [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
    // Steps over `c` and the blanks before it; false (and stays) when something else is there.
    bool take(char c);
    // Steps over one value (the blanks before it too) and returns its octets; nullopt when brackets or quotes
    // do not close.
    [[nodiscard]] std::optional<std::string_view> value();

  private:
    [[nodiscard]] bool skip_string();
    [[nodiscard]] bool skip_nested();
    void skip_literal();

    std::string_view text_;
    std::size_t at_ = 0;
    LineBreak line_break_;
    std::string open_;  // the closing brackets that are still awaited
};

}  // namespace entrawatch
