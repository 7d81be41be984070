#include "core/rules/field_test.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <charconv>

#include "core/base/time.hpp"

namespace entrawatch {
namespace {

using Type = FieldValue::Type;
using Values = std::span<const FieldValue>;
using Texts = std::span<const std::string>;

// Null is no text, and an object that is not empty is judged by what is inside it.
bool has_text(const FieldValue& value) {
    return value.type != Type::null && (value.type != Type::container || !value.text.empty());
}

std::optional<double> number_in(std::string_view text) {
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || digits.front() < '0' || digits.front() > '9')
        return std::nullopt;  // inf is no number
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

// ISO 8601 week: weeks start on Monday, week 1 holds the year's first Thursday.
int iso_week(std::chrono::sys_days day) {
    using namespace std::chrono;
    const auto weekday_index = static_cast<int>(weekday{day}.iso_encoding());
    const sys_days thursday = day + days{4 - weekday_index};
    const sys_days new_year{year_month_day{thursday}.year() / January / 1};
    return static_cast<int>((thursday - new_year).count()) / 7 + 1;
}

std::optional<double> time_part(std::string_view text, TimePart part) {
    using namespace std::chrono;
    const auto time = parse_iso(text);
    if (!time) return std::nullopt;
    const auto day = floor<days>(*time);
    const year_month_day date{day};
    const std::int64_t minute_of_day = duration_cast<minutes>(*time - day).count();
    const std::int64_t hour = minute_of_day / 60;
    switch (part) {
        case TimePart::minute:
            return static_cast<double>(minute_of_day % 60);
        case TimePart::hour:
            return static_cast<double>(hour);
        case TimePart::day:
            return static_cast<double>(static_cast<unsigned>(date.day()));
        case TimePart::week:
            return static_cast<double>(iso_week(day));
        case TimePart::month:
            return static_cast<double>(static_cast<unsigned>(date.month()));
        case TimePart::year:
            return static_cast<double>(static_cast<int>(date.year()));
    }
    return std::nullopt;
}

bool in_order(double value, Order order, double operand) {
    switch (order) {
        case Order::less:
            return value < operand;
        case Order::less_or_equal:
            return value <= operand;
        case Order::greater:
            return value > operand;
        case Order::greater_or_equal:
            return value >= operand;
        case Order::equal:
            return value == operand;
    }
    return false;
}

bool related(std::string_view text, std::string_view other, OtherFieldTest::Relation relation) {
    switch (relation) {
        case OtherFieldTest::Relation::equals:
            return text == other;
        case OtherFieldTest::Relation::contains:
            return text.find(other) != std::string_view::npos;
        case OtherFieldTest::Relation::starts_with:
            return text.starts_with(other);
        case OtherFieldTest::Relation::ends_with:
            return text.ends_with(other);
    }
    return false;
}

// One value of the rule against all values of the field.
class Judge {
  public:
    Judge(const TestSubject& subject, std::size_t field)
        : subject_(subject),
          field_(field),
          values_(subject.cache.values(subject.ids[field], subject.fields[field])) {}

    bool any_exact(const std::vector<std::string>& sorted) {
        const Texts texts = folded();
        for (std::size_t i = 0; i < values_.size(); ++i) {
            if (has_text(values_[i]) && std::binary_search(sorted.begin(), sorted.end(), texts[i]))
                return true;
        }
        return false;
    }
    bool has_exact(const std::string& wanted) {
        const Texts texts = folded();
        for (std::size_t i = 0; i < values_.size(); ++i) {
            if (has_text(values_[i]) && texts[i] == wanted) return true;
        }
        return false;
    }

    bool operator()(const TextPattern& pattern) {
        const Texts texts = pattern.needs_folding() ? folded() : Texts{};
        for (std::size_t i = 0; i < values_.size(); ++i) {
            if (!has_text(values_[i])) continue;
            if (pattern.matches(values_[i].text, texts.empty() ? std::string_view{} : texts[i])) return true;
        }
        return false;
    }
    bool operator()(const RegexTest& test) const {
        return any_text([&](std::string_view text) {
            return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *test.regex);
        });
    }
    bool operator()(const RangeTest& test) const {
        return any_text([&](std::string_view text) {
            const auto address = parse_address(text);
            return address && test.range.contains(*address);
        });
    }
    bool operator()(const NumberTest& test) const {
        return std::any_of(values_.begin(), values_.end(), [&](const FieldValue& value) {
            std::optional<double> number;
            if (test.part) {
                number = time_part(value.text, *test.part);
            } else if (value.type == Type::number) {
                number = value.number;
            } else if (value.type == Type::string) {
                number = number_in(value.text);
            }
            return number && in_order(*number, test.order, test.operand);
        });
    }
    bool operator()(const NullTest&) const {
        return values_.empty() || std::any_of(values_.begin(), values_.end(),
                                              [](const FieldValue& v) { return v.type == Type::null; });
    }
    bool operator()(const ExistsTest& test) const {
        const bool there = std::any_of(values_.begin(), values_.end(),
                                       [](const FieldValue& v) { return v.type != Type::null; });
        return there == test.wanted;
    }
    bool operator()(const OtherFieldTest& test) {
        const auto id = subject_.ids[test.field];
        const FieldPath& path = subject_.fields[test.field];
        const Values others = subject_.cache.values(id, path);
        const Texts other_texts = test.cased ? Texts{} : subject_.cache.folded(id, path);
        const Texts texts = test.cased ? Texts{} : folded();
        for (std::size_t i = 0; i < values_.size(); ++i) {
            for (std::size_t j = 0; j < others.size(); ++j) {
                if (!has_text(values_[i]) || !has_text(others[j])) continue;
                const std::string_view text = test.cased ? values_[i].text : texts[i];
                const std::string_view other = test.cased ? others[j].text : other_texts[j];
                if (related(text, other, test.relation)) return true;
            }
        }
        return false;
    }

  private:
    Texts folded() { return subject_.cache.folded(subject_.ids[field_], subject_.fields[field_]); }
    template <class Predicate>
    bool any_text(Predicate predicate) const {
        return std::any_of(values_.begin(), values_.end(),
                           [&](const FieldValue& value) { return has_text(value) && predicate(value.text); });
    }

    const TestSubject& subject_;
    std::size_t field_;
    Values values_;
};

}  // namespace

bool holds(const FieldTest& test, const TestSubject& subject) {
    Judge judge{subject, test.field};
    const auto passes = [&](const ValueTest& value) { return std::visit(judge, value); };
    if (test.every) {
        return std::all_of(test.exact.begin(), test.exact.end(),
                           [&](const std::string& wanted) { return judge.has_exact(wanted); }) &&
               std::all_of(test.tests.begin(), test.tests.end(), passes);
    }
    return (!test.exact.empty() && judge.any_exact(test.exact)) ||
           std::any_of(test.tests.begin(), test.tests.end(), passes);
}

}  // namespace entrawatch
