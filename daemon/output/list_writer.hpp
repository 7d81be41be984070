// ListWriter: rows of a listing, streamed as a table, JSON, JSON lines or CSV in constant memory.
//
// A table learns its widths from the first rows (at most rows_before_layout), then streams. On a terminal it
// fits the width, and every value is made safe to print; elsewhere nothing is cut. CSV (RFC 4180, CRLF) holds
// exact values. Used by every listing command.
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

#include "daemon/output/format.hpp"
#include "daemon/output/json_text.hpp"

namespace entrawatch {

struct Column {
    std::string name;    // in JSON and CSV
    std::string title;   // in the table; empty = not shown there
    bool whole = false;  // in a table never cut: a time or an id that is cut says nothing
    int from_width = 0;  // in a table left out on terminals narrower than this
};

struct ListStyle {
    Format format = Format::table;
    bool to_terminal = false;
    int width = 0;  // columns of the terminal; 0 = do not cut
    // CSV: a text that a spreadsheet would take for a formula gets an apostrophe in front.
    bool for_spreadsheets = false;
};

class ListWriter {
  public:
    static constexpr std::size_t rows_before_layout = 200;

    ListWriter(std::ostream& out, std::vector<Column> columns, ListStyle style);

    // One value per column. Null prints as nothing, an array as its values with commas.
    void row(std::vector<OrderedJson> values);
    // A line below the last row, tables only, for what does not fit a cell.
    void note(std::string_view text);
    void finish();
    [[nodiscard]] std::size_t rows() const { return rows_; }

  private:
    using Cells = std::vector<std::string>;
    void begin();
    void write_json(const std::vector<OrderedJson>& values);
    void write_csv(const std::vector<OrderedJson>& values);
    void add_to_table(const std::vector<OrderedJson>& values);
    [[nodiscard]] bool is_in_table(const Column& column) const;
    void lay_out();
    void fit();
    void write_cells(const Cells& cells);

    std::ostream& out_;
    std::vector<Column> columns_;
    ListStyle style_;
    std::size_t rows_ = 0;
    bool laid_out_ = false;
    std::vector<std::size_t> widths_;  // of the columns in the table
    // Until the layout is known. A row of one cell that is marked as a note is printed as it is.
    struct Waiting {
        Cells cells;
        bool note = false;
    };
    std::vector<Waiting> waiting_;
};

}  // namespace entrawatch
