// find_by_id: the one thing (alert, mute, drill) that an id or its beginning means, over the tenants.
//
// Used by commands that are given ids. Read next: opening.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/commands/opening.hpp"

namespace entrawatch {

template <class Row>
struct Found {
    const TenantSettings* tenant = nullptr;
    Store store;
    Row row;
};

// What the things are called, and which command shows their ids: {"alert", "alerts", "alerts list"}.
struct IdWords {
    std::string_view one, many, list;
};

// `find` asks one store: Result<std::optional<Row>>(Store&). Ids are made from time and dice: the same
// beginning in two tenants means that too little was typed. Errors: none, or several.
template <class Row, class Find>
[[nodiscard]] Result<Found<Row>> find_by_id(const std::vector<const TenantSettings*>& tenants,
                                            std::string_view id, const IdWords& words, bool read_only,
                                            Instant now, Find find) {
    std::optional<Found<Row>> found;
    std::optional<Error> no_database;
    for (const TenantSettings* tenant : tenants) {
        auto store = open_existing_store(*tenant, read_only, now);
        if (!store && store.error().code != ErrorCode::not_found) return fail(store.error());
        if (!store) {
            no_database = store.error();
            continue;
        }
        Result<std::optional<Row>> row = find(*store);
        if (!row) return fail(row.error());
        if (!*row) continue;
        if (found) {
            return fail(ErrorCode::invalid, std::string{words.many} + " of several tenants begin with '" +
                                                std::string{id} + "' (" + found->tenant->name + ", " +
                                                tenant->name +
                                                "); type more of the id, or name one with --tenant");
        }
        found.emplace(Found<Row>{tenant, std::move(*store), std::move(**row)});
    }
    if (found) return std::move(*found);
    if (no_database && tenants.size() == 1) return fail(*no_database);
    return fail(ErrorCode::not_found, "no " + std::string{words.one} + " has an id that is or begins with '" +
                                          std::string{id} + "'; `entrawatch " + std::string{words.list} +
                                          "` shows them");
}

}  // namespace entrawatch
