// What is hashed, against digests that openssl made of the same octets (the command stands beside each).
#include "core/store/chain_hash.hpp"

#include <gtest/gtest.h>

#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

std::string hex(const Sha256& digest) {
    return to_hex(as_bytes(digest));
}

TEST(ChainHash, WritesARowSoThatNoOtherRowReadsAlike) {
    RowHash row;
    row.begin("audit");
    row.add(1);
    row.add(std::int64_t{-17});
    row.add(std::string_view{"al;ce"});
    row.add(std::nullopt);
    row.add(Blob{std::string_view{"\0\377", 2}});
    row.add(std::string_view{});
    EXPECT_EQ(row.text(), (std::string_view{"audit\ni1;i-17;t5:al;ce;n;b2:\0\377;t0:;", 35}));
    // printf 'audit\ni1;i-17;t5:al;ce;n;b2:\000\377;t0:;' | openssl dgst -sha256
    EXPECT_EQ(hex(row.finish()), "54605283a35bc83d57c7ab100c79bbba11fbe21ba8e30f005fe0279771aa0aac");
}

TEST(ChainHash, TakesValuesAsSqliteHoldsThem) {
    RowHash one;
    one.begin("t");
    one.add(std::optional<std::string_view>{});
    one.add(std::optional<std::int64_t>{5});
    one.add(AnyValue{Blob{"x"}});
    one.add(instant_of(77));
    EXPECT_EQ(one.text(), "t\nn;i5;b1:x;i77;");
}

TEST(ChainHash, BeginsEachRowAfresh) {
    RowHash row;
    row.begin("t");
    row.add(1);
    const Sha256 first = row.finish();
    row.begin("t");
    row.add(1);
    EXPECT_EQ(row.finish(), first);
}

TEST(ChainHash, LinksAnEntryToTheOneBefore) {
    const std::string zeros(64, '0');
    const Sha256 first = entry_hash(before_the_chain, 1, "audit 1 " + zeros + "\n");
    // printf '%064d\n1\naudit 1 %064d\n' 0 0 | openssl dgst -sha256
    EXPECT_EQ(hex(first), "025a0d3640ac13ccef7d10a3bd47005b1543d1cb984f8c5d0abdf2f6c039b0d2");
    // printf "$FIRST\n2\nalert 3 %064d\n" 1 | openssl dgst -sha256
    EXPECT_EQ(hex(entry_hash(first, 2, "alert 3 " + std::string(63, '0') + "1\n")),
              "74d8a58015554e30f2009a80bc9b1eb2133dba199120b4d03ac2097ff0ca11ab");
}

TEST(ChainHash, StatesWhatACheckpointSigns) {
    Sha256 hash{};
    hash.back() = 7;
    EXPECT_EQ(checkpoint_statement("contoso", 120, hash, at("2026-11-22T10:00:00Z")),
              "entrawatch chain checkpoint\ntenant contoso\nentry 120\nhash " + std::string(63, '0') +
                  "7\nat 2026-11-22T10:00:00Z\n");
}

TEST(ChainHash, ReadsADigestOfTheRightLengthOnly) {
    EXPECT_EQ(digest_from(std::string(32, 'a'))[31], 'a');
    EXPECT_EQ(digest_from("short"), Sha256{});
}

}  // namespace
}  // namespace entrawatch::test
