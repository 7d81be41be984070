#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "core/base/digest.hpp"
#include "core/feed/page.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/floor.hpp"
#include "tests/bench/product.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::bench {
namespace {

namespace fs = std::filesystem;

constexpr int rounds = 7;
constexpr double goal_ratio = 1.6;
constexpr double goal_evidence = 0.15;
constexpr double goal_records_per_second = 20'000;
constexpr double goal_bytes_per_event = 1024;
constexpr double goal_bytes_ratio = 0.20;
constexpr double goal_duplicates = 0.4;

struct Round {
    Took floor, product, duplicates;
    double evidence = 0;  // CPU seconds of the digests of the octets alone, which the floor does not make
    double bytes = 0;     // of the product's file, checkpointed
};

class Pipeline {
  public:
    Pipeline(const Traffic& earlier, const Traffic& traffic)
        : earlier_(earlier), traffic_(traffic), context_(make_context()) {
        for (const TrafficPage& page : traffic.pages) {
            padded_.emplace_back(page.body);
            split_.push_back(test::must(split_page(page.body)));
        }
    }

    // A store that has worked for a while: dictionaries trained, yesterday's events in it. Both sides begin
    // with a copy of it.
    Took prepare() {
        Product product{start(), context_};
        const Took took = feed(product, earlier_).first;
        test::must(product.store().checkpoint());
        return took;
    }

    Round round(Figures& figures, bool checked) {
        Round round;
        round.floor = run_floor();
        const fs::path file = fresh_copy("product.db");
        Product product{file, context_};
        const auto before = test::must(product.store().counts());
        const auto [took, ingested] = feed(product, traffic_);
        round.product = took;
        round.evidence = digests(figures);
        const auto [again, nothing] = feed(product, traffic_);
        round.duplicates = again;
        test::must(product.store().checkpoint());
        round.bytes = static_cast<double>(fs::file_size(file));
        if (!checked) return round;
        const auto after = test::must(product.store().counts());
        figures.check("events stored", after.events - before.events, traffic_.records);
        figures.check("alerts opened", ingested.opened, traffic_.alerting);
        figures.check("alerts stored", after.alerts - before.alerts, traffic_.alerting);
        figures.check("deliveries promised", after.deliveries_due - before.deliveries_due, traffic_.alerting);
        if (ingested.opened != traffic_.alerting) name_rules(figures, product.store());
        figures.check("rejected", after.rejections, 0);
        figures.check("new in pages read before", nothing.fresh + nothing.opened, 0);
        return round;
    }

    [[nodiscard]] double events() const { return static_cast<double>(earlier_.records + traffic_.records); }
    [[nodiscard]] double record_bytes() const {
        return static_cast<double>(earlier_.record_bytes + traffic_.record_bytes);
    }

  private:
    [[nodiscard]] fs::path start() const { return folder_.path() / "start.db"; }

    fs::path fresh_copy(const char* name) {
        const fs::path file = folder_.path() / name;
        for (const char* suffix : {"", "-wal", "-shm"})
            fs::remove(file.string() + suffix);
        fs::copy_file(start(), file);
        return file;
    }

    Took run_floor() {
        Floor floor{fresh_copy("floor.db")};
        const Stopwatch watch;
        for (std::size_t i = 0; i < padded_.size(); ++i)
            floor.take(traffic_.pages[i].feed, padded_[i], now_);
        return watch.took();
    }

    // What the store does for every record so that nobody can change it unseen, and for nothing else.
    [[nodiscard]] double digests(Figures& figures) const {
        const Stopwatch watch;
        unsigned octets = 0;
        for (const Page& page : split_) {
            for (const std::string_view raw : page.records)
                octets += sha256(raw).front();
        }
        const double took = watch.took().cpu;
        if (octets == 0) figures.remark("no record was digested");
        return took;
    }

