#include <memory>

#include "core/context/enrich.hpp"
#include "core/event/normalize.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/product.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::bench {
namespace {

using test::must;

constexpr int rounds = 7;
constexpr int passes = 20;         // over the sample, in each round
constexpr std::size_t every = 20;  // record of the traffic is in the sample
constexpr std::size_t tenfold = 10;
constexpr double goal_micros = 3;
constexpr double goal_growth = 2;
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

// The same rules again and again, each time as other rules: as many more to look at for every record.
RuleSet multiplied(const std::vector<Rule>& rules, std::size_t times) {
    std::vector<Rule> all;
    for (std::size_t i = 0; i < times; ++i) {
        for (Rule rule : rules) {
            if (i > 0) rule.id += "-" + std::to_string(i);
            all.push_back(std::move(rule));
        }
    }
    return RuleSet{std::move(all)};
}

struct Judged {
    double nanos = 0;  // CPU time of a record
    std::size_t findings = 0;
};

Judged judge(const RuleSet& rules, const std::vector<Ready>& ready, RuleScratch& scratch) {
    Judged judged;
    const Stopwatch watch;
    for (int pass = 0; pass < passes; ++pass) {
        for (const Ready& record : ready)
            judged.findings += rules.evaluate(record.event, record.json, scratch).size();
    }
    judged.nanos = watch.took().cpu * 1e9 / static_cast<double>(ready.size() * passes);
    return judged;
}

}  // namespace

void measure_rules(Figures& figures, const Traffic& traffic, double pipeline) {
    figures.section("Rules: evaluate() on parsed records, one core; medians of 7 rounds");
    const OneCore pinned;
    const auto context = make_context();
    const std::vector<Ready> ready = sample(traffic, *context->directory);
    const std::vector<Rule> rules = shipped_rules();
    const RuleSet once = multiplied(rules, 1);
    const RuleSet many = multiplied(rules, tenfold);
    const RuleScratchPtr scratch = make_rule_scratch();
    std::vector<double> nanos, nanos_of_many, growth;
    Judged few, more;
    for (int i = 0; i < rounds; ++i) {
        few = judge(once, ready, *scratch);
        more = judge(many, ready, *scratch);
        nanos.push_back(few.nanos);
        nanos_of_many.push_back(more.nanos);
        growth.push_back(more.nanos / few.nanos);
    }
    const double micros = median(nanos) / 1000;
    figures.tell("shipped rules", static_cast<double>(rules.size()), "rules");
    figures.check("findings of ten times the rules", static_cast<std::int64_t>(more.findings),
                  static_cast<std::int64_t>(few.findings * tenfold));
    figures.at_most("a record, shipped rules", micros, goal_micros, "us");
    figures.tell("a record, ten times the rules", median(nanos_of_many) / 1000, "us");
    figures.at_most("ten times the rules / shipped rules", median(growth), goal_growth, "x");
    figures.at_most("rules / the whole ingest", micros / pipeline, goal_share, "x");
}

}  // namespace entrawatch::bench
