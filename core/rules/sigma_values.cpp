#include "core/rules/sigma_values.hpp"

#include <re2/re2.h>

#include <algorithm>

#include "core/base/digest.hpp"
#include "core/base/text.hpp"
#include "core/rules/sigma_encodings.hpp"
#include "core/rules/sigma_wording.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t max_regex_bytes = 4096;
constexpr std::size_t max_varied_bytes = 1024;  // of a text that becomes many
constexpr std::int64_t max_regex_memory = 1 << 20;

TimePart time_part_of(std::uint32_t modifiers) {
    if ((modifiers & mod_minute) != 0) return TimePart::minute;
    if ((modifiers & mod_hour) != 0) return TimePart::hour;
    if ((modifiers & mod_day) != 0) return TimePart::day;
    if ((modifiers & mod_week) != 0) return TimePart::week;
    return (modifiers & mod_month) != 0 ? TimePart::month : TimePart::year;
}

Order order_of(std::uint32_t modifiers) {
    if ((modifiers & mod_lt) != 0) return Order::less;
    if ((modifiers & mod_lte) != 0) return Order::less_or_equal;
    if ((modifiers & mod_gt) != 0) return Order::greater;
    return (modifiers & mod_gte) != 0 ? Order::greater_or_equal : Order::equal;
}

OtherFieldTest::Relation relation_of(const FieldKey& key) {
    if (key.has(mod_contains)) return OtherFieldTest::Relation::contains;
    if (key.has(mod_startswith)) return OtherFieldTest::Relation::starts_with;
    return key.has(mod_endswith) ? OtherFieldTest::Relation::ends_with : OtherFieldTest::Relation::equals;
}

// Turns the values of one item into tests.
class ItemReader {
  public:
    ItemReader(const FieldKey& key, int line, FieldCollector& fields, SigmaReading& reading)
        : key_(key), line_(line), fields_(fields), reading_(reading) {}

    void add(const YAML::Node& value) {
        line_ = std::max(line_of(value), 1);
        if (full_) return;
        if (scalar_type(value) == ScalarType::null) return add_null();
        if (key_.has(mod_exists)) return add_exists(value);
        if (key_.has(mod_fieldref)) return add_other_field(value.Scalar());
        if (key_.has(mod_orders | mod_times)) return add_number(value);
        if (key_.has(mod_cidr)) return add_range(value.Scalar());
        add_texts(value);
    }

    [[nodiscard]] bool usable() const { return usable_; }
    [[nodiscard]] FieldTest take(std::size_t field) {
        std::sort(test_.exact.begin(), test_.exact.end());
        test_.exact.erase(std::unique(test_.exact.begin(), test_.exact.end()), test_.exact.end());
        test_.field = field;
        // The texts of `exact` say more than what was written: two ways to write one text are one demand.
        for (const std::string& text : test_.exact)
            demand("is", text);
        test_.demand = std::to_string(key_.modifiers) + demand_;
        test_.every = key_.has(mod_all);
        return std::move(test_);
    }

  private:
    void problem(std::string message) {
        usable_ = false;
        reading_.error(line_, std::move(message));
    }
    // Told apart by their length: a value may hold anything.
    void demand(std::string_view kind, std::string_view value) {
        demand_.append(" ")
            .append(kind)
            .append(" ")
            .append(std::to_string(value.size()))
            .append(":")
            .append(value);
    }
    void add_null() {
        if (key_.field.empty() || key_.has(~std::uint32_t{mod_all | mod_neq})) {
            return problem("null stands alone: it takes no modifier but `neq` and `all`, and is no keyword");
        }
        demand("null", "");
        test_.tests.emplace_back(NullTest{});
    }
    void add_exists(const YAML::Node& value) {
        if (scalar_type(value) != ScalarType::boolean) return problem("`exists` takes true or false");
        const bool wanted = equal_ignoring_ascii_case(value.Scalar(), "true");
        demand("exists", wanted ? "true" : "false");
        test_.tests.emplace_back(ExistsTest{wanted});
    }
    void add_other_field(const std::string& name) {
        auto path = read_field_name(name, line_, reading_);
        if (!path) {
            usable_ = false;
            return;
        }
        demand("field", path->key());
        test_.tests.emplace_back(
            OtherFieldTest{relation_of(key_), fields_.add(std::move(*path)), key_.has(mod_cased)});
    }
    void add_number(const YAML::Node& value) {
        const auto number = number_of(value.Scalar());
        if (!number)
            return problem("`" + cut_utf8(value.Scalar(), 60) + "` is no number, which this modifier needs");
        demand("number", value.Scalar());
        NumberTest test{order_of(key_.modifiers), *number, std::nullopt};
        if (key_.has(mod_times)) test.part = time_part_of(key_.modifiers);
        test_.tests.emplace_back(test);
    }
    void add_range(const std::string& text) {
        const auto range = AddressRange::parse(trim(text));
        if (!range)
            return problem("`" + cut_utf8(text, 60) + "` is no network such as 10.0.0.0/8 or 2001:db8::/32");
        demand("range", trim(text));
        test_.tests.emplace_back(RangeTest{*range});
    }

