// chain_hash: what is hashed, octet by octet, so that anybody can do it again with `sha256sum`.
//
// A row is its table's name, a line feed, and its columns in the order of its query file
// (chained_<table>.sql): NULL is `n;`, an integer `i17;`, a text or octets their length and themselves,
// `t5:hello;`, `b2:..;`. The digest of several rows is over their digests, one after the other. An entry is
// hashed as `<hash before>`,
// `<number>` and its body, each on a line of its own. Pure. Used by chain, chain_verify and their tests; the
// manual is README.md. Read next: chain_body.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/digest.hpp"
#include "core/base/time.hpp"
#include "core/store/sqlite.hpp"

namespace entrawatch {

// The hash before the first entry.
inline constexpr Sha256 before_the_chain{};

// Gathers one row after the other; keeps its buffers.
class RowHash {
  public:
    void begin(std::string_view table);
    void add(std::nullopt_t);
    void add(std::int64_t value);
    void add(int value) { add(std::int64_t{value}); }
    void add(Instant value) { add(ticks_of(value)); }
    void add(std::string_view text);
    void add(Blob octets);
    void add(std::monostate) { add(std::nullopt); }
    void add(const AnyValue& value) {
        std::visit([this](const auto& held) { add(held); }, value);
    }
    template <class Value>
    void add(const std::optional<Value>& value) {
        if (value)
            add(*value);
        else
            add(std::nullopt);
    }
    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] Sha256 finish();

  private:
    void add_sized(char kind, std::string_view octets);

    std::string text_;
    Sha256Stream stream_;
};

[[nodiscard]] Sha256 entry_hash(const Sha256& before, std::int64_t entry, std::string_view body);

// What is signed: that the chain of this tenant had this hash at this entry, at this time.
[[nodiscard]] std::string checkpoint_statement(std::string_view tenant, std::int64_t entry,
                                               const Sha256& hash, Instant at);

// The digest that a column holds; all zeros when it is none.
[[nodiscard]] Sha256 digest_from(std::string_view octets);

}  // namespace entrawatch
