#include "daemon/head_report.hpp"

#include <gmock/gmock.h>

#include "alerts/payload/native.hpp"
#include "core/store/chain_verify.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/temp_store.hpp"
#include "tests/support/times.hpp"

namespace entrawatch::test {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class HeadReports : public ::testing::Test {
  protected:
    HeadReports() { sign(ten); }
    void sign(Instant now) {
        must(store->add_audit({now, "root", "x", "y", "z"}));
        must(store->sign_chain(key, now));
    }
    std::map<std::string, int> report(Instant now, std::vector<std::string> to = {"soc", "vault", "other"}) {
        return report_to(*store, now, std::move(to));
    }
    std::map<std::string, int> report_to(Store& asked, Instant now, std::vector<std::string> to) {
        return must(
            report_head(asked, {{"contoso", "11111111-2222-3333-4444-555555555555", {}},
                                std::move(to),
                                {{"soc", Severity::critical, {}},
                                 {"vault", Severity::high, {"contoso"}},
                                 {"other", Severity::low, {"fabrikam"}},
                                 {"pager", Severity::low, {}}},
                                hours{24},
                                now,
                                [this] { return std::string(9, 'x') + static_cast<char>(++dice_); }}));
    }
    // What a destination has kept by now.
    std::string kept() {
        std::string all;
        for (const std::string& body : plain_sql(store.file(), "SELECT body FROM notification ORDER BY id"))
            all += body + "\n";
        return all;
    }

    Ed25519Key key = must(Ed25519Key::from_seed(std::string(32, 'k')));
    TempStore store;
    char dice_ = 'a';
};

TEST_F(HeadReports, GoToTheDestinationsOfTheSettingThatTakeTheTenant) {
    EXPECT_THAT(report(ten), ElementsAre(Pair("soc", 1), Pair("vault", 1)));
    EXPECT_THAT(plain_sql(store.file(), "SELECT DISTINCT type FROM deliveries"), ElementsAre("digest"));
    EXPECT_THAT(plain_sql(store.file(), "SELECT state FROM alerts"), ElementsAre("resolved"));
    EXPECT_THAT(report(ten + hours{48}, {}), IsEmpty());
}

TEST_F(HeadReports, GoOnceInAnInterval) {
    report(ten);
    EXPECT_THAT(report(ten + hours{23}), IsEmpty());
    EXPECT_THAT(report(ten + hours{24}), ElementsAre(Pair("soc", 1), Pair("vault", 1)));
}

TEST_F(HeadReports, WaitForTheFirstSignature) {
    TempStore unsigned_store;
    EXPECT_THAT(report_to(*unsigned_store, ten, {"soc"}), IsEmpty());
}

TEST_F(HeadReports, ShowThatADatabaseWasPutBack) {
    must(store->checkpoint());
    const TempFolder folder;
    const auto old = folder.path() / "old.db";
    std::filesystem::copy_file(store.file(), old);
    sign(ten + hours{1});
    report(ten + hours{2});
    const VerifyInput input{old, {key.public_key()}, find_heads(kept())};
    ASSERT_FALSE(input.known.empty());
    EXPECT_EQ(input.known[0].tenant, "contoso");
    EXPECT_THAT(must(verify_chain(input, {})).broken.value_or(""),
                testing::HasSubstr("the end was cut off after entry "));
    must(store->checkpoint());
    EXPECT_EQ(must(verify_chain({store.file(), {key.public_key()}, input.known}, {})).broken.value_or(""),
              "");
}

TEST_F(HeadReports, CarryTheSignatureOfWhatTheySay) {
    report(ten);
    const auto context =
        nlohmann::json::parse(plain_value(store.file(), "SELECT data FROM alert"))["context"];
    const SignedHead head = *must(store->signed_head());
    EXPECT_EQ(context["evidence_head"], "contoso@" + to_text(head.point));
    EXPECT_EQ(context["signing_key"], key.public_key().id());
    EXPECT_EQ(context["signature"], to_hex(head.signature));
}

}  // namespace
}  // namespace entrawatch::test
