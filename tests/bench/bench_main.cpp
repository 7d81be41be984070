// entrawatch-bench: ratios to floors that are measured in the same run, because machines differ.
//
// A missed goal does not fail the run; a wrong result does. Takes no arguments and about a minute.
#include <cstdio>
#include <exception>

#include "tests/bench/benches.hpp"
#include "tests/support/temp_store.hpp"

namespace {

using namespace entrawatch;

constexpr std::int64_t records = 20'000;
constexpr std::int64_t alerting = 100;

void run(bench::Figures& figures) {
    const bench::Traffic earlier =
        bench::make_traffic({11, 8'000, 0, {at("2026-11-20T06:00:00Z"), at("2026-11-20T18:00:00Z")}});
    const bench::Traffic traffic = bench::make_traffic(
        {12, records, alerting, {at("2026-11-21T02:00:00Z"), at("2026-11-21T20:00:00Z")}});
    figures.section("Traffic (the same octets at every run)");
    figures.check("records", traffic.records, records);
    figures.tell("bytes of a record, average",
                 static_cast<double>(traffic.record_bytes) / static_cast<double>(traffic.records), "B");
    const double pipeline = bench::measure_pipeline(figures, earlier, traffic);
    bench::measure_verify(figures, traffic);
    bench::measure_rules(figures, traffic, pipeline);
    bench::measure_latency(figures);
    bench::measure_memory(figures);
}

}  // namespace

int main() {
    bench::Figures figures;
    try {
        run(figures);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "entrawatch-bench: %s\n", error.what());
        return 1;
    }
    std::printf("\n%d goals missed; results %s.\n", figures.missed(), figures.correct() ? "right" : "WRONG");
    const double load = bench::load_average();
    if (load > 2) {
        std::printf(
            "The load was %.1f: other programs wanted the cores. Trust CPU times and ratios; wall times and "
            "latencies need a quiet machine.\n",
            load);
    }
    return figures.correct() ? 0 : 1;
}
