#include <algorithm>
#include <array>
#include <memory>

#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "core/rules/condition.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/product.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::bench {
namespace {

using test::must;

constexpr int rounds = 7;
constexpr int passes = 20;         // over the sample, in each round
constexpr std::size_t every = 20;  // record of the traffic is in the sample
constexpr std::array<std::size_t, 4> sizes{50, 150, 500, 1500};
constexpr double goal_micros = 3;  // a record at 150 rules
constexpr double goal_growth = 2;  // 1,500 rules against 50
constexpr double goal_share = 0.10;

// A record ready for the rules. The reader owns what `json` shows.
struct Ready {
    std::unique_ptr<JsonReader> reader;
    Json json;
    Event event;
};

std::vector<Ready> sample(const Traffic& traffic, const Directory& directory) {
    std::vector<Ready> ready;
    std::size_t place = 0;
    for (const TrafficPage& body : traffic.pages) {
        const Page page = must(split_page(body.body));
        for (const std::string_view raw : page.records) {
            if (place++ % every != 0) continue;
            auto reader = std::make_unique<JsonReader>();
            const Json json = must(reader->parse(raw));
            Event event = must(normalize(feed_of(body.feed), json));
            enrich(event, directory);
            ready.push_back({std::move(reader), json, std::move(event)});
        }
    }
    return ready;
}

// As a team tunes a rule for one service of its own: the same demands, except of one actor.
Rule tuned(Rule rule, std::size_t copy) {
    const std::string actor = "tuned-" + std::to_string(copy);
    std::vector<FieldPath> fields{rule.condition->fields().begin(), rule.condition->fields().end()};
    FieldTest test;
    test.field = fields.size();
    test.exact = {actor};
    test.demand = actor;
    fields.push_back(must(FieldPath::compile("actor.id")));
    const ConditionNode& root = rule.condition->root();
    std::vector<ConditionNode> all{root};
    if (root.kind == ConditionNode::Kind::all) all = root.children;
    all.push_back(ConditionNode::negated(ConditionNode::of(std::move(test))));
    rule.condition = std::make_shared<const Condition>(
        ConditionNode::of(ConditionNode::Kind::all, std::move(all)), std::move(fields));
    rule.id += "-" + std::to_string(copy);
    return rule;
}

// So many of the rules, from all areas alike; when there are no more, tuned copies of them.
std::vector<Rule> so_many(const std::vector<Rule>& rules, std::size_t count) {
    std::vector<Rule> all;
    const std::size_t different = std::min(count, rules.size());
    for (std::size_t i = 0; i < different; ++i)
        all.push_back(rules[i * rules.size() / different]);
    for (std::size_t i = different; i < count; ++i)
        all.push_back(tuned(rules[i % rules.size()], i));
    return all;
}

struct Judged {
    double micros = 0;  // CPU time of a record
    std::size_t findings = 0;
};

Judged judge(const RuleSet& rules, const std::vector<Ready>& ready, RuleScratch& scratch) {
    Judged judged;
    const Stopwatch watch;
    for (int pass = 0; pass < passes; ++pass) {
        for (const Ready& record : ready)
            judged.findings += rules.evaluate(record.event, record.json, scratch).size();
    }
    judged.micros = watch.took().cpu * 1e6 / static_cast<double>(ready.size() * passes);
    return judged;
}

// What the rules find in the sample, each judged alone.
std::size_t findings_one_by_one(const std::vector<Rule>& rules, const std::vector<Ready>& ready,
                                RuleScratch& scratch) {
    std::size_t found = 0;
    for (const Rule& rule : rules) {
        const RuleSet alone{std::vector<Rule>{rule}};
        for (const Ready& record : ready)
            found += alone.evaluate(record.event, record.json, scratch).size();
    }
    return found;
}

}  // namespace

void measure_rules(Figures& figures, const Traffic& traffic, double pipeline) {
    figures.section("Rules: evaluate() on parsed records, one core; medians of 7 rounds");
    const OneCore pinned;
    const auto context = make_context();
    const std::vector<Ready> ready = sample(traffic, *context->directory);
    const RuleSet shipped{shipped_rules()};
    std::vector<Rule> single = shipped_rules();
    std::erase_if(single, [](const Rule& rule) { return !rule.condition || !rule.alerts; });
    std::vector<RuleSet> sets;
    for (const std::size_t size : sizes)
        sets.emplace_back(so_many(single, size));
    const RuleScratchPtr scratch = make_rule_scratch();

    std::vector<double> of_shipped, growth;
    std::array<std::vector<double>, sizes.size()> of_size;
    std::array<std::size_t, sizes.size()> findings{};
    for (int round = 0; round < rounds; ++round) {
        of_shipped.push_back(judge(shipped, ready, *scratch).micros);
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            const Judged judged = judge(sets[i], ready, *scratch);
            of_size[i].push_back(judged.micros);
            findings[i] = judged.findings / passes;
        }
        growth.push_back(of_size.back().back() / of_size.front().back());
    }
    figures.tell("shipped rules", static_cast<double>(shipped.rules().size()), "rules");
    figures.tell("a record, shipped rules", median(of_shipped), "us");
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const std::string name = "a record, " + std::to_string(sizes[i]) + " rules";
        const double micros = median(of_size[i]);
        if (sizes[i] == 150) {
            figures.at_most(name, micros, goal_micros, "us");
        } else {
            figures.tell(name, micros, "us");
        }
    }
    figures.check(
        "findings of 1,500 rules", static_cast<std::int64_t>(findings.back()),
        static_cast<std::int64_t>(findings_one_by_one(so_many(single, sizes.back()), ready, *scratch)));
    figures.at_most("1,500 rules / 50 rules", median(growth), goal_growth, "x");
    figures.at_most("rules / the whole ingest", median(of_shipped) / pipeline, goal_share, "x");
}

}  // namespace entrawatch::bench
