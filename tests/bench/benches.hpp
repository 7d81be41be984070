// The benchmarks, each in its own file. Every one prints its figures and checks that what it measured is
// right. Used by bench_main.
#pragma once

#include <cstdint>

#include "tests/bench/figures.hpp"
#include "tests/bench/traffic.hpp"

namespace entrawatch::bench {

// Records per second through split, normalise, look-up, store and rules, against the floor; bytes on disk;
// pages that were read before. Returns the product's CPU time of a record in microseconds.
double measure_pipeline(Figures& figures, const Traffic& earlier, const Traffic& traffic);
// Megabytes a second through `verify`.
void measure_verify(Figures& figures, const Traffic& traffic);
// evaluate() with the shipped rules and with 50, 150, 500 and 1,500. `pipeline`: what measure_pipeline
// returned.
void measure_rules(Figures& figures, const Traffic& traffic, double pipeline);
// From the commit of a page to the POST at the receiver, by the real worker over TLS.
void measure_latency(Figures& figures);
// Time to the first row and to the last, and memory, of an auditor's questions on a store of `count` events.
void measure_questions(Figures& figures, std::int64_t count);
// The idle daemon's memory.
void measure_memory(Figures& figures);
// What 300 tenants cost, and whether some make others wait. Takes about 15 minutes.
void measure_many_tenants(Figures& figures);

}  // namespace entrawatch::bench
