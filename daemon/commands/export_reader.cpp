#include "daemon/commands/export_reader.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t bytes_at_once = std::size_t{1} * 1024 * 1024;

bool is_json(std::string_view text) {
    JsonReader reader;
    return reader.parse(text).has_value();
}

// Whether the first line that is not blank is a JSON object by itself.
bool begins_with_a_json_line(std::string_view text) {
    const std::string_view rest = text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    return rest.starts_with('{') && is_json(rest.substr(0, rest.find('\n')));
}

}  // namespace

ExportReader::ExportReader(std::istream& in, std::size_t chunk, LastLine last_line, ReadPosition from)
    : in_{in}, chunk_{chunk}, last_line_{last_line}, begin_{from}, end_{from}, lines_{from.bytes > 0} {}

// Step by step: most files are far smaller than a chunk.
void ExportReader::fill() {
    while (!ended_ && held_.size() < chunk_) {
        const std::size_t have = held_.size();
        const std::size_t wanted = std::min(bytes_at_once, chunk_ - have);
        held_.resize(have + wanted);
        in_.read(held_.data() + have, static_cast<std::streamsize>(wanted));
        held_.resize(have + static_cast<std::size_t>(in_.gcount()));
        // At exactly the chunk's length only a look ahead tells whether that was all.
        ended_ = !in_ || in_.peek() == std::istream::traits_type::eof();
    }
}

// How much of what is held ends with a line, and is no more lines than a page may have records.
std::size_t ExportReader::whole_lines() const {
    std::size_t end = 0;
    for (std::size_t lines = 0; lines < max_records_per_page; ++lines) {
        const std::size_t line_end = held_.find('\n', end);
        if (line_end == std::string::npos) break;
        end = line_end + 1;
    }
    return end;
}

Result<std::optional<Page>> ExportReader::next() {
    fill();
    if (in_.bad()) return fail(ErrorCode::unavailable, "cannot be read to its end");
    if (held_.empty()) return std::optional<Page>{};
    const std::string size = std::to_string(chunk_ / (1024UL * 1024)) + " MiB";
    if (!lines_ && (!ended_ || last_line_ == LastLine::may_grow)) lines_ = begins_with_a_json_line(held_);
    if (!lines_ && !ended_) {
        return fail(ErrorCode::too_large,
                    "is over " + size +
                        " and no JSON lines; make lines of it first, for instance with jq -c '.value[]'");
    }
    if (!lines_) return hand_out(held_.size());
    const std::size_t whole = whole_lines();
    if (whole == 0 && !ended_) return fail(ErrorCode::too_large, "has a line over " + size);
    if (!ended_ || held_.find('\n', whole) != std::string::npos) return hand_out(whole);
    // The last page: what stands behind the last line end is a line, unless it is being written.
    if (whole == held_.size() || last_line_ == LastLine::final || is_json(held_.substr(whole)))
        return hand_out(held_.size());
    left_a_line_ = true;
    held_.resize(whole);
    return whole == 0 ? Result<std::optional<Page>>{std::optional<Page>{}} : hand_out(whole);
}

Result<std::optional<Page>> ExportReader::hand_out(std::size_t size) {
    std::string rest = held_.substr(size);
    held_.resize(size);
    begin_ = end_;
    // A line without an end may be read again: what it holds is then a duplicate.
    const std::size_t last = held_.rfind('\n');
    end_.bytes += static_cast<std::int64_t>(!lines_ ? size : last == std::string::npos ? 0 : last + 1);
    end_.lines += std::count(held_.begin(), held_.end(), '\n');
    auto page = split_export(std::exchange(held_, std::move(rest)));
    if (!page) return fail(page.error());
    return std::optional<Page>{std::move(*page)};
}

}  // namespace entrawatch