    void add_texts(const YAML::Node& value) {
        std::vector<std::string> texts{value.Scalar()};
        const ScalarType type = scalar_type(value);
        if (type == ScalarType::boolean) texts[0] = to_lower_ascii(texts[0]);
        if (type == ScalarType::number) texts[0] = canonical_number(texts[0]);
        if (key_.has(mod_expand | mod_windash) && texts[0].size() > max_varied_bytes) {
            return problem("`expand` and `windash` take texts of at most " +
                           std::to_string(max_varied_bytes) + " bytes");
        }
        if (key_.has(mod_expand) && !expand(texts)) return;
        if (key_.has(mod_windash) && !vary_dashes(texts)) return;
        for (const std::string& text : texts)
            key_.has(mod_re) ? add_regex(text) : add_text(text);
        full_ = test_.exact.size() + test_.tests.size() > max_values;
        if (full_) problem("more than " + std::to_string(max_values) + " values; split the list or the rule");
    }
    bool expand(std::vector<std::string>& texts) {
        Expansion expansion = expand_placeholders(texts[0], reading_.options().lists);
        texts = std::move(expansion.values);
        if (!expansion.unknown.empty()) {
            std::vector<std::string_view> known;
            for (const auto& [name, values] : reading_.options().lists)
                known.push_back(name);
            problem("no list is named `" + cut_utf8(expansion.unknown, 60) + "`; define it in the settings" +
                    did_you_mean(expansion.unknown, known));
        } else if (expansion.too_many) {
            problem("the placeholders make more than " + std::to_string(max_values) + " values");
        } else if (texts.empty()) {
            problem("the list behind the placeholder is empty, so nothing could match");
        }
        return usable_;
    }
    bool vary_dashes(std::vector<std::string>& texts) {
        std::vector<std::string> all;
        for (const std::string& text : texts) {
            const auto variants = dash_variants(text);
            if (!variants || all.size() + variants->size() > max_values) {
                problem("`windash` makes more than " + std::to_string(max_values) + " values of this");
                return false;
            }
            all.insert(all.end(), variants->begin(), variants->end());
        }
        texts = std::move(all);
        return true;
    }

    void add_regex(const std::string& text) {
        if (text.size() > max_regex_bytes) {
            return problem("a regular expression has at most " + std::to_string(max_regex_bytes) + " bytes");
        }
        if (!reading_.spend_regex(line_)) {
            usable_ = false;
            return;
        }
        std::string flags;
        if (key_.has(mod_re_i)) flags += 'i';
        if (key_.has(mod_re_m)) flags += 'm';
        if (key_.has(mod_re_s)) flags += 's';
        re2::RE2::Options options;
        options.set_log_errors(false);
        options.set_max_mem(max_regex_memory);
        auto regex =
            std::make_shared<const re2::RE2>(flags.empty() ? text : "(?" + flags + ")" + text, options);
        if (!regex->ok()) {
            return problem("regular expression: " + regex->error() +
                           " (RE2 syntax: no look-around, no back-references)");
        }
        demand("regex", text);
        test_.tests.emplace_back(RegexTest{std::move(regex)});
    }

    // The text as bytes that are searched for in base64.
    bool encode(PatternPieces& pieces, std::vector<PatternPieces>& all) {
        if (pieces.size() != 1 || pieces[0].kind != PatternPiece::Kind::literal || pieces[0].text.empty()) {
            problem("base64 encodes plain text: no wildcards and not nothing");
            return false;
        }
        std::string bytes = pieces[0].text;
        if (key_.has(mod_utf16le)) bytes = to_utf16(bytes, Utf16::little);
        if (key_.has(mod_utf16be)) bytes = to_utf16(bytes, Utf16::big);
        if (key_.has(mod_utf16)) bytes = to_utf16(bytes, Utf16::marked);
        if (key_.has(mod_base64)) {
            all.push_back(literal_pattern(to_base64(bytes)));
        } else {
            for (const std::string& text : base64_at_offsets(bytes))
                all.push_back(literal_pattern(text));
        }
        return true;
    }