    // Which rules tell of traffic that should be ordinary.
    static void name_rules(Figures& figures, Store& store) {
        std::map<std::string, int> rules;
        for (const AlertRow& alert : test::must(store.alerts({.limit = 100'000})))
            ++rules[alert.rule_name];
        for (const auto& [rule, alerts] : rules)
            figures.remark(std::to_string(alerts) + " by " + rule);
    }

    std::pair<Took, Ingested> feed(Product& product, const Traffic& traffic) {
        // As they come from the network: owned by the page, with room to spare, because they grew piece by
        // piece.
        std::vector<std::string> bodies;
        for (const TrafficPage& page : traffic.pages) {
            bodies.emplace_back().reserve(page.body.size() + simdjson::SIMDJSON_PADDING);
            bodies.back() = page.body;
        }
        Ingested sum;
        const Stopwatch watch;
        for (std::size_t i = 0; i < bodies.size(); ++i) {
            const Ingested page = product.take(traffic.pages[i].feed, std::move(bodies[i]), now_);
            sum.fresh += page.fresh;
            sum.opened += page.opened;
        }
        return {watch.took(), sum};
    }

    const Traffic& earlier_;
    const Traffic& traffic_;
    std::shared_ptr<const IngestContext> context_;
    std::vector<simdjson::padded_string> padded_;
    std::vector<Page> split_;
    test::TempFolder folder_;
    Instant now_ = at("2026-11-21T20:05:00Z");
};

template <class Value>
double median_of(const std::vector<Round>& all, Value value) {
    std::vector<double> values;
    for (const Round& round : all)
        values.push_back(value(round));
    return median(std::move(values));
}

void print(Figures& figures, const Pipeline& pipeline, const std::vector<Round>& all, double records) {
    const auto micros = [&](double seconds) { return seconds * 1e6 / records; };
    figures.tell("floor, wall", micros(median_of(all, [](const Round& r) { return r.floor.wall; })),
                 "us/record");
    figures.tell("floor, CPU", micros(median_of(all, [](const Round& r) { return r.floor.cpu; })),
                 "us/record");
    const double wall = median_of(all, [](const Round& r) { return r.product.wall; });
    const double cpu = median_of(all, [](const Round& r) { return r.product.cpu; });
    figures.tell("product, wall", micros(wall), "us/record");
    figures.tell("product, CPU", micros(cpu), "us/record");
    figures.tell("of which digests for the evidence chain, CPU",
                 micros(median_of(all, [](const Round& r) { return r.evidence; })), "us/record");
    figures.tell("product / floor, wall",
                 median_of(all, [](const Round& r) { return r.product.wall / r.floor.wall; }), "x");
    figures.tell("product / floor, CPU",
                 median_of(all, [](const Round& r) { return r.product.cpu / r.floor.cpu; }), "x");
    figures.at_most("product without evidence / floor, CPU",
                    median_of(all, [](const Round& r) { return (r.product.cpu - r.evidence) / r.floor.cpu; }),
                    goal_ratio, "x");
    figures.at_most("evidence / product, CPU",
                    median_of(all, [](const Round& r) { return r.evidence / r.product.cpu; }), goal_evidence,
                    "x");
    figures.at_least("records on one core, wall", records / wall, goal_records_per_second, "/s");
    figures.at_least("records for a second of CPU", records / cpu, goal_records_per_second, "/s");
    figures.at_most("a page read before / a new page, CPU",
                    median_of(all, [](const Round& r) { return r.duplicates.cpu / r.product.cpu; }),
                    goal_duplicates, "x");
    const double bytes = median_of(all, [](const Round& r) { return r.bytes; });
    figures.at_most("on disk, dictionaries and indexes included", bytes / pipeline.events(),
                    goal_bytes_per_event, "B/event");
    figures.at_most("on disk / as received", bytes / pipeline.record_bytes(), goal_bytes_ratio, "x");
}

}  // namespace

double measure_pipeline(Figures& figures, const Traffic& earlier, const Traffic& traffic) {
    figures.section(
        "Ingest: 20,000 records, one core, synchronous FULL, one transaction a page; medians of 7 rounds");
    const OneCore pinned;
    Pipeline pipeline{earlier, traffic};
    const Took first = pipeline.prepare();
    figures.tell("first 8,000 records of an empty store, training included, CPU",
                 first.cpu * 1e6 / static_cast<double>(earlier.records), "us/record");
    std::vector<Round> all;
    for (int i = 0; i < rounds; ++i)
        all.push_back(pipeline.round(figures, i == 0));
    print(figures, pipeline, all, static_cast<double>(traffic.records));
    return median_of(all, [](const Round& r) { return r.product.cpu; }) * 1e6 /
           static_cast<double>(traffic.records);
}

}  // namespace entrawatch::bench
