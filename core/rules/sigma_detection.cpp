#include "core/rules/sigma_detection.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/rules/sigma_condition_parser.hpp"
#include "core/rules/sigma_contradiction.hpp"
#include "core/rules/sigma_values.hpp"

namespace entrawatch {
namespace {

using Kind = ConditionNode::Kind;
using MaybeNode = std::optional<ConditionNode>;

// Fields that are all true together.
MaybeNode read_map(const YAML::Node& map, const std::string& name, FieldCollector& fields,
                   SigmaReading& reading) {
    const auto items = reading.members(map, name);
    if (items.empty() && map.size() == 0) {
        reading.error(line_of(map), name + " is empty, which would match every event");
    }
    std::vector<ConditionNode> parts;
    for (const YamlMember& item : items) {
        if (auto node = read_field_item(item, fields, reading)) parts.push_back(std::move(*node));
    }
    if (parts.size() != map.size() || parts.empty()) return std::nullopt;
    return ConditionNode::of(Kind::all, std::move(parts));
}

// Maps or keywords, one of which is true.
MaybeNode read_list(const YamlMember& selection, const std::string& name, FieldCollector& fields,
                    SigmaReading& reading) {
    std::vector<ConditionNode> parts;
    bool whole = true;
    YAML::Node keywords{YAML::NodeType::Sequence};
    const auto items = reading.items(selection.value);
    if (items.empty()) reading.error(selection.line, name + " is an empty list, which matches nothing");
    for (const YAML::Node& item : items) {
        if (item.IsScalar()) {
            keywords.push_back(item);
        } else if (item.IsMap()) {
            auto node = read_map(item, name, fields, reading);
            whole = whole && node;
            if (node) parts.push_back(std::move(*node));
        } else {
            reading.error(std::max(line_of(item), selection.line), name + " may hold maps and keywords only");
            whole = false;
        }
    }
    if (keywords.size() > 0) {
        auto node = read_field_item({"", selection.line, keywords}, fields, reading);
        whole = whole && node;
        if (node) parts.push_back(std::move(*node));
    }
    if (!whole || parts.empty()) return std::nullopt;
    return ConditionNode::of(Kind::any, std::move(parts));
}

MaybeNode read_any_selection(const YamlMember& selection, FieldCollector& fields, SigmaReading& reading) {
    const std::string name = "`" + cut_utf8(selection.key, 60) + "`";
    if (selection.value.IsMap()) return read_map(selection.value, name, fields, reading);
    if (selection.value.IsSequence()) return read_list(selection, name, fields, reading);
    if (selection.value.IsScalar())
        return read_field_item({"", selection.line, selection.value}, fields, reading);
    reading.error(selection.line,
                  name + " is empty; a selection is a map, a list of maps or a list of keywords");
    return std::nullopt;
}

// A condition is a text, or a list of texts of which one must hold.
MaybeNode read_conditions(const YamlMember& member, const std::vector<NamedSelection>& selections,
                          std::set<std::string>& used, SigmaReading& reading) {
    std::vector<ConditionNode> parts;
    const auto texts = reading.texts(member);
    if (texts.empty() || (texts.size() == 1 && texts[0].empty())) {
        reading.error(member.line,
                      "`condition` is empty; name the selections, such as: selection and not filter");
        return std::nullopt;
    }
    if (texts.size() > max_conditions) {
        reading.error(member.line,
                      "`condition` lists more than " + std::to_string(max_conditions) + " conditions");
        return std::nullopt;
    }
    for (const std::string& text : texts) {
        if (auto node = parse_condition(text, member.line, selections, used, reading))
            parts.push_back(std::move(*node));
    }
    if (parts.size() != texts.size()) return std::nullopt;
    return ConditionNode::of(Kind::any, std::move(parts));
}

// What stands in `detection`, or in `filter`: selections, and the condition over them.
class SelectionReader {
  public:
    SelectionReader(std::string_view where, int line, SigmaReading& reading)
        : where_(where), line_(line), reading_(reading) {}

