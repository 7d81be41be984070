#include "core/store/chain_verify.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "core/store/migrate.hpp"
#include "tests/support/evidence_store.hpp"

namespace entrawatch::test {
namespace {

using ::testing::HasSubstr;

std::string octets_of(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{in}, {}};
}

TEST(ChainVerify, FindsNothingInADatabaseThatNobodyTouched) {
    const EvidenceStore store;
    const VerifyReport report = EvidenceStore::verify(store.file());
    EXPECT_EQ(report.broken.value_or(""), "");
    EXPECT_EQ(report.tenant, "contoso");
    EXPECT_EQ(report.checkpoints, 2);
    EXPECT_EQ(report.signed_to->entry + 1, report.head.entry);
    EXPECT_EQ(report.signed_to->at, at("2026-11-22T10:05:00Z"));
    EXPECT_EQ(report.done.events, 8);
    EXPECT_GT(report.rows, 60);
    EXPECT_GT(report.done.bytes, 300);
}

TEST(ChainVerify, FindsNothingAfterRestartsAndInAnEmptyDatabase) {
    TempStore store;
    must(store->sign_chain(evidence_key(), at("2026-11-22T00:00:00Z")));
    store.reopen();
    must(store->put_event(sign_in("a", "2026-11-22T09:00:00Z"), "{}", at("2026-11-22T09:00:00Z")));
    store.reopen();
    EXPECT_EQ(EvidenceStore::verify(store.file()).broken.value_or(""), "");
}

TEST(ChainVerify, FindsNothingAfterAMessageWasToldInALaterOne) {
    const EvidenceStore store;
    {
        Store writer = store.open();
        const auto opened = promise(writer, "alrt_1", {"soc"}, store.now);
        const auto acknowledged = promise(writer, "alrt_1", {"soc"}, store.now);
        const auto resolved = promise(writer, "alrt_1", {"soc"}, store.now);
        const auto notification_of = [&](std::int64_t delivery) {
            for (const DeliveryRow& row : must(writer.deliveries_of("alrt_1")))
                if (row.id == delivery) return row.notification;
            return std::int64_t{0};
        };
        must(writer.tell_in(opened[0], notification_of(acknowledged[0]), "superseded"));
        must(writer.tell_in(acknowledged[0], notification_of(resolved[0]), "superseded"));
        must(writer.sign_chain(evidence_key(), store.now + std::chrono::minutes{10}));
    }
    EXPECT_EQ(plain_value(store.file(), "SELECT count(*) FROM delivery WHERE state = 'superseded'"), "2");
    EXPECT_EQ(EvidenceStore::verify(store.file()).broken.value_or(""), "");
}

TEST(ChainVerify, ReadsBesideAWriterAndLeavesTheFileAsItIs) {
    const EvidenceStore store;
    Store writer = store.open();
    must(writer.add_audit({store.now, "root", "x", "y", "z"}));
    const std::string before = octets_of(store.file());
    auto open = must(writer.begin());
    must(writer.add_audit({store.now, "root", "not committed", "y", "z"}));
    EXPECT_EQ(EvidenceStore::verify(store.file()).broken.value_or(""), "");
    EXPECT_EQ(octets_of(store.file()), before);
}

TEST(ChainVerify, ReadsACopyInAFolderThatTakesNoWrites) {
    const EvidenceStore store;
    const TempFolder folder;
    std::filesystem::copy_file(store.file(), folder.path() / "copy.db");
    std::filesystem::permissions(folder.path(), std::filesystem::perms{0500});
    EXPECT_EQ(EvidenceStore::verify(folder.path() / "copy.db").broken.value_or(""), "");
}

TEST(ChainVerify, CountsEntriesThatAreNotSignedYet) {
    const EvidenceStore store;
    {
        Store more = store.open();
        must(more.add_audit({store.now, "root", "x", "y", "z"}));
        must(more.add_audit({store.now, "root", "x", "y", "z"}));
    }
    const VerifyReport report = EvidenceStore::verify(store.file());
    EXPECT_EQ(report.broken.value_or(""), "");
    EXPECT_EQ(report.head.entry - report.signed_to->entry, 3);
}

TEST(ChainVerify, SignsOnlyWhatIsNotSignedYet) {
    TempStore store;
    const Instant now = at("2026-11-22T00:00:00Z");
    EXPECT_TRUE(must(store->sign_chain(evidence_key(), now)));
    EXPECT_FALSE(must(store->sign_chain(evidence_key(), now)));
    must(store->probe(now));
    EXPECT_FALSE(must(store->sign_chain(evidence_key(), now))) << "nothing of the chain changed";
    must(store->add_audit({now, "root", "x", "y", "z"}));
    EXPECT_TRUE(must(store->sign_chain(evidence_key(), now)));
}

TEST(ChainVerify, TakesInWhatADatabaseHeldBeforeItHadAChain) {
    const EvidenceStore store;
    // The same rows, as the program wrote them that knew no chain.
    const auto old = store.altered(
        "DELETE FROM chain_checkpoint; DELETE FROM chain; DELETE FROM prune_receipt; DELETE FROM "
        "configuration; DELETE FROM "
        "configuration_text;"
        "DELETE FROM property WHERE name = 'chained_version'; UPDATE event_revision SET row_sha256 = NULL");
    EXPECT_THAT(EvidenceStore::verify(old).broken.value_or(""),
                HasSubstr("no entry of the chain wrote this row"));
    {
        Store opened = must(Store::open({.file = old, .tenant = "contoso"}, store.now));
        must(opened.put_event(risk_detection("risk-1", "2026-11-22T07:00:00Z", "2026-11-22T09:30:00Z"), "{}",
                              store.now));
        must(opened.sign_chain(evidence_key(), store.now));
    }
    EXPECT_EQ(EvidenceStore::verify(old).broken.value_or(""), "");
}

TEST(ChainVerify, NeedsTheKeyThatSigned) {
    const EvidenceStore store;
    VerifyInput input{store.file(), {evidence_key('x').public_key()}, {}};
    EXPECT_THAT(must(verify_chain(input, {})).broken.value_or(""), HasSubstr("which is not the one given"));
    input.keys.push_back(evidence_key().public_key());
    EXPECT_FALSE(must(verify_chain(input, {})).broken);
}

TEST(ChainVerify, TakesAChainThatTwoKeysSigned) {
    const EvidenceStore store;
    {
        Store more = store.open();
        must(more.add_audit({store.now, "root", "x", "y", "z"}));
        must(more.sign_chain(evidence_key('n'), store.now));
    }
    const VerifyInput input{store.file(), {evidence_key('n').public_key(), evidence_key().public_key()}, {}};
    EXPECT_FALSE(must(verify_chain(input, {})).broken);
    EXPECT_TRUE(EvidenceStore::verify(store.file()).broken);
}

TEST(ChainVerify, HoldsTheChainAgainstAHeadThatWasKeptElsewhere) {
    const EvidenceStore store;
    const ChainPoint head = EvidenceStore::verify(store.file()).head;
    EXPECT_FALSE(EvidenceStore::verify(store.file(), {{head}}).broken);
    ChainPoint other = head;
    other.hash[5] ^= 1U;
    EXPECT_THAT(*EvidenceStore::verify(store.file(), {{other}}).broken, HasSubstr("the chain was made anew"));
    const KnownHead later{{head.entry + 1, head.hash}, "contoso"};
    EXPECT_THAT(*EvidenceStore::verify(store.file(), {later}).broken,
                HasSubstr("the end was cut off after entry " + std::to_string(head.entry)));
    EXPECT_FALSE(EvidenceStore::verify(store.file(), {{later.point, "fabrikam"}}).broken);
}

TEST(ChainVerify, SaysThatThereIsNoFileOrANewerProgramWroteIt) {
    const EvidenceStore store;
    const auto missing = verify_chain({store.folder() / "none.db", {}, {}}, {});
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::not_found);
    const auto newer = verify_chain({store.altered("PRAGMA user_version = 999"), {}, {}}, {});
    ASSERT_FALSE(newer);
    EXPECT_EQ(newer.error().code, ErrorCode::refused);
}

TEST(ChainVerify, TellsHowFarItIs) {
    const EvidenceStore store;
    std::vector<std::string> stages;
    const VerifyInput input{store.file(), {evidence_key().public_key()}, {}};
    must(verify_chain(input, [&](const VerifyProgress& progress) { stages.push_back(progress.stage); }));
    EXPECT_THAT(stages, ::testing::Contains("structure of the file"));
    EXPECT_THAT(stages, ::testing::Contains("counters and coverage"));
}

}  // namespace
}  // namespace entrawatch::test
