#include "core/event/fields.hpp"

#include "core/base/text.hpp"
#include "core/event/field_aliases.hpp"
#include "core/event/field_catalogue.hpp"
#include "core/event/own_fields.hpp"

namespace entrawatch {
namespace {

constexpr std::string_view change_prefix = "changes.";
constexpr std::string_view envelope_prefix = "properties.";
constexpr std::size_t max_name_bytes = 512;

std::string names_of(std::span<const FeedId> feeds) {
    std::string words;
    for (const FeedId feed : feeds)
        words += (words.empty() ? "" : ", ") + std::string{feed_of(feed).name};
    return words;
}

// Names that may have been meant: ours, the record's, the aliases'.
std::string nearest_field(std::string_view name, unsigned kinds) {
    std::vector<std::string> candidates;
    const auto add = [&](std::string_view text) {
        if (!text.ends_with("*") && !text.ends_with("{}")) candidates.emplace_back(to_lower_ascii(text));
    };
    for (const FieldInfo& field : own_fields())
        add(field.name);
    for (const std::string_view path : record_paths(kinds))
        add(path);
    for (const FieldAlias& alias : field_aliases()) {
        if ((alias.kinds & kinds) != 0) add(alias.name);
    }
    std::string found = nearest(to_lower_ascii(name), candidates);
    for (const std::string_view path : record_paths(kinds)) {
        if (equal_ignoring_ascii_case(path, found)) return std::string{path};  // in Graph's spelling
    }
    return found;
}

Error unknown_field(std::string_view name, std::span<const FeedId> feeds) {
    const unsigned kinds = kinds_of(feeds);
    std::string what = "unknown field `" + cut_utf8(name, 100) + "`";
    if (find_record_path(name, all_record_kinds) || find_alias(name, all_record_kinds) != nullptr) {
        return {ErrorCode::invalid, what + " in " + names_of(feeds) + " (another feed has it)", {}};
    }
    constexpr std::size_t longest_typo = 100;  // comparing longer ones with every field takes too long
    if (name.size() > longest_typo) return {ErrorCode::invalid, std::move(what), {}};
    if (const std::string near = nearest_field(name, kinds); !near.empty()) {
        what += "; did you mean `" + near + "`?";
    }
    return {ErrorCode::invalid, std::move(what), {}};
}

}  // namespace

std::string& FieldScratch::make_text() {
    if (texts_used == texts.size()) texts.emplace_back();
    std::string& text = texts[texts_used++];
    text.clear();
    return text;
}

Result<FieldPath> FieldPath::compile(std::string_view name, std::span<const FeedId> feeds) {
    const std::string_view wanted = trim(name);
    if (wanted.empty()) return fail(ErrorCode::invalid, "a field name is empty");
    if (wanted.size() > max_name_bytes) {
        return fail(ErrorCode::too_large,
                    "a field name is longer than " + std::to_string(max_name_bytes) + " bytes");
    }
    const unsigned kinds = kinds_of(feeds);
    Result<FieldPath> path;
    if (starts_with_ignoring_ascii_case(wanted, change_prefix)) {
        path = compile_change(wanted);
    } else if (auto found = resolve(wanted, kinds)) {
        path = std::move(*found);
    } else {
        return fail(unknown_field(wanted, feeds));
    }
    if (path) path->name_ = std::string{wanted};
    return path;
}

FieldPath FieldPath::whole_record() {
    FieldPath path;
    path.name_ = path.key_ = "*";
    return path;
}

std::optional<FieldPath> FieldPath::resolve(std::string_view name, unsigned kinds) {
    if (const auto own = find_own_field(name)) {
        FieldPath path;
        path.root_ = Root::ours;
        path.accessor_ = *own;
        path.key_ = "our:" + std::string{own_fields()[static_cast<std::size_t>(*own)].name};
        return path;
    }
    if (const FieldAlias* alias = find_alias(name, kinds)) {
        auto path = starts_with_ignoring_ascii_case(alias->target, change_prefix)
                        ? compile_change(alias->target)
                              .map([](FieldPath p) { return std::optional{std::move(p)}; })
                              .value_or(std::nullopt)
                        : resolve(alias->target, kinds);
        if (path) path->note_ = alias->note;
        return path;
    }
    if (auto path = resolve_record(name, kinds)) return path;
    // Azure Monitor keeps the record under `properties`; what is ours is never meant there.
    if (starts_with_ignoring_ascii_case(name, envelope_prefix)) {
        const std::string_view inner = name.substr(envelope_prefix.size());
        if (find_alias(inner, kinds) != nullptr) return resolve(inner, kinds);
        return resolve_record(inner, kinds);
    }
    return std::nullopt;
}

std::optional<FieldPath> FieldPath::resolve_record(std::string_view name, unsigned kinds) {
    auto found = find_record_path(name, kinds);
    if (!found) return std::nullopt;
    FieldPath path;
    path.root_ = found->list_key.empty() ? Root::record : Root::keyed;
    path.parts_ = std::move(found->parts);
    path.list_key_ = to_lower_ascii(found->list_key);
    path.key_ = "record:";
    for (const std::string& part : path.parts_)
        path.key_ += part + '.';
    if (path.root_ == Root::keyed) path.key_ += '{' + path.list_key_ + '}';
    return path;
}

Result<FieldPath> FieldPath::compile_change(std::string_view name) {
    const std::string_view rest = name.substr(change_prefix.size());
    FieldPath path;
    if (equal_ignoring_ascii_case(rest, "properties")) {
        path.root_ = Root::change_names;
        path.key_ = "changes.properties";
        return path;
    }
    path.root_ = Root::change;
    std::size_t end = rest.size();
    while (end > 0) {
        const auto dot = rest.rfind('.', end - 1);
        if (dot == std::string_view::npos || dot == 0) break;
        const std::string side = to_lower_ascii(rest.substr(dot + 1, end - dot - 1));
        const bool known = side == "old" || side == "new" || side == "added" || side == "removed";
        if (known) {
            path.side_ = side == "old"     ? Side::before
                         : side == "new"   ? Side::after
                         : side == "added" ? Side::added
                                           : Side::removed;
            const std::string_view leaf = end < rest.size() ? rest.substr(end + 1) : std::string_view{};
            path.parts_ = {fold(rest.substr(0, dot)), std::string{leaf}};
            path.key_ = "changes:" + path.parts_[0] + ':' + side + ':' + to_lower_ascii(leaf);
            return path;
        }
        end = dot;
    }
    return fail(ErrorCode::invalid,
                "`" + cut_utf8(name, 100) +
                    "` names no side of the change: write changes.<property>.old, .new, .added or "
                    ".removed (or changes.properties)");
}

}  // namespace entrawatch
