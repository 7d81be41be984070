#include "core/store/chain_body.hpp"

#include <charconv>
#include <optional>

namespace entrawatch {

namespace {

std::optional<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
    return number;
}

std::optional<ChainRun> run_of(std::string_view text) {
    if (const auto comma = text.find(','); comma != std::string_view::npos) {
        const auto first = number_of(text.substr(0, comma));
        const auto second = number_of(text.substr(comma + 1));
        if (!first || !second || *second == 0) return std::nullopt;
        return ChainRun{{*first, *second}, *first};
    }
    const auto dots = text.find("..");
    const auto from = number_of(text.substr(0, dots));
    const auto to = dots == std::string_view::npos ? from : number_of(text.substr(dots + 2));
    if (!from || !to || *to < *from) return std::nullopt;
    return ChainRun{{*from, 0}, *to};
}

// "table rows… digest", without the line feed.
std::optional<ChainLine> line_of(std::string_view text) {
    ChainLine line;
    const auto next = [&text] {
        const auto space = text.find(' ');
        const std::string_view word = text.substr(0, space);
        text.remove_prefix(space == std::string_view::npos ? text.size() : space + 1);
        return word;
    };
    line.table = next();
    for (std::string_view word = next(); !text.empty(); word = next()) {
        const auto run = run_of(word);
        if (!run) return std::nullopt;
        line.rows.push_back(*run);
        if (text.find(' ') == std::string_view::npos) break;
    }
    const auto digest = digest_of_hex(text);
    if (line.table.empty() || line.rows.empty() || !digest) return std::nullopt;
    line.digest = *digest;
    return line;
}

}  // namespace

std::string to_text(const ChainKey& key) {
    std::string text = std::to_string(key.first);
    if (key.second != 0) text.append(",").append(std::to_string(key.second));
    return text;
}

bool ChainLine::several() const {
    return rows.size() > 1 || (!rows.empty() && rows.front().to > rows.front().from.first);
}

void append_line(std::string& body, std::string_view table, std::span<const ChainKey> keys,
                 const Sha256& digest) {
    body.append(table);
    for (auto key = keys.begin(); key != keys.end();) {
        body.append(" ").append(to_text(*key));
        auto last = key;
        while (key->second == 0 && last + 1 != keys.end() && (last + 1)->second == 0 &&
               (last + 1)->first == last->first + 1)
            ++last;
        if (last != key) body.append("..").append(std::to_string(last->first));
        key = last + 1;
    }
    body.append(" ").append(to_hex(as_bytes(digest))).append("\n");
}

Result<std::vector<ChainLine>> read_body(std::string_view body) {
    std::vector<ChainLine> lines;
    while (!body.empty()) {
        const auto end = body.find('\n');
        auto line = end == std::string_view::npos ? std::nullopt : line_of(body.substr(0, end));
        if (!line) return fail(ErrorCode::corrupt, "its text cannot be read");
        lines.push_back(std::move(*line));
        body.remove_prefix(end + 1);
    }
    return lines;
}

}  // namespace entrawatch