    void add_text(const std::string& text) {
        PatternPieces pieces = parse_pattern(text);
        std::vector<PatternPieces> all;
        const bool encoded = key_.has(mod_base64 | mod_base64offset);
        if (encoded ? !encode(pieces, all) : (all.push_back(std::move(pieces)), false)) return;
        for (PatternPieces& pattern : all) {
            const bool anywhere = key_.has(mod_contains) || key_.field.empty();
            if (anywhere || key_.has(mod_endswith)) open_start(pattern);
            if (anywhere || key_.has(mod_startswith)) open_end(pattern);
            const TextPattern compiled{std::move(pattern),
                                       key_.has(mod_cased) || encoded};  // base64 differs by case
            const auto exact = compiled.needs_folding() ? compiled.exact_folded() : std::nullopt;
            if (exact) {
                test_.exact.push_back(*exact);
            } else {
                demand("text", text);
                test_.tests.emplace_back(compiled);
            }
        }
    }

    const FieldKey& key_;
    int line_;
    FieldCollector& fields_;
    SigmaReading& reading_;
    FieldTest test_;
    std::string demand_;
    bool usable_ = true;
    bool full_ = false;  // of values: no further one is looked at
};

// The scalars of the item; a problem and empty when there are none or they are no scalars.
std::vector<YAML::Node> scalars_of(const YamlMember& item, SigmaReading& reading) {
    const std::string name = "`" + cut_utf8(item.key, 100) + "`";
    if (item.value.IsScalar() || item.value.IsNull()) return {item.value};
    if (!item.value.IsSequence()) {
        reading.error(item.line, name + " must have a value or a list of values, not a map");
        return {};
    }
    std::vector<YAML::Node> values = reading.items(item.value);
    if (values.empty()) reading.error(item.line, name + " has an empty list, which matches nothing");
    if (values.size() > max_values) {
        reading.error(item.line, name + " has more than " + std::to_string(max_values) + " values");
        return {};
    }
    for (const YAML::Node& value : values) {
        if (value.IsScalar() || value.IsNull()) continue;
        reading.error(line_of(value),
                      "every value of " + name + " must be a text, a number, true, false or null");
        return {};
    }
    return values;
}

}  // namespace

std::size_t FieldCollector::add(FieldPath path) {
    const auto [place, added] = indices_.try_emplace(path.key(), fields_.size());
    if (added) fields_.push_back(std::move(path));
    return place->second;
}

std::optional<FieldPath> read_field_name(std::string_view name, int line, SigmaReading& reading) {
    auto path = FieldPath::compile(name, reading.feeds);
    if (!path) {
        reading.cannot_evaluate(line, path.error().what);
        return std::nullopt;
    }
    if (!path->note().empty()) reading.warn(line, std::string{path->note()});
    return std::move(*path);
}

std::optional<ConditionNode> read_field_item(const YamlMember& item, FieldCollector& fields,
                                             SigmaReading& reading) {
    if (!reading.spend(item.line)) return std::nullopt;
    const FieldKey key = read_field_key(item.key, item.line, reading);
    std::optional<FieldPath> path = FieldPath::whole_record();
    if (!key.field.empty()) path = read_field_name(key.field, item.line, reading);
    const std::vector<YAML::Node> values = scalars_of(item, reading);
    if (!key.usable || !path || values.empty()) return std::nullopt;
    if (key.has(mod_all) && values.size() == 1) {
        reading.warn(item.line, "`all` has only one value here and changes nothing");
    }
    if (key.has(mod_exists) && values.size() > 1) {
        reading.error(item.line, "`exists` takes one value, true or false");
        return std::nullopt;
    }
    ItemReader reader{key, item.line, fields, reading};
    for (const YAML::Node& value : values)
        reader.add(value);
    if (!reader.usable()) return std::nullopt;
    FieldTest test = reader.take(fields.add(std::move(*path)));
    test.words = demand_in_words(key, values);
    ConditionNode node = ConditionNode::of(std::move(test));
    return key.has(mod_neq) ? ConditionNode::negated(std::move(node)) : node;
}

}  // namespace entrawatch
