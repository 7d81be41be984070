// How fast `verify` reads a store: every row and every octet as received.
#include <utility>

#include "core/store/chain_verify.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/product.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::bench {
namespace {

constexpr int rounds = 5;
constexpr double goal_megabytes = 300;

}  // namespace

void measure_verify(Figures& figures, const Traffic& traffic) {
    figures.section("Verifying the evidence chain: 20,000 records, one core; medians of 5 rounds");
    const OneCore pinned;
    const test::TempFolder folder;
    const auto file = folder.path() / "verified.db";
    const Instant now = at("2026-11-21T20:05:00Z");
    const auto key = test::must(Ed25519Key::from_seed(std::string(32, 'k')));
    {
        Product product{file, make_context()};
        for (const TrafficPage& page : traffic.pages)
            static_cast<void>(product.take(page.feed, page.body, now));
        test::must(product.store().sign_chain(key, now));
    }
    std::vector<double> walls;
    VerifyReport report;
    for (int i = 0; i < rounds; ++i) {
        const Stopwatch watch;
        report = test::must(verify_chain({file, {key.public_key()}, {}}, {}));
        walls.push_back(watch.took().wall);
    }
    if (report.broken) figures.remark(*report.broken);
    figures.check("broken", report.broken ? 1 : 0, 0);
    figures.check("events verified", report.done.events, traffic.records);
    const double wall = median(std::move(walls));
    figures.at_least("octets as received", static_cast<double>(report.done.bytes) / 1e6 / wall,
                     goal_megabytes, "MB/s");
    figures.tell("a record", wall * 1e6 / static_cast<double>(traffic.records), "us");
}

}  // namespace entrawatch::bench
