#include "core/store/string_table.hpp"

#include "core/base/text.hpp"

namespace entrawatch {

namespace {

constexpr std::size_t generation = 16384;
constexpr std::size_t most_words = 32;
constexpr std::size_t longest_cached = 256;  // bytes; keeps the cache within a few MB whatever comes

}  // namespace

std::optional<std::int64_t> StringTable::number_of(std::string_view text) {
    if (text.empty()) return std::nullopt;
    if (const auto found = young_.find(text); found != young_.end()) return found->second;
    std::int64_t number = 0;
    if (const auto found = old_.find(text); found != old_.end()) {
        number = found->second;
    } else {
        number = find_or_add(text);
    }
    remember(text, number);
    return number;
}

std::optional<std::int64_t> StringTable::number_of_word(std::string_view word) {
    for (const auto& [known, number] : words_) {
        if (known == word) return number;
    }
    const auto number = number_of(word);
    if (number && words_.size() < most_words && word.size() <= longest_cached)
        words_.emplace_back(word, *number);
    return number;
}

std::int64_t StringTable::find_or_add(std::string_view text) {
    {
        Cursor find = db_.use(sql::Query::string_find);
        if (find.bind(text).step()) return find.integer(0);
    }
    fold_into(text, folded_);
    std::optional<std::int64_t> folded;
    if (folded_ != text && !folded_.empty()) {
        folded = find_or_add_form(folded_);
    }
    return add(text, folded);
}

std::int64_t StringTable::find_or_add_form(std::string_view form) {
    {
        Cursor find = db_.use(sql::Query::string_find);
        if (find.bind(form).step()) return find.integer(0);
    }
    return add(form, std::nullopt);
}

std::int64_t StringTable::add(std::string_view text, std::optional<std::int64_t> folded) {
    db_.use(sql::Query::string_add).bind(text, folded).run();
    const std::int64_t number = db_.last_row();
    RowHash& row = chain_.row(Chained::string);
    row.add(number);
    row.add(text);
    row.add(folded);
    chain_.wrote(Chained::string, {number, 0}, row.finish());
    return number;
}

void StringTable::remember(std::string_view text, std::int64_t number) {
    if (text.size() > longest_cached) return;
    if (young_.size() >= generation) {
        old_ = std::move(young_);
        young_.clear();
    }
    young_.emplace(text, number);
}

void StringTable::forget() {
    young_.clear();
    old_.clear();
    words_.clear();
}

}  // namespace entrawatch