    MaybeNode run(const std::vector<YamlMember>& members) {
        for (const YamlMember& member : members) {
            if (member.key == "condition") {
                condition_ = member;
            } else if (member.key == "timeframe") {
                reading_.error(member.line, "`timeframe` is no part of Sigma 2; use a correlation rule");
            } else if (selections_.size() == max_selections) {
                reading_.error(member.line,
                               "a rule has at most " + std::to_string(max_selections) + " selections");
                break;
            } else {
                selections_.push_back(
                    {member.key, member.line, read_any_selection(member, fields_, reading_)});
            }
        }
        if (!condition_) {
            reading_.error(line_, "`" + std::string{where_} + "` has no `condition`");
            return std::nullopt;
        }
        std::set<std::string> used;
        auto root = read_conditions(*condition_, selections_, used, reading_);
        for (const NamedSelection& selection : selections_) {
            if (root && !used.contains(selection.name)) {
                reading_.warn(selection.line,
                              "the condition does not use `" + cut_utf8(selection.name, 60) + "`");
            }
        }
        return root;
    }

    // What run() made of the condition, as an exception: without a `not` before all of it. nullopt when it
    // would hold of an event that no selection describes. The words decide, not the tree: a selection may be
    // a negation itself.
    [[nodiscard]] MaybeNode as_exception(ConditionNode root) {
        std::vector<NamedSelection> none;
        for (const NamedSelection& selection : selections_)
            none.push_back({selection.name, selection.line, ConditionNode::of(Kind::any, {})});
        std::set<std::string> used;
        auto words = read_conditions(*condition_, none, used, reading_);
        if (!words) return std::nullopt;
        const bool negated = words->kind == Kind::none;
        const auto bare = [negated](ConditionNode node) {
            return negated ? ConditionNode{node.children.front()} : node;
        };
        FieldCache nothing;  // none of these nodes looks into an event
        if (Condition{bare(std::move(*words)), {}}.matches(nothing, {})) return std::nullopt;
        return bare(std::move(root));
    }

    [[nodiscard]] int condition_line() const { return condition_->line; }
    [[nodiscard]] std::vector<FieldPath> take_fields() { return fields_.take(); }

  private:
    std::string_view where_;
    int line_;
    SigmaReading& reading_;
    FieldCollector fields_;
    std::vector<NamedSelection> selections_;
    std::optional<YamlMember> condition_;
};

}  // namespace

std::shared_ptr<const Condition> read_detection(const YAML::Node& detection, int line,
                                                SigmaReading& reading) {
    SelectionReader reader{"detection", line, reading};
    auto root = reader.run(reading.members(detection, "`detection`"));
    if (!root || reading.failed()) return nullptr;
    auto fields = reader.take_fields();
    if (const auto field = contradiction_in(*root, fields)) {
        reading.cannot_evaluate(
            reader.condition_line(),
            "no record can match: `" + *field + "` has one value, and would have to be several texts");
        return nullptr;
    }
    return std::make_shared<const Condition>(std::move(*root), std::move(fields));
}

std::shared_ptr<const Condition> read_exception(const std::vector<YamlMember>& members, int line,
                                                SigmaReading& reading) {
    SelectionReader reader{"filter", line, reading};
    auto root = reader.run(members);
    if (!root || reading.failed()) return nullptr;
    root = reader.as_exception(std::move(*root));
    if (!root) {
        reading.error(reader.condition_line(),
                      "the condition excepts what none of the selections describes; describe what is "
                      "excepted, and write `selection` or `not selection`, which mean the same in a filter");
        return nullptr;
    }
    return std::make_shared<const Condition>(std::move(*root), reader.take_fields());
}

std::shared_ptr<const Condition> read_selection(const YamlMember& selection, SigmaReading& reading) {
    FieldCollector fields;
    auto root = read_any_selection(selection, fields, reading);
    if (!root) return nullptr;
    return std::make_shared<const Condition>(std::move(*root), fields.take());
}

}  // namespace entrawatch
