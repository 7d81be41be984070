#include "daemon/output/list_writer.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string_view>
#include <utility>

#include "core/base/text.hpp"
#include "daemon/output/display_width.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t gap = 2;        // blanks between columns
constexpr std::size_t narrowest = 6;  // a column is not squeezed below this

std::string plain_text(const OrderedJson& value) {
    if (value.is_null()) return {};
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_array()) return json_text(value, false);
    std::string joined;
    for (const OrderedJson& item : value)
        joined += (joined.empty() ? "" : ", ") + plain_text(item);
    return joined;
}

std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

// What begins so is run by some spreadsheet: also the full-width forms, and after a tab or the end of a line.
bool is_formula(std::string_view text) {
    constexpr std::array<std::string_view, 11> beginnings{"=",  "+",      "-",      "@",      "\t",    "\r",
                                                          "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view beginning) { return text.starts_with(beginning); });
}

}  // namespace

ListWriter::ListWriter(std::ostream& out, std::vector<Column> columns, ListStyle style)
    : out_{out}, columns_{std::move(columns)}, style_{style} {
    begin();
}

void ListWriter::begin() {
    if (style_.format == Format::json) out_ << "[";
    if (style_.format != Format::csv) return;
    for (std::size_t i = 0; i < columns_.size(); ++i)
        out_ << (i == 0 ? "" : ",") << csv_field(columns_[i].name);
    out_ << "\r\n";
}

void ListWriter::row(std::vector<OrderedJson> values) {
    values.resize(columns_.size());
    switch (style_.format) {
        case Format::table:
            add_to_table(values);
            break;
        case Format::csv:
            write_csv(values);
            break;
        case Format::json:
        case Format::jsonl:
            write_json(values);
            break;
    }
    ++rows_;
}

void ListWriter::note(std::string_view text) {
    if (style_.format != Format::table) return;
    std::string line = "    " + for_terminal(text);
    if (laid_out_) {
        out_ << line << "\n";
    } else {
        waiting_.push_back({{std::move(line)}, true});
    }
}

void ListWriter::finish() {
    if (style_.format == Format::json) out_ << (rows_ == 0 ? "]\n" : "\n]\n");
    if (style_.format == Format::table && !laid_out_ && rows_ > 0) lay_out();
    out_.flush();
}

void ListWriter::write_json(const std::vector<OrderedJson>& values) {
    OrderedJson object = OrderedJson::object();
    for (std::size_t i = 0; i < columns_.size(); ++i)
        object[columns_[i].name] = values[i];
    if (style_.format == Format::json) out_ << (rows_ == 0 ? "\n" : ",\n");
    out_ << json_text(object, style_.to_terminal);
    if (style_.format == Format::jsonl) out_ << "\n";
}

void ListWriter::write_csv(const std::vector<OrderedJson>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::string text = plain_text(values[i]);
        if (style_.for_spreadsheets && !values[i].is_number() && is_formula(text)) text.insert(0, 1, '\'');
        // A file holds the exact value; a terminal must not act on it.
        out_ << (i == 0 ? "" : ",") << csv_field(style_.to_terminal ? for_terminal(text) : text);
    }
    out_ << "\r\n";
}

void ListWriter::add_to_table(const std::vector<OrderedJson>& values) {
    Cells cells;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (is_in_table(columns_[i])) cells.push_back(for_terminal(plain_text(values[i])));
    }
    if (laid_out_) return write_cells(cells);
    waiting_.push_back({std::move(cells), false});
    if (waiting_.size() >= rows_before_layout) lay_out();
}

bool ListWriter::is_in_table(const Column& column) const {
    return !column.title.empty() && (style_.width == 0 || style_.width >= column.from_width);
}

void ListWriter::lay_out() {
    Cells titles;
    for (const Column& column : columns_) {
        if (is_in_table(column)) titles.push_back(column.title);
    }
    widths_.clear();
    for (const std::string& title : titles)
        widths_.push_back(display_width(title));
    for (const Waiting& row : waiting_) {
        for (std::size_t i = 0; !row.note && i < row.cells.size(); ++i) {
            widths_[i] = std::max(widths_[i], display_width(row.cells[i]));
        }
    }
    if (style_.width > 0) fit();
    laid_out_ = true;
    write_cells(titles);
    for (const Waiting& row : std::exchange(waiting_, {})) {
        if (row.note) {
            out_ << row.cells.front() << "\n";
        } else {
            write_cells(row.cells);
        }
    }
}

// Takes from the widest column that may be cut until the line fits, so that short columns stay whole.
void ListWriter::fit() {
    const std::size_t gaps = gap * (widths_.size() - 1);
    const auto width = static_cast<std::size_t>(style_.width);
    std::vector<std::size_t*> cuttable;
    std::size_t at = 0;
    for (const Column& column : columns_) {
        if (!is_in_table(column)) continue;
        if (!column.whole) cuttable.push_back(&widths_[at]);
        ++at;
    }
    while (!cuttable.empty() && std::accumulate(widths_.begin(), widths_.end(), gaps) > width) {
        std::size_t* widest = *std::max_element(cuttable.begin(), cuttable.end(),
                                                [](const auto* a, const auto* b) { return *a < *b; });
        if (*widest <= narrowest) return;
        --*widest;
    }
}

void ListWriter::write_cells(const Cells& cells) {
    std::string line;
    std::size_t due = 0;  // the column at which the next cell begins
    std::size_t used = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (used < due) line.append(due - used, ' ');
        used = std::max(used, due);
        const std::string cell = style_.width > 0 ? cut_to_width(cells[i], widths_[i]) : cells[i];
        line += cell;
        used += display_width(cell);
        due = std::max(due + widths_[i], used) + gap;
    }
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    out_ << line << "\n";
}

}  // namespace entrawatch
