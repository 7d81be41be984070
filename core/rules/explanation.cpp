#include "core/rules/explanation.hpp"

#include <algorithm>
#include <compare>
#include <numeric>

#include "core/base/text.hpp"
#include "core/rules/condition.hpp"
#include "core/rules/correlation.hpp"
#include "core/rules/sigma_wording.hpp"

namespace entrawatch {
namespace {

using Kind = ConditionNode::Kind;

// How many tests must come out otherwise; those of the activity weigh more than any number of others.
struct Cost {
    std::size_t activity = 0;
    std::size_t tests = 0;
    friend auto operator<=>(const Cost&, const Cost&) = default;
    Cost& operator+=(const Cost& more) {
        activity += more.activity;
        tests += more.tests;
        return *this;
    }
};

struct Judged {
    const ConditionNode* node = nullptr;
    bool holds = false;
    Cost to_hold, to_fail;
    std::vector<Judged> children;

    [[nodiscard]] const Cost& cost(bool wanted) const { return wanted ? to_hold : to_fail; }
};

// What a node needs of its children to come out as wanted: so many of them, and how.
struct Need {
    std::size_t children = 0;
    bool hold = true;
};

Need need_of(const ConditionNode& node, bool wanted) {
    const std::size_t all = node.children.size();
    const auto at_most_all = [all](std::size_t count) { return std::min(count, all); };
    switch (node.kind) {
        case Kind::test:
            break;
        case Kind::all:
            return wanted ? Need{all, true} : Need{at_most_all(1), false};
        case Kind::any:
            return wanted ? Need{at_most_all(1), true} : Need{all, false};
        case Kind::none:
            return wanted ? Need{all, false} : Need{at_most_all(1), true};
        case Kind::at_least:
            return wanted ? Need{at_most_all(node.count), true}
                          : Need{all + 1 - std::min(node.count, all + 1), false};
    }
    return {};
}

// The children through which the node comes out as wanted with the fewest changes, in their order.
std::vector<const Judged*> cheapest(const Judged& judged, bool wanted) {
    const Need need = need_of(*judged.node, wanted);
    std::vector<std::size_t> places(judged.children.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
        return judged.children[a].cost(need.hold) < judged.children[b].cost(need.hold);
    });
    places.resize(std::min(need.children, places.size()));
    std::sort(places.begin(), places.end());
    std::vector<const Judged*> chosen;
    for (const std::size_t place : places)
        chosen.push_back(&judged.children[place]);
    return chosen;
}

bool is_activity(const FieldPath& path) {
    static const std::string activity = FieldPath::compile("activity").value().key();
    return path.key() == activity;
}

// Texts a person reads: cut, the first few, and how many more.
std::string held_in_words(const FieldPath& path, const Event& event, Json record) {
    RecordMembers members;
    members.begin(record);
    FieldScratch scratch;
    path.read(event, members, scratch);
    std::string words;
    std::size_t shown = 0;
    std::size_t more = 0;
    for (const FieldValue& value : scratch.values) {
        const bool open = value.type == FieldValue::Type::container && value.text.empty();
        if (open) continue;  // what is inside it follows
        if (shown == max_worded_values) {
            ++more;
            continue;
        }
        words += shown++ > 0 ? ", " : "";
        words += value.type == FieldValue::Type::null
                     ? "null"
                     : "'" + cut_utf8(value.text, max_worded_value_bytes) + "'";
    }
    return more > 0 ? words + " and " + std::to_string(more) + " more" : words;
}

class Explainer {
  public:
    Explainer(const Condition& condition, const Event& event, Json record)
        : condition_(condition), event_(event), record_(record), ids_(condition.fields().size()) {
        std::iota(ids_.begin(), ids_.end(), 0U);
        cache_.begin(event, record, ids_.size());
    }

    Explanation run() {
        const Judged root = judge(condition_.root());
        told_.holds = root.holds;
        note_selections(root);
        if (root.holds) return std::move(told_);
        told_.failed = root.to_hold.tests;
        told_.activity_fits = root.to_hold.activity == 0;
        blame(root, true, {});
        return std::move(told_);
    }

