#include "tests/simulator/pages.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace entrawatch::simulator {
namespace {

// "<32 hex>_<page number>_<offset>[padding]". Opaque to clients; ours to read.
struct Token {
    std::string name;
    std::size_t number = 0;
    std::size_t offset = 0;
};

std::optional<Token> parse_token(std::string_view text) {
    const std::size_t first = text.find('_');
    if (first == std::string_view::npos) return std::nullopt;
    Token token{std::string{text.substr(0, first)}, 0, 0};
    const char* const end = text.data() + text.size();
    const auto [after_number, number_error] = std::from_chars(text.data() + first + 1, end, token.number);
    if (number_error != std::errc{} || after_number == end || *after_number != '_') return std::nullopt;
    const auto [after_offset, offset_error] = std::from_chars(after_number + 1, end, token.offset);
    if (offset_error != std::errc{}) return std::nullopt;
    return token;
}

std::size_t rows_on_page(const std::string& name, const PageShape& shape, std::size_t number) {
    const std::uint64_t chance = stable_hash(name + "#" + std::to_string(number));
    if (shape.empty && chance % 3 == 0) return 0;
    if (shape.shrink) return 1 + (chance >> 8U) % shape.size;
    return shape.size;
}

}  // namespace

PageOfRows Pages::cut(const std::string& name, const Snapshot& snapshot, std::size_t number,
                      std::size_t offset) {
    const std::size_t left = snapshot.rows.size() - std::min(offset, snapshot.rows.size());
    const std::size_t count = std::min(left, rows_on_page(name, snapshot.shape, number));
    PageOfRows page;
    const auto begin = snapshot.rows.begin() + static_cast<std::ptrdiff_t>(snapshot.rows.size() - left);
    page.rows.assign(begin, begin + static_cast<std::ptrdiff_t>(count));
    // With empty pages on, an exhausted walk may also end in an empty page.
    const bool trailing = snapshot.shape.empty && count == left && count > 0 && number % 2 == 0;
    if (count < left || trailing) {
        page.next_token = name + "_" + std::to_string(number + 1) + "_" + std::to_string(offset + count);
        if (snapshot.shape.token_padding > 0) {
            page.next_token += "." + std::string(snapshot.shape.token_padding, 'A');
        }
    }
    return page;
}

PageOfRows Pages::open(std::vector<std::string> rows, const PageShape& shape, Instant now) {
    const std::string name = dice_.hex(32);
    Snapshot snapshot{std::move(rows), shape, now};
    PageOfRows page = cut(name, snapshot, 0, 0);
    if (!page.next_token.empty()) snapshots_.emplace(name, std::move(snapshot));
    return page;
}

OrGraphError<PageOfRows> Pages::resume(const std::string& token, Ticks life, Instant now) {
    std::erase_if(snapshots_, [&](const auto& entry) { return entry.second.opened_at + life <= now; });
    const auto parsed = parse_token(token);
    const auto found = parsed ? snapshots_.find(parsed->name) : snapshots_.end();
    if (found != snapshots_.end()) return cut(parsed->name, found->second, parsed->number, parsed->offset);
    static constexpr std::array texts = {"Skip token is null.", "Invalid Skip Token",
                                         "Token not found: token is either invalid or expired"};
    const std::size_t which = refusals_++ % texts.size();
    return refuse(400, which == 0 ? "BadRequest" : "", texts[which]);
}

}  // namespace entrawatch::simulator
