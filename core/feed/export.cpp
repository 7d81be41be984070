#include <algorithm>
#include <optional>
#include <utility>

#include "core/feed/json.hpp"
#include "core/feed/page.hpp"
#include "core/feed/page_scan.hpp"

namespace entrawatch {
namespace {

using LineBreak = JsonScan::LineBreak;

// A value that does not end within its line may be printed over several lines, or be cut. After this many
// that turned out to be cut, values are looked for within one line only: otherwise each would cost a walk to
// the end of the file.
constexpr int patience_with_cut_values = 16;
// `[{"records":[…]}]`, as an event hub's consumer writes it: an array of containers of records.
constexpr int max_nesting_of_containers = 2;

// JSON's blanks only: a line that holds a form feed is not empty, and is a record to be rejected.
std::string_view without_end_blanks(std::string_view line) {
    return line.substr(0, line.find_last_not_of(" \t\r\n") + 1);
}

// The member that lists the records: "value" (Graph), "records" (Azure Monitor); empty: the object is a
// record itself.
std::string_view records_member(std::string_view object) {
    JsonScan scan{object};
    std::string_view found;
    if (!scan.take('{')) return {};
    do {
        const std::optional<std::string_view> key = scan.value();
        if (!key || !scan.take(':')) return {};
        scan.skip_blanks();
        const bool is_array = scan.peek() == '[';
        if (!scan.value() || *key == R"("id")") return {};
        if (is_array && *key == R"("value")") found = "value";
        if (is_array && *key == R"("records")") found = "records";
    } while (scan.take(','));
    return found;
}

Result<> add_value(Page& page, std::string_view value, int nesting);

// The records that were taken from `first` on may be containers themselves.
Result<> open_containers(Page& page, std::size_t first, int nesting) {
    std::vector<std::string_view> taken{page.records.begin() + static_cast<std::ptrdiff_t>(first),
                                        page.records.end()};
    page.records.resize(first);
    for (const std::string_view value : taken) {
        if (auto added = add_value(page, value, nesting); !added) return added;
    }
    return {};
}

Result<> add_value(Page& page, std::string_view value, int nesting) {
    const std::size_t first = page.records.size();
    JsonScan scan{value};
    if (nesting < max_nesting_of_containers && value.starts_with('[')) {
        if (auto read = scan_elements(scan, page); !read) return read;
        return open_containers(page, first, nesting + 1);
    }
    if (nesting < max_nesting_of_containers && value.starts_with('{')) {
        if (const std::string_view name = records_member(value); !name.empty()) {
            if (auto read = scan_container(scan, page, name); !read) return read;
            return open_containers(page, first, nesting + 1);
        }
    }
    return add_record(page, value);
}

// A run of lines, read value by value.
class ExportReader {
  public:
    explicit ExportReader(Page& page, std::size_t start) : page_(page), at_(start) {}

    Result<> read_all() {
        const std::string_view text = page_.body;
        for (skip_blanks(); at_ < text.size(); skip_blanks()) {
            const std::size_t line_end = std::min(text.find('\n', at_), text.size());
            const std::string_view line = without_end_blanks(text.substr(at_, line_end - at_));
            std::optional<std::string_view> value = whole_value(line);
            if (!value) value = value_over_lines();
            at_ = value ? at_ + value->size() : line_end;
            // What is no JSON is a record too: it will be rejected by name, not passed over.
            if (auto added = value ? add_value(page_, *value, 0) : add_record(page_, line); !added)
                return added;
        }
        return {};
    }

  private:
    void skip_blanks() {
        JsonScan scan{page_.body};
        scan.move_to(at_);
        scan.skip_blanks();
        at_ = scan.position();
    }

    // The value that the line begins with, when the line holds nothing else or further values.
    static std::optional<std::string_view> whole_value(std::string_view line) {
        JsonScan scan{line, LineBreak::ends_the_value};
        const std::optional<std::string_view> value = scan.value();
        scan.skip_blanks();
        const bool clean = scan.at_end() || scan.peek() == '{' || scan.peek() == '[';
        return clean ? value : std::nullopt;
    }

    std::optional<std::string_view> value_over_lines() {
        const std::string_view rest = std::string_view{page_.body}.substr(at_);
        if (cut_values_ >= patience_with_cut_values || (!rest.starts_with('{') && !rest.starts_with('[')))
            return std::nullopt;
        JsonScan scan{rest, LineBreak::ends_the_value};
        std::optional<std::string_view> value = scan.value();
        if (!value) ++cut_values_;
        return value;
    }

    Page& page_;
    std::size_t at_;
    int cut_values_ = 0;
};

}  // namespace

Result<Page> split_export(std::string text) {
    using namespace std::string_view_literals;
    constexpr std::string_view utf8_mark = "\xEF\xBB\xBF"sv;
    if (text.size() > max_page_bytes) {
        return fail(ErrorCode::too_large, "the text has " + std::to_string(text.size()) +
                                              " bytes, more than " + std::to_string(max_page_bytes) +
                                              ": split it into smaller files");
    }
    if (text.starts_with("\xFF\xFE"sv) || text.starts_with("\xFE\xFF"sv)) {
        return fail(ErrorCode::invalid, "the text is UTF-16: save it as UTF-8");
    }
    Page page;
    const std::size_t start = text.starts_with(utf8_mark) ? utf8_mark.size() : 0;
    take_body(page, std::move(text));
    if (auto read = ExportReader{page, start}.read_all(); !read) return tl::make_unexpected(read.error());
    return page;
}

Result<Page> split_one_record(std::string text) {
    if (text.size() > max_record_bytes) {
        return fail(ErrorCode::too_large,
                    "it is longer than a record may be, " + std::to_string(max_record_bytes) + " bytes");
    }
    auto page = split_export(std::move(text));
    if (!page || page->records.size() == 1) return page;
    if (page->records.empty()) return fail(ErrorCode::invalid, "there is no record in it");
    JsonReader reader;
    for (const std::string_view record : page->records) {
        if (reader.parse_part(page->body, record)) continue;
        const auto whole = reader.parse(page->body);  // says more than its first line does
        return whole ? fail(ErrorCode::invalid, "it is no JSON") : fail(whole.error());
    }
    return fail(ErrorCode::invalid, "it holds " + std::to_string(page->records.size()) +
                                        " records; give one (`entrawatch import` takes many)");
}

}  // namespace entrawatch
