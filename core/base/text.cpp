#include "core/base/text.hpp"

#include <utf8proc.h>
#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <utility>
#include <vector>

namespace entrawatch {
namespace {

constexpr std::int32_t replacement = 0xFFFD;

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// The next code point and its length in bytes; a broken byte is -1 and one byte long.
std::pair<std::int32_t, std::size_t> next_code_point(std::string_view text) {
    utf8proc_int32_t point = -1;
    const auto n = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                    static_cast<utf8proc_ssize_t>(text.size()), &point);
    return n <= 0 ? std::pair<std::int32_t, std::size_t>{-1, 1}
                  : std::pair{point, static_cast<std::size_t>(n)};
}

void append_utf8(std::string& out, std::int32_t point) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto n = utf8proc_encode_char(point, bytes.data());
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(n));
}

bool is_dash(std::int32_t point) {
    return (point >= 0x2010 && point <= 0x2015) || point == 0x2212;
}

constexpr char lower_ascii(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

constexpr bool is_ascii_blank(std::int32_t point) {
    return point == ' ' || (point >= 0x09 && point <= 0x0D);
}

bool is_blank(std::int32_t point) {
    if (is_ascii_blank(point) || point == 0x85) return true;
    if (point < 0x80) return false;
    const auto category = utf8proc_category(point);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

// Appends folded code points, joining blanks; leading blanks never reach the text.
class Folder {
  public:
    explicit Folder(std::string& out) : out_(out) {}
    void add(std::int32_t point) {
        if (is_blank(point)) {
            blank_ = !out_.empty();
            return;
        }
        if (std::exchange(blank_, false)) out_ += ' ';
        if (point < 0x80) {
            out_ += lower_ascii(static_cast<char>(point));
        } else if (is_dash(point)) {
            out_ += '-';
        } else {
            append_utf8(out_, utf8proc_tolower(point));
        }
    }

  private:
    std::string& out_;
    bool blank_ = false;
};

// NFKC as code points. utf8proc refuses broken UTF-8, so the text is repaired first.
std::vector<utf8proc_int32_t> nfkc(const std::string& valid) {
    constexpr auto options =
        static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    std::vector<utf8proc_int32_t> points(valid.size() + 16);
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(valid.data());
    const auto length = static_cast<utf8proc_ssize_t>(valid.size());
    auto n = utf8proc_decompose(bytes, length, points.data(), static_cast<utf8proc_ssize_t>(points.size()),
                                options);
    if (n > static_cast<utf8proc_ssize_t>(points.size())) {
        points.resize(static_cast<std::size_t>(n));
        n = utf8proc_decompose(bytes, length, points.data(), n, options);
    }
    if (n < 0) return {};
    n = utf8proc_normalize_utf32(points.data(), n, options);
    points.resize(static_cast<std::size_t>(std::max<utf8proc_ssize_t>(n, 0)));
    return points;
}

// Marks that hide or turn text around: bidi controls, zero-width characters, soft hyphen, tag characters.
bool hides_or_turns(std::int32_t point) {
    return point == 0xAD || point == 0x61C || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF ||
           (point >= 0xE0000 && point <= 0xE007F);
}

// Octets of ASCII as they fold; blanks are ' ', to be joined.
constexpr std::array<char, 128> folded_ascii = [] {
    std::array<char, 128> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        const char c = static_cast<char>(i);
        table[i] = is_ascii_blank(c) ? ' ' : lower_ascii(c);
    }
    return table;
}();

// What Folder makes of ASCII, without a branch for each octet: rules fold a dozen values of every record.
void fold_ascii(std::string_view text, std::string& out) {
    out.resize(text.size());
    char* end = out.data();
    char last = ' ';
    for (const char c : text) {
        const char folded = folded_ascii[static_cast<unsigned char>(c)];
        *end = folded;
        end += folded != ' ' || last != ' ';
        last = folded;
    }
    if (end != out.data() && end[-1] == ' ') --end;
    out.resize(static_cast<std::size_t>(end - out.data()));
}

}  // namespace

void fold_into(std::string_view text, std::string& out) {
    if (is_ascii(text)) return fold_ascii(text, out);
    out.clear();
    out.reserve(text.size());
    Folder folder{out};
    for (const auto point : nfkc(to_valid_utf8(text)))
        folder.add(point);
}

std::string fold(std::string_view text) {
    std::string out;
    fold_into(text, out);
    return out;
}

std::string to_lower_ascii(std::string_view text) {
    std::string out{text};
    std::ranges::transform(out, out.begin(), lower_ascii);
    return out;
}

bool equal_ignoring_ascii_case(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](char x, char y) { return lower_ascii(x) == lower_ascii(y); });
}

bool starts_with_ignoring_ascii_case(std::string_view text, std::string_view prefix) {
    return text.size() >= prefix.size() && equal_ignoring_ascii_case(text.substr(0, prefix.size()), prefix);
}

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto [point, n] = next_code_point(text);
        if (point < 0) return false;
        text.remove_prefix(n);
    }
    return true;
}

std::string to_valid_utf8(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto [point, n] = next_code_point(text);
        if (point < 0) {
            append_utf8(out, replacement);
        } else {
            out.append(text.substr(0, n));
        }
        text.remove_prefix(n);
    }
    return out;
}

std::string cut_utf8(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return std::string{text};
    constexpr std::string_view ellipsis = "…";
    std::size_t end = limit > ellipsis.size() ? limit - ellipsis.size() : 0;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return std::string{text.substr(0, end)} + std::string{ellipsis};
}

std::string for_terminal(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    std::array<char, 16> escaped{};
    while (!text.empty()) {
        const auto [point, n] = next_code_point(text);
        if (point < 0x20 || (point >= 0x7F && point < 0xA0)) {
            const auto byte = point < 0 ? static_cast<unsigned>(static_cast<unsigned char>(text.front()))
                                        : static_cast<unsigned>(point);
            std::snprintf(escaped.data(), escaped.size(), "\\x%02x", byte);
            out += escaped.data();
        } else if (hides_or_turns(point)) {
            std::snprintf(escaped.data(), escaped.size(), "\\u{%04x}", static_cast<unsigned>(point));
            out += escaped.data();
        } else {
            out.append(text.substr(0, n));
        }
        text.remove_prefix(n);
    }
    return out;
}

bool matches_wildcard(std::string_view text, std::string_view pattern) {
    const std::string t = fold(text);
    const std::string p = fold(pattern);
    // Greedy with one way back: the last star is all that ever needs to grow.
    std::size_t i = 0;
    std::size_t j = 0;
    std::size_t star = std::string::npos;
    std::size_t mark = 0;
    while (i < t.size()) {
        const bool escape = j + 1 < p.size() && p[j] == '\\';
        if (j < p.size() && p[j] == '*') {
            star = j++;
            mark = i;
        } else if (escape && p[j + 1] == t[i]) {
            j += 2;
            ++i;
        } else if (j < p.size() && !escape && (p[j] == '?' || p[j] == t[i])) {
            ++j;
            ++i;
        } else if (star != std::string::npos) {
            j = star + 1;
            i = ++mark;
        } else {
            return false;
        }
    }
    while (j < p.size() && p[j] == '*')
        ++j;
    return j == p.size();
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}

std::string counted(std::int64_t number, std::string_view one, std::string_view many) {
    return std::to_string(number) + " " + std::string{number == 1 ? one : many};
}

}  // namespace entrawatch
