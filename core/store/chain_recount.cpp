#include "core/store/chain_recount.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "core/feed/feed.hpp"
#include "core/feed/sweep_plan.hpp"
#include "core/store/migrate.hpp"
#include "core/store/store_impl.hpp"

namespace entrawatch {

namespace {

using Schema = std::map<std::pair<std::string, std::string>, std::string>;  // type and name -> text

Schema schema_of(Database& db) {
    Schema schema;
    Cursor row = db.use(sql::Query::verify_schema);
    while (row.step())
        schema[{row.string(0), row.string(1)}] = row.string(2);
    return schema;
}

using Coverage = std::map<FeedId, std::vector<Span>>;

// Spans that touch are one, as the store joins them.
Coverage covered_by_windows(Database& db) {
    Coverage coverage;
    Cursor row = db.use(sql::Query::verify_windows);
    while (row.step()) {
        const FeedId feed = feed_from(row.integer(0));
        const Span span{row.instant(1), row.instant(2)};
        if (span.empty() || row.text(3) != feed_of(feed).window_time) continue;
        auto& spans = coverage[feed];
        if (!spans.empty() && span.from <= spans.back().to)
            spans.back().to = std::max(spans.back().to, span.to);
        else
            spans.push_back(span);
    }
    return coverage;
}

// nullopt when a row is of no feed.
std::optional<Coverage> written_coverage(Database& db) {
    Coverage coverage;
    Cursor row = db.use(sql::Query::verify_coverage);
    while (row.step()) {
        const auto feed = feed_id_of(row.integer(0));
        if (!feed) return std::nullopt;
        coverage[*feed].push_back({row.instant(1), row.instant(2)});
    }
    return coverage;
}

std::string words(const std::vector<Span>* spans, std::size_t i) {
    if (spans == nullptr || i >= spans->size()) return "nothing";
    return to_iso((*spans)[i].from) + " to " + to_iso((*spans)[i].to);
}

std::optional<std::string> wrong_coverage(Database& db) {
    const Coverage windows = covered_by_windows(db);
    const std::optional<Coverage> written = written_coverage(db);
    if (!written) return "table coverage_span: has a row of no feed";
    for (const Feed& feed : all_feeds()) {
        const auto right = windows.find(feed.id);
        const auto stored = written->find(feed.id);
        const auto* expected = right == windows.end() ? nullptr : &right->second;
        const auto* found = stored == written->end() ? nullptr : &stored->second;
        const std::size_t most =
            std::max(expected == nullptr ? 0 : expected->size(), found == nullptr ? 0 : found->size());
        for (std::size_t i = 0; i < most; ++i) {
            if (words(expected, i) == words(found, i)) continue;
            return "table coverage_span, feed " + std::string{feed.name} + ": says " + words(found, i) +
                   ", and the windows of the chain cover " + words(expected, i);
        }
    }
    return std::nullopt;
}

std::optional<std::string> wrong_counter(Database& db) {
    Cursor row = db.use(sql::Query::verify_counters);
    if (row.step()) {
        return "table counter, row " + row.string(0) + ": says " + std::to_string(row.integer(1)) +
               ", and there are " + std::to_string(row.integer(2));
    }
    Cursor names = db.use(sql::Query::verify_counter_names);
    if (names.step() && names.integer(0) == 3 && names.integer(1) == 3) return std::nullopt;
    return "table counter: does not have the rows events, revisions and rejections";
}

std::optional<std::string> wrong_pass(Database& db) {
    Cursor row = db.use(sql::Query::verify_passes);
    if (!row.step()) return std::nullopt;
    return "table feed_pass, feed " + std::to_string(row.integer(0)) + ", pass " + row.string(1) +
           ": is not what the windows of the chain say";
}

std::optional<std::string> stray_part(Database& db) {
    Cursor row = db.use(sql::Query::verify_raw_strays);
    if (!row.step()) return std::nullopt;
    return "table " + row.string(0) + ", row " + std::to_string(row.integer(1)) + ": belongs to no event";
}

}  // namespace

std::optional<std::string> altered_schema(Database& db) {
    Database fresh{{.file = ":memory:"}};
    migrate(fresh, sql::migrations(), instant_of(0));
    const Schema expected = schema_of(fresh);
    const Schema found = schema_of(db);
    for (const auto& [name, text] : expected) {
        const auto same = found.find(name);
        if (same == found.end()) return "the schema: " + name.first + " " + name.second + " is missing";
        if (same->second != text)
            return "the schema: " + name.first + " " + name.second + " is not the one this program makes";
    }
    for (const auto& [name, text] : found) {
        if (!expected.contains(name)) return "the schema: " + name.first + " " + name.second + " was added";
    }
    return std::nullopt;
}

std::optional<std::string> damaged_structure(Database& db) {
    const std::string found = db.integrity();
    if (found == "ok") return std::nullopt;
    return "the file: its structure is damaged: " + found;
}

std::optional<std::string> wrong_recount(Database& db) {
    if (auto wrong = wrong_counter(db)) return wrong;
    if (auto wrong = wrong_pass(db)) return wrong;
    if (auto wrong = wrong_coverage(db)) return wrong;
    return stray_part(db);
}

}  // namespace entrawatch
