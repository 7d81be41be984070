// The reading half of FieldPath; the compiling half is fields.cpp.
#include <charconv>
#include <cmath>

#include "core/base/text.hpp"
#include "core/event/fields.hpp"
#include "core/event/own_fields.hpp"

namespace entrawatch {
namespace {

using Type = FieldValue::Type;
using simdjson::dom::element_type;

// Whole numbers print without a fraction, so that 1.0 and 1 are the same number as text too.
void put_number(double value, FieldScratch& out) {
    constexpr double largest_exact = 9007199254740992.0;
    char buffer[32];
    const bool whole = std::trunc(value) == value && std::abs(value) <= largest_exact;
    const auto end = whole ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<std::int64_t>(value))
                           : std::to_chars(buffer, buffer + sizeof buffer, value);
    std::string& text = out.make_text();
    text.assign(buffer, end.ptr);
    out.values.push_back({Type::number, text, value});
}

template <class Integer>
void put_integer(Integer value, FieldScratch& out) {
    char buffer[24];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    std::string& text = out.make_text();
    text.assign(buffer, end.ptr);
    out.values.push_back({Type::number, text, static_cast<double>(value)});
}

// False for objects and arrays.
bool put_scalar(Json value, FieldScratch& out) {
    switch (value.type()) {
        case element_type::STRING:
            out.values.push_back({Type::string, value.get_string().value_unsafe(), 0});
            return true;
        case element_type::INT64:
            put_integer(value.get_int64().value_unsafe(), out);
            return true;
        case element_type::UINT64:
            put_integer(value.get_uint64().value_unsafe(), out);
            return true;
        case element_type::DOUBLE:
            put_number(value.get_double().value_unsafe(), out);
            return true;
        case element_type::BOOL: {
            const bool yes = value.get_bool().value_unsafe();
            out.values.push_back({Type::boolean, yes ? "true" : "false", yes ? 1.0 : 0.0});
            return true;
        }
        case element_type::NULL_VALUE:
            out.values.push_back({Type::null, {}, 0});
            return true;
        default:
            return false;
    }
}

// Scalars inside an object; nulls in there are not nulls of the object.
void put_leaves(Json value, FieldScratch& out) {
    if (value.is_null()) return;
    if (put_scalar(value, out)) return;
    if (value.is_array()) {
        for (const Json item : JsonArray{value})
            put_leaves(item, out);
    } else {
        for (const auto field : JsonObject{value})
            put_leaves(field.value, out);
    }
}

void put_end(Json value, FieldScratch& out) {
    if (put_scalar(value, out)) return;
    if (value.is_array()) {
        const JsonArray items{value};
        if (items.begin() == items.end()) out.values.push_back({Type::container, "[]", 0});
        for (const Json item : items)
            put_end(item, out);
        return;
    }
    const JsonObject members{value};
    const bool empty = members.begin() == members.end();
    out.values.push_back({Type::container, empty ? std::string_view{"{}"} : std::string_view{}, 0});
    put_leaves(value, out);
}

// The last member of that name, compared without case: older samples spell `Type` for `type`.
std::optional<Json> member_folded(JsonObject members, std::string_view name) {
    std::optional<Json> found;
    for (const auto field : members) {
        if (field.key.size() == name.size() && equal_ignoring_ascii_case(field.key, name))
            found = field.value;
    }
    return found;
}

using Parts = std::span<const std::string>;
using End = void (*)(Json, std::string_view, FieldScratch&);

void walk(Json value, Parts parts, End end, std::string_view key, FieldScratch& out) {
    if (value.is_array() && !parts.empty()) {
        for (const Json item : JsonArray{value})
            walk(item, parts, end, key, out);
        return;
    }
    if (parts.empty()) {
        end(value, key, out);
        return;
    }
    if (!value.is_object()) return;
    if (const auto next = member_folded(JsonObject{value}, parts.front())) {
        walk(*next, parts.subspan(1), end, key, out);
    }
}

void walk_record(RecordMembers& record, Parts parts, End end, std::string_view key, FieldScratch& out) {
    if (parts.empty()) return end(record.record(), key, out);
    if (const auto first = record.find(parts.front())) walk(*first, parts.subspan(1), end, key, out);
}

// [{"key": "ipaddr", "value": "…"}, …]: the values of one key.
void put_keyed(Json list, std::string_view wanted, FieldScratch& out) {
    if (!list.is_array()) return;
    for (const Json entry : JsonArray{list}) {
        if (!entry.is_object()) continue;
        const auto key = member_folded(JsonObject{entry}, "key");
        if (!key || !key->is_string()) continue;
        if (!equal_ignoring_ascii_case(trim(key->get_string().value_unsafe()), wanted)) continue;
        if (const auto value = member_folded(JsonObject{entry}, "value")) put_end(*value, out);
    }
}

bool at_or_below(std::string_view leaf, std::string_view path) {
    if (path.empty()) return true;
    if (leaf.size() < path.size() || !equal_ignoring_ascii_case(leaf.substr(0, path.size()), path))
        return false;
    return leaf.size() == path.size() || leaf[path.size()] == '.';
}

void put_leaves_of(const std::vector<Leaf>& leaves, std::string_view path, FieldScratch& out) {
    for (const Leaf& leaf : leaves) {
        if (at_or_below(leaf.path, path)) out.values.push_back({Type::string, leaf.value, 0});
    }
}

void put_difference(const std::vector<Leaf>& left, const std::vector<Leaf>& right, std::string_view path,
                    FieldScratch& out) {
    if (left.empty()) return;
    for (const std::string& value : difference(left, right, path)) {
        std::string& text = out.make_text();
        text = value;
        out.values.push_back({Type::string, text, 0});
    }
}

}  // namespace

void FieldPath::read_change(const Change& change, FieldScratch& scratch) const {
    const std::string_view path = parts_[1];
    if (side_ == Side::added) return put_difference(change.new_leaves, change.old_leaves, path, scratch);
    if (side_ == Side::removed) return put_difference(change.old_leaves, change.new_leaves, path, scratch);
    const bool before = side_ == Side::before;
    if (!path.empty()) return put_leaves_of(before ? change.old_leaves : change.new_leaves, path, scratch);
    if (before ? change.has_old : change.has_new) {
        scratch.values.push_back({Type::string, before ? change.old_value : change.new_value, 0});
    } else {
        scratch.values.push_back({Type::null, {}, 0});
    }
}

void FieldPath::read(const Event& event, RecordMembers& record, FieldScratch& scratch) const {
    switch (root_) {
        case Root::ours:
            return read_own_field(accessor_, event, scratch);
        case Root::record:
            return walk_record(
                record, parts_, [](Json v, std::string_view, FieldScratch& out) { put_end(v, out); }, {},
                scratch);
        case Root::keyed:
            return walk_record(record, parts_, put_keyed, list_key_, scratch);
        case Root::change_names:
            for (const Change& change : event.changes)
                scratch.values.push_back({Type::string, change.property, 0});
            return;
        case Root::change:
            for (const Change& change : event.changes) {
                fold_into(change.property, scratch.folded);
                if (scratch.folded == parts_[0]) read_change(change, scratch);
            }
            return;
    }
}

}  // namespace entrawatch
