// chain_body: what an entry says, as text: a line for each table, `<table> <rows> … <digest>`.
//
// Rows are numbers, `17`; runs of them, `17..42`; or pairs for tables whose key has two parts, `17,3`. An
// `event` is named by its number in its first revision, and as `17,3` in its third. Pure; reading takes
// whatever a file holds. Used by chain (writes) and chain_verify (reads).
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/digest.hpp"
#include "core/base/error.hpp"

namespace entrawatch {

struct ChainKey {
    std::int64_t first = 0;
    std::int64_t second = 0;  // 0: the key has one part
    // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the generated comparison for a null pointer.
    friend auto operator<=>(const ChainKey&, const ChainKey&) = default;
    friend bool operator==(const ChainKey&, const ChainKey&) = default;
};
// "17" or "17,3"
[[nodiscard]] std::string to_text(const ChainKey& key);
// Before every key there is.
inline constexpr ChainKey very_first_key{std::numeric_limits<std::int64_t>::min(), 0};

struct ChainRun {  // from `from` to `to`, both included; of a pair there is one
    ChainKey from;
    std::int64_t to = 0;
    friend bool operator==(const ChainRun&, const ChainRun&) = default;
};

struct ChainLine {
    std::string table;
    std::vector<ChainRun> rows;
    Sha256 digest{};
    // More than one row: the entry keeps a hint for each of them.
    [[nodiscard]] bool several() const;
};

// `keys` in order.
void append_line(std::string& body, std::string_view table, std::span<const ChainKey> keys,
                 const Sha256& digest);

[[nodiscard]] Result<std::vector<ChainLine>> read_body(std::string_view body);

}  // namespace entrawatch
