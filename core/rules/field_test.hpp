// FieldTest: one line of a Sigma selection, `field|modifiers: values`, compiled.
//
// Made by sigma_values, evaluated as part of a Condition. Read next: condition.hpp.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/address_range.hpp"
#include "core/rules/field_cache.hpp"
#include "core/rules/text_pattern.hpp"

namespace re2 {
class RE2;
}

namespace entrawatch {

// Runs over the text as sent; linear in the text, because the text is an attacker's.
struct RegexTest {
    std::shared_ptr<const re2::RE2> regex;
};
struct RangeTest {
    AddressRange range;
};
// The part of an ISO time that is compared instead of the value itself, in UTC.
enum class TimePart { minute, hour, day, week, month, year };
enum class Order { less, less_or_equal, greater, greater_or_equal, equal };
struct NumberTest {
    Order order = Order::equal;
    double operand = 0;
    std::optional<TimePart> part;
};
// Missing or JSON null. Graph writes one or the other for the same fact.
struct NullTest {};
// There, and not null.
struct ExistsTest {
    bool wanted = true;
};
struct OtherFieldTest {
    enum class Relation { equals, contains, starts_with, ends_with } relation = Relation::equals;
    std::size_t field = 0;  // index into the condition's fields
    bool cased = false;
};

using ValueTest =
    std::variant<TextPattern, RegexTest, RangeTest, NumberTest, NullTest, ExistsTest, OtherFieldTest>;

struct FieldTest {
    std::size_t field = 0;           // index into the condition's fields
    bool every = false;              // `all`: each value must match; else one of them
    std::vector<std::string> exact;  // folded, sorted, unique: the common case, found by binary search
    std::vector<ValueTest> tests;    // everything else
    // Two tests of one field that have the same text here demand the same; empty: not known.
    std::string demand{};
    std::string words{};  // what it demands, for people: "is 'A' or 'B'"
};

// What a test is evaluated against: the cache, the fields of the condition and their ids in the cache.
struct TestSubject {
    FieldCache& cache;
    std::span<const FieldPath> fields;
    std::span<const std::uint32_t> ids;
};
[[nodiscard]] bool holds(const FieldTest& test, const TestSubject& subject);

}  // namespace entrawatch
