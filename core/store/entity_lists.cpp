#include "core/store/entity_lists.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace entrawatch {

namespace {

constexpr std::size_t most_entities_held = 50'000;  // 1.6 MB

AnyValue entity_value(std::int64_t number) {
    return number;
}
AnyValue entity_value(const Uuid& uuid) {
    return Blob{as_bytes(uuid)};
}

void add_to_list(std::string& list, std::int64_t number) {
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    if (!list.empty()) list.push_back(',');
    list.append(digits, end);
}

template <class Row>
bool same_list(const Row& a, const Row& b) {
    return std::get<0>(a) == std::get<0>(b) && std::get<1>(a) == std::get<1>(b) &&
           std::get<2>(a) == std::get<2>(b);
}

template <class Row>
void write_lists(Database& db, std::vector<Row>& rows) {
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::string more;
    for (auto row = rows.cbegin(); row != rows.cend();) {
        more.clear();
        auto next = row + 1;
        for (; next != rows.cend() && same_list(*row, *next); ++next)
            add_to_list(more, std::get<3>(*next));
        const auto further = more.empty() ? std::nullopt : std::optional<std::string_view>{more};
        db.use(sql::Query::entity_add)
            .bind(std::get<0>(*row), entity_value(std::get<1>(*row)), std::get<2>(*row), std::get<3>(*row),
                  further)
            .run();
        row = next;
    }
    rows.clear();
    // One huge transaction must not hold its memory for ever.
    if (rows.capacity() > most_entities_held / 2) rows.shrink_to_fit();
}

}  // namespace

void EntityLists::add(std::int64_t day, std::int64_t entity, std::int64_t role, std::int64_t event) {
    numbers_.emplace_back(day, entity, role, event);
}

void EntityLists::add(std::int64_t day, const Uuid& uuid, std::int64_t role, std::int64_t event) {
    uuids_.emplace_back(day, uuid, role, event);
}

bool EntityLists::full() const {
    return numbers_.size() + uuids_.size() >= most_entities_held;
}

void EntityLists::write(Database& db) {
    write_lists(db, numbers_);
    write_lists(db, uuids_);
}

void EntityLists::clear() {
    numbers_.clear();
    uuids_.clear();
}

}  // namespace entrawatch
