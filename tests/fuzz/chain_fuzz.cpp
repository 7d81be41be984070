// Any octets as an entry of the chain, a point of it and public keys: no crash; what is read is written
// alike.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/base/ed25519.hpp"
#include "core/store/chain_body.hpp"
#include "core/store/chain_point.hpp"

namespace {

using namespace entrawatch;

void must(bool holds) {
    if (!holds) std::abort();
}

void check_body(const std::string& text) {
    const auto lines = read_body(text);
    if (!lines) return;
    for (const ChainLine& line : *lines) {
        must(!line.table.empty() && !line.rows.empty());
        for (const ChainRun& run : line.rows)
            must(run.to >= run.from.first && run.from.first >= 0);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{reinterpret_cast<const char*>(data), size};
    check_body(text);
    if (const auto point = read_chain_point(text))
        must(read_chain_point(to_text(*point))->hash == point->hash);
    static_cast<void>(read_public_keys(text));
    return 0;
}
