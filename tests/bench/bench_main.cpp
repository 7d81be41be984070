// entrawatch-bench: ratios to floors that are measured in the same run, because machines differ.
//
// A missed goal does not fail the run; a wrong result does. Without arguments it takes about a minute;
// `--questions N` measures the questions alone, on a store of N events below $TMPDIR (10 million: 8 GB),
// `--many-tenants` 300 tenants in one daemon, in about 15 minutes.
#include <charconv>
#include <cstdio>
#include <exception>
#include <optional>
#include <span>
#include <string_view>

#include "tests/bench/benches.hpp"
#include "tests/support/temp_store.hpp"

namespace {

using namespace entrawatch;

constexpr std::int64_t records = 20'000;
constexpr std::int64_t alerting = 100;
constexpr std::int64_t stored_events = 100'000;

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
    bench::measure_questions(figures, stored_events);
}

// N of `--questions N`; nullopt for anything else.
std::optional<std::int64_t> asked_size(std::span<char*> arguments) {
    if (arguments.size() != 3 || std::string_view{arguments[1]} != "--questions") return std::nullopt;
    const std::string_view text{arguments[2]};
    std::int64_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    return is_number && size > 0 ? std::optional{size} : std::nullopt;
}

}  // namespace

int main(int count, char** words) {
    const std::span<char*> arguments{words, static_cast<std::size_t>(count)};
    const bool many_tenants = arguments.size() == 2 && std::string_view{arguments[1]} == "--many-tenants";
    const auto size = asked_size(arguments);
    if (!size && !many_tenants && arguments.size() > 1) {
        std::fprintf(stderr, "entrawatch-bench [--questions N | --many-tenants]\n");
        return 64;
    }
    bench::Figures figures;
    try {
        if (many_tenants) {
            bench::measure_many_tenants(figures);
        } else if (size) {
            bench::measure_questions(figures, *size);
        } else {
            run(figures);
        }
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