  private:
    Judged judge(const ConditionNode& node) {
        Judged judged;
        judged.node = &node;
        if (node.kind == Kind::test) {
            judged.holds = holds(*node.test, TestSubject{cache_, condition_.fields(), ids_});
            const Cost change{is_activity(condition_.fields()[node.test->field]) ? 1U : 0U, 1};
            (judged.holds ? judged.to_fail : judged.to_hold) = change;
            return judged;
        }
        for (const ConditionNode& child : node.children)
            judged.children.push_back(judge(child));
        judged.holds =
            combined(node.kind, node.count, judged.children, [](const Judged& child) { return child.holds; });
        for (const bool wanted : {true, false}) {
            Cost& cost = wanted ? judged.to_hold : judged.to_fail;
            for (const Judged* child : cheapest(judged, wanted))
                cost += child->cost(need_of(node, wanted).hold);
        }
        return judged;
    }

    void note_selections(const Judged& judged) {
        const std::string& name = judged.node->selection;
        if (name.empty()) {
            for (const Judged& child : judged.children)
                note_selections(child);
            return;
        }
        const bool known = std::any_of(told_.selections.begin(), told_.selections.end(),
                                       [&](const SelectionOutcome& seen) { return seen.name == name; });
        if (!known) told_.selections.push_back({name, judged.holds});
    }

    void blame(const Judged& judged, bool wanted, std::string_view selection) {
        if (judged.holds == wanted || told_.reasons.size() == max_reasons) return;
        if (!judged.node->selection.empty()) selection = judged.node->selection;
        if (judged.node->kind == Kind::test) {
            const FieldTest& test = *judged.node->test;
            const FieldPath& path = condition_.fields()[test.field];
            const bool keyword = path.key() == FieldPath::whole_record().key();
            told_.reasons.push_back({std::string{selection}, keyword ? "" : path.name(), test.words,
                                     judged.holds,
                                     keyword ? std::string{} : held_in_words(path, event_, record_)});
            return;
        }
        for (const Judged* child : cheapest(judged, wanted))
            blame(*child, need_of(*judged.node, wanted).hold, selection);
    }

    const Condition& condition_;
    const Event& event_;
    Json record_;
    FieldCache cache_;
    std::vector<std::uint32_t> ids_;
    Explanation told_;
};

bool reads(const std::vector<FeedId>& feeds, FeedId feed) {
    return std::find(feeds.begin(), feeds.end(), feed) != feeds.end();
}

}  // namespace

Explanation explain(const Condition& condition, const Event& event, Json record) {
    return Explainer{condition, event, record}.run();
}

RuleExplanation explain(const Rule& rule, const Event& event, Json record) {
    RuleExplanation told;
    if (rule.condition && reads(rule.feeds, event.feed))
        return {true, -1, explain(*rule.condition, event, record)};
    if (!rule.correlation) return told;
    for (std::size_t i = 0; i < rule.correlation->steps.size(); ++i) {
        const CorrelationStep& step = rule.correlation->steps[i];
        if (!step.condition || !reads(step.feeds, event.feed)) continue;
        Explanation why = explain(*step.condition, event, record);
        const bool nearer = !told.reads_feed || std::pair{!why.activity_fits, why.failed} <
                                                    std::pair{!told.why.activity_fits, told.why.failed};
        if (nearer) told = {true, static_cast<int>(i), std::move(why)};
    }
    return told;
}

std::string in_words(const Reason& reason) {
    std::string words = reason.selection.empty() ? "it " : "in `" + reason.selection + "` it ";
    words += reason.holds ? "holds, and should not, that " : "does not hold, and should, that ";
    words += (reason.field.empty() ? "a text of the record" : reason.field) + " " + reason.demand;
    if (reason.field.empty()) return words;
    if (!reason.held.empty()) return words + "; the record holds " + reason.held;
    const bool told_by_directory = starts_with_ignoring_ascii_case(reason.field, "context.");
    return words + (told_by_directory ? "; that is not known" : "; the record has nothing there");
}

}  // namespace entrawatch
