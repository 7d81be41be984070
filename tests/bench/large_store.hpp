// A store of many events over 400 days, made fast: real-sized records of traffic.hpp, each taken again and
// again with an id, a correlation id, a time and now and then an address of its own. No rules run: what is
// measured is how it is read.
//
// Used by questions_bench.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/store/store.hpp"

namespace entrawatch::bench {

struct LargeStore {
    Span span;           // of event times
    std::string person;  // user principal names and ids that a question can be about, neither the busiest
    std::string application;  // nor the rarest
    std::string role;
    std::string address;
    std::string network;         // CIDR
    std::string correlation_id;  // of two records
    std::string rare_text;       // in the raw octets of `rare` records
    std::int64_t events = 0, role_changes = 0, rare = 0;
};

// Fills the store at `file`; throws std::runtime_error when it refuses.
[[nodiscard]] LargeStore make_large_store(const std::filesystem::path& file, std::int64_t events);

}  // namespace entrawatch::bench
