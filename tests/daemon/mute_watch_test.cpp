#include "daemon/mute_watch.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "daemon/enqueue.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/sample_alerts.hpp"
#include "tests/support/sample_mutes.hpp"

namespace entrawatch::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

const TenantName contoso{"contoso", "11111111-2222-3333-4444-555555555555", {}};

class MuteWatch : public ::testing::Test {
  protected:
    MuteWatch() { must(store->insert_mute(sample_mute())); }
    void tell(const std::string& id, std::vector<std::string> destinations,
              std::string_view type = "alert.opened") {
        if (!must(store->alert(id))) must(store->insert_alert(sample_alert(id)));
        const AlertRow alert = must(store->alert(id)).value();
        std::map<std::string, int> due;
        must(enqueue(*store, {type, &alert, std::move(destinations), ten}, due));
    }
    std::map<std::string, int> report(Instant now = noon) {
        return must(report_ended_mutes(*store, contoso, now,
                                       [this] { return std::string(9, 'x') + static_cast<char>(++dice); }));
    }
    std::vector<std::string> sql(const std::string& query) { return plain_sql(store.file(), query); }
    TempStore store;
    char dice = 'a';
};

TEST_F(MuteWatch, ReportsOnceWhatWasHiddenToThoseWhoMissedIt) {
    tell("alrt_1", {"soc", "pager"});
    tell("alrt_2", {"soc"});
    EXPECT_THAT(report(noon - Ticks{1}), IsEmpty()) << "not before its second";
    EXPECT_THAT(report(), ElementsAre(Pair("pager", 1), Pair("soc", 1)));
    EXPECT_THAT(report(), IsEmpty()) << "once";
    EXPECT_THAT(
        sql("SELECT type, destination, state, severity FROM deliveries WHERE type = 'digest' ORDER BY 2"),
        ElementsAre("digest|pager|due|high", "digest|soc|due|high"));
    const auto body = nlohmann::json::parse(
        sql("SELECT body FROM deliveries WHERE type = 'digest' AND destination = 'soc'")[0]);
    EXPECT_EQ(body["data"]["digest"]["notifications"], 2);
    EXPECT_EQ(body["data"]["digest"]["alerts"], 2);
    EXPECT_EQ(body["data"]["rule"]["name"], "entrawatch/mute-ended");
    EXPECT_THAT(sql("SELECT count(*) FROM deliveries WHERE state = 'muted' AND told_in IS NULL"),
                ElementsAre("0"));
    EXPECT_THAT(sql("SELECT actor, action, object FROM audit_trail"),
                ElementsAre("entrawatch|mute ended|mute_1"));
}

TEST_F(MuteWatch, IsSilentAboutAMuteThatHidNothing) {
    EXPECT_THAT(report(), IsEmpty());
    EXPECT_THAT(sql("SELECT count(*) FROM deliveries"), ElementsAre("0"));
    EXPECT_THAT(sql("SELECT detail FROM audit_trail"), ElementsAre("it hid nothing"));
    EXPECT_THAT(report(), IsEmpty());
    EXPECT_THAT(sql("SELECT count(*) FROM audit_trail"), ElementsAre("1"));
}

TEST_F(MuteWatch, ReportsAtOnceWhenTheMuteIsRemoved) {
    tell("alrt_1", {"soc"});
    must(store->remove_mute("mute_1", "bob", "done", ten + std::chrono::minutes{5}));
    EXPECT_THAT(report(ten + std::chrono::minutes{5}), ElementsAre(Pair("soc", 1)));
    EXPECT_NE(
        sql("SELECT summary FROM alerts WHERE rule_name = 'entrawatch/mute-ended'")[0].find("removed by bob"),
        std::string::npos);
}

TEST_F(MuteWatch, ReportsAfterARestart) {
    tell("alrt_1", {"soc"});
    store.reopen();
    EXPECT_THAT(report(), ElementsAre(Pair("soc", 1)));
}

TEST_F(MuteWatch, IsNotMutedItself) {
    tell("alrt_1", {"soc"});
    MuteRow everything = sample_mute("mute_2", "");
    everything.severity_at_most = Severity::critical;
    everything.ends_at = noon + std::chrono::hours{1};
    must(store->insert_mute(everything));
    EXPECT_THAT(report(), ElementsAre(Pair("soc", 1)));
}

}  // namespace
}  // namespace entrawatch::test
