#include "daemon/commands/export_reader.hpp"

#include <utility>

#include "core/base/text.hpp"
#include "core/feed/json.hpp"

namespace entrawatch {
namespace {

// Whether the first line that is not blank is a JSON object by itself.
bool begins_with_a_json_line(std::string_view text) {
    const std::string_view rest = text.substr(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    JsonReader reader;
    const auto json = reader.parse(rest.substr(0, rest.find('\n')));
    return json && json->is_object();
}

}  // namespace

ExportReader::ExportReader(std::istream& in, std::size_t chunk) : in_{in}, chunk_{chunk} {}

void ExportReader::fill() {
    const std::size_t have = held_.size();
    if (ended_ || have >= chunk_) return;
    held_.resize(chunk_);
    in_.read(held_.data() + have, static_cast<std::streamsize>(chunk_ - have));
    held_.resize(have + static_cast<std::size_t>(in_.gcount()));
    // At exactly the chunk's length only a look ahead tells whether that was all.
    ended_ = !in_ || in_.peek() == std::istream::traits_type::eof();
}

Result<std::optional<Page>> ExportReader::next() {
    fill();
    if (in_.bad()) return fail(ErrorCode::unavailable, "cannot be read to its end");
    if (held_.empty()) return std::optional<Page>{};
    if (!ended_ || lines_) return next_lines();
    auto page = split_export(std::exchange(held_, {}));
    if (!page) return fail(page.error());
    return std::optional<Page>{std::move(*page)};
}

Result<std::optional<Page>> ExportReader::next_lines() {
    const std::string size = std::to_string(chunk_ / (1024UL * 1024)) + " MiB";
    if (!lines_ && !begins_with_a_json_line(held_)) {
        return fail(ErrorCode::too_large,
                    "is over " + size +
                        " and no JSON lines; make lines of it first, for instance with jq -c '.value[]'");
    }
    lines_ = true;
    const std::size_t end = ended_ ? held_.size() : held_.rfind('\n');
    if (end == std::string::npos) return fail(ErrorCode::too_large, "has a line over " + size);
    std::string rest = held_.substr(std::min(end + 1, held_.size()));
    held_.resize(end);
    auto page = split_export(std::exchange(held_, std::move(rest)));
    if (!page) return fail(page.error());
    return std::optional<Page>{std::move(*page)};
}

}  // namespace entrawatch
