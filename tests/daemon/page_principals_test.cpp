#include "daemon/page_principals.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/records.hpp"

namespace entrawatch {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::set<std::string> unknown(FeedId feed, const std::vector<std::string>& records,
                              DirectoryReading reading = {}) {
    std::string body = R"({"value":[)";
    for (const std::string& record : records)
        body += (body.back() == '[' ? "" : ",") + record;
    const auto page = split_page(body + "]}");
    EXPECT_TRUE(page);
    return unknown_principals(Directory{{}, {}, std::move(reading)}, feed_of(feed), *page);
}

TEST(PagePrincipals, AreWhoActsAndWhomItIsDoneTo) {
    const auto found = unknown(FeedId::directory_audits, {records::role_added({}).json()});
    EXPECT_THAT(
        found, ::testing::UnorderedElementsAre(std::string{records::alice_id}, std::string{records::bob_id}));
}

TEST(PagePrincipals, LeaveOutWhomTheReadingKnows) {
    const std::string bob{records::bob_id};
    DirectoryReading reading;
    reading.emergency = Principals{{bob, {bob, "user", "bob", Known::yes, Known::no, Known::no}}};
    EXPECT_THAT(unknown(FeedId::directory_audits, {records::role_added({}).json()}, reading),
                ElementsAre(std::string{records::alice_id}));
}

TEST(PagePrincipals, AreNotAskedOfSignInsAndSurviveWhatIsNoRecord) {
    EXPECT_THAT(unknown(FeedId::sign_ins_interactive, {records::SignIn{}.json()}), IsEmpty());
    EXPECT_THAT(unknown(FeedId::directory_audits,
                        {"7", "{}", R"({"id":"x","initiatedBy":{"user":{"id":"no-guid"}}})"}),
                IsEmpty());
}

}  // namespace
}  // namespace entrawatch
