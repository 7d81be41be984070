#include "daemon/watch_report.hpp"

#include <gmock/gmock.h>

#include "tests/support/plain_sql.hpp"
#include "tests/support/temp_store.hpp"
#include "tests/support/times.hpp"

namespace entrawatch::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class WatchReports : public ::testing::Test {
  protected:
    std::map<std::string, int> report(std::vector<WatchVerdict> verdicts, Instant now = ten) {
        return must(
            report_watch(*store, {{"contoso", "11111111-2222-3333-4444-555555555555", {}},
                                  {{"soc", Severity::informational, {}}, {"pager", Severity::high, {}}},
                                  std::move(verdicts),
                                  now,
                                  [this] { return std::string(9, 'x') + static_cast<char>(++dice_); }}));
    }
    static WatchVerdict of(std::string subject, WatchState state, Severity severity = Severity::high) {
        return {std::move(subject), state, severity, "it is silent", {}};
    }
    std::vector<std::string> told() {
        return plain_sql(store.file(), "SELECT type || ' ' || destination FROM deliveries ORDER BY id, 1");
    }

    TempStore store;
    char dice_ = 'a';
};

TEST_F(WatchReports, TellOfATroubleOnceAndOfItsEnd) {
    EXPECT_THAT(report({of("feed a", WatchState::degraded)}), ElementsAre(Pair("pager", 1), Pair("soc", 1)));
    EXPECT_THAT(report({of("feed a", WatchState::degraded)}), IsEmpty()) << "once";
    EXPECT_THAT(report({of("feed a", WatchState::unknown)}), IsEmpty()) << "after a restart nobody knows yet";
    EXPECT_THAT(report({of("feed a", WatchState::well)}, noon),
                ElementsAre(Pair("pager", 1), Pair("soc", 1)));
    EXPECT_THAT(report({of("feed a", WatchState::well)}, noon), IsEmpty());
    EXPECT_THAT(plain_sql(store.file(), "SELECT DISTINCT type FROM deliveries ORDER BY 1"),
                ElementsAre("watch.degraded", "watch.recovered"));
    EXPECT_THAT(plain_sql(store.file(), "SELECT state FROM alerts"), ElementsAre("resolved"));
}

TEST_F(WatchReports, KeepTroublesApart) {
    EXPECT_THAT(report({of("feed a", WatchState::degraded), of("feed b", WatchState::degraded)}),
                ElementsAre(Pair("pager", 2), Pair("soc", 2)));
    EXPECT_THAT(report({of("feed a", WatchState::well), of("feed b", WatchState::degraded)}),
                ElementsAre(Pair("pager", 1), Pair("soc", 1)));
}

TEST_F(WatchReports, BeginAnewWhenItComesBack) {
    report({of("feed a", WatchState::degraded)});
    report({of("feed a", WatchState::well)});
    EXPECT_THAT(report({of("feed a", WatchState::degraded)}, noon),
                ElementsAre(Pair("pager", 1), Pair("soc", 1)));
}

TEST_F(WatchReports, EndWhatIsNotWatchedAnyMore) {
    report({of("feed a", WatchState::degraded)});
    EXPECT_THAT(report({}), ElementsAre(Pair("pager", 1), Pair("soc", 1)));
}

TEST_F(WatchReports, TellTheEndToThoseWhoHeardOfTheBeginning) {
    EXPECT_THAT(report({of("feed a", WatchState::degraded, Severity::low)}), ElementsAre(Pair("soc", 1)));
    EXPECT_THAT(report({of("feed a", WatchState::well)}), ElementsAre(Pair("soc", 1)));
}

TEST_F(WatchReports, AreRememberedOverARestart) {
    report({of("feed a", WatchState::degraded)});
    store.reopen();
    EXPECT_THAT(report({of("feed a", WatchState::degraded)}), IsEmpty());
}

TEST_F(WatchReports, EndWhatAPersonHasAcknowledgedAndLeaveWhatAPersonResolved) {
    report({of("feed a", WatchState::degraded)});
    plain_sql(store.file(), "UPDATE alert SET state = 'acknowledged'");
    EXPECT_EQ(report({of("feed a", WatchState::well)}).size(), 2U);
    report({of("feed a", WatchState::degraded)}, noon);
    plain_sql(store.file(), "UPDATE alert SET state = 'resolved'");
    EXPECT_THAT(report({of("feed a", WatchState::well)}, noon), IsEmpty());
}

}  // namespace
}  // namespace entrawatch::test
