// A walk over pages is a snapshot behind tokens that die, and may meet empty, short and hostile links.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "core/base/percent.hpp"
#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::minutes;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class PagingTest : public testing::Test {
  protected:
    PagingTest() {
        tenant_.options().enforce_limits = false;
        for (int i = 0; i < 25; ++i)
            add("row" + std::to_string(i), noon() - minutes{i});
    }
    void add(const std::string& id, Instant time) {
        ASSERT_TRUE(tenant_.add(FeedId::directory_audits, audit_at(time, id), time));
    }
    struct Walk {
        std::vector<std::string> ids;
        int pages = 0, empty_pages = 0, short_pages = 0;
        bool last_was_empty = false;
    };
    Walk walk(const std::string& first) {
        Walk walk;
        for (std::string target = first; !target.empty() && walk.pages < 1000;) {
            const Document page = asker_.page(target, noon());
            const auto ids = ids_of(page);
            walk.ids.insert(walk.ids.end(), ids.begin(), ids.end());
            ++walk.pages;
            walk.empty_pages += ids.empty() ? 1 : 0;
            walk.short_pages += ids.size() < 4 ? 1 : 0;
            walk.last_was_empty = ids.empty();
            target = asker_.next(page);
        }
        return walk;
    }

    Tenant tenant_{11};
    Asker asker_{tenant_};
    const std::string first_ =
        audits_path + "?$top=10&$filter=" + percent_encoded("category eq 'UserManagement'");
};

TEST_F(PagingTest, WalksEveryRowOnce) {
    const Walk walked = walk(first_);
    EXPECT_EQ(walked.pages, 3);
    EXPECT_EQ(walked.ids.size(), 25U);
    EXPECT_EQ(std::set<std::string>(walked.ids.begin(), walked.ids.end()).size(), 25U);
    EXPECT_EQ(walked.ids.front(), "row0");
    EXPECT_EQ(walked.ids.back(), "row24");
}

TEST_F(PagingTest, KeepsRowsThatAppearOrChangeDuringTheWalkOutOfIt) {
    const Document page1 = asker_.page(first_, noon());
    add("new", noon() - minutes{12});
    ASSERT_TRUE(tenant_.revise(FeedId::directory_audits, "row15",
                               audit_at(noon() - minutes{15}, "row15", "changed"), noon()));
    const auto page2 = asker_.get(asker_.next(page1), noon());
    EXPECT_EQ(ids_of(Document::parse(page2.body)).front(), "row10");
    EXPECT_THAT(page2.body, testing::Not(HasSubstr("changed")));
    EXPECT_THAT(page2.body, testing::Not(HasSubstr("\"new\"")));
    EXPECT_EQ(walk(first_).ids.size(), 26U);  // the next walk has it
}

TEST_F(PagingTest, GivesTheSamePageForTheSameLink) {
    tenant_.options().shrink_pages = true;
    tenant_.options().empty_pages = true;
    std::string target = first_;
    for (int pages = 0; !target.empty() && pages < 100; ++pages) {
        const Document page = asker_.page(target, noon());
        if (pages > 0) {
            EXPECT_EQ(page, asker_.page(target, noon()));
        }
        target = asker_.next(page);
    }
    EXPECT_EQ(target, "");
}

TEST_F(PagingTest, EchoesTheQueryAndEncodesTheNameOfTheToken) {
    const std::string link = asker_.page(first_, noon()).at("@odata.nextLink");
    EXPECT_THAT(link, StartsWith(tenant_.options().base_url + "/v1.0/auditLogs/directoryaudits?"));
    EXPECT_THAT(link, HasSubstr("%24skiptoken="));
    EXPECT_THAT(link, HasSubstr("UserManagement"));
    EXPECT_THAT(link, HasSubstr("%24top=10"));
}

TEST_F(PagingTest, MayLeavePagesEmptyAndStillGoOn) {
    tenant_.options().empty_pages = true;
    const Walk walked = walk(audits_path + "?$top=2");
    EXPECT_EQ(walked.ids.size(), 25U);
    EXPECT_GT(walked.empty_pages, 0);
}

TEST_F(PagingTest, MayEndInAnEmptyPage) {
    tenant_.options().empty_pages = true;
    bool seen = false;
    for (int attempt = 0; attempt < 50 && !seen; ++attempt)
        seen = walk(audits_path).last_was_empty;
    EXPECT_TRUE(seen);
}

TEST_F(PagingTest, MayShrinkPages) {
    tenant_.options().shrink_pages = true;
    const Walk walked = walk(audits_path + "?$top=8");
    EXPECT_EQ(walked.ids.size(), 25U);
    EXPECT_GT(walked.pages, 4);
    EXPECT_GT(walked.short_pages, 0);
}

TEST_F(PagingTest, LetsTokensDieOfAgeInThreeWordings) {
    const std::string next = asker_.next(asker_.page(first_, noon()));
    EXPECT_EQ(asker_.get(next, noon() + minutes{5} - Ticks{1}).status, 200);
    std::vector<std::string> texts;
    for (int i = 0; i < 3; ++i) {
        const auto refused = asker_.get(next, noon() + minutes{5});
        EXPECT_EQ(refused.status, 400);
        texts.push_back(error_message(refused));
    }
    EXPECT_THAT(texts, ElementsAre("Skip token is null.", "Invalid Skip Token",
                                   "Token not found: token is either invalid or expired"));
}

TEST_F(PagingTest, LetsTokensDieAtOnceWhenTold) {
    const std::string next = asker_.next(asker_.page(first_, noon()));
    tenant_.kill_skip_tokens();
    EXPECT_EQ(asker_.get(next, noon()).status, 400);
}

TEST_F(PagingTest, RefusesTokensItNeverGave) {
    for (const char* token :
         {"", "nonsense", "00000000000000000000000000000000_1_10", "x_1", "x_y_z", "_1_1"}) {
        EXPECT_EQ(asker_.get(audits_path + "?$skiptoken=" + token, noon()).status, 400) << token;
    }
}

TEST_F(PagingTest, MakesLinksOfTwelveKibibytesWhenAskedTo) {
    tenant_.options().long_links = true;
    const Document page = asker_.page(first_, noon());
    EXPECT_GT(page.at("@odata.nextLink").get<std::string>().size(), 12UL * 1024UL);
    EXPECT_EQ(walk(first_).ids.size(), 25U);
}

TEST_F(PagingTest, PointsLinksElsewhereWhenAskedTo) {
    tenant_.options().next_link_trick = NextLinkTrick::to_foreign_host;
    EXPECT_THAT(asker_.page(first_, noon()).at("@odata.nextLink").get<std::string>(),
                StartsWith("https://graph.elsewhere.example/"));
    tenant_.options().next_link_trick = NextLinkTrick::to_plain_http;
    EXPECT_THAT(asker_.page(first_, noon()).at("@odata.nextLink").get<std::string>(), StartsWith("http://"));
    tenant_.options().next_link_trick = NextLinkTrick::none;
    const std::string second = asker_.next(asker_.page(first_, noon()));
    tenant_.options().next_link_trick = NextLinkTrick::to_itself;
    EXPECT_EQ(asker_.next(asker_.page(second, noon())),
              asker_.next(asker_.page(asker_.next(asker_.page(second, noon())), noon())));
}

}  // namespace
}  // namespace entrawatch::simulator
