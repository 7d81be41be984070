// Failures that are ordered come as often, as late and to whom they were ordered, in Graph's shapes.
#include "tests/simulator/fault.hpp"
#include "core/base/percent.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/simulator/tests/ask.hpp"

namespace entrawatch::simulator {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class FaultTest : public testing::Test {
  protected:
    FaultTest() { tenant_.options().enforce_limits = false; }
    http::Response audits() { return asker_.get(audits_path, noon()); }

    Tenant tenant_{5};
    Asker asker_{tenant_};
};

TEST_F(FaultTest, IsSpentAfterItsTimes) {
    tenant_.order({FaultKind::server_error, {}, 1, 2, "7"});
    EXPECT_EQ(audits().status, 200);
    EXPECT_EQ(audits().status, 503);
    EXPECT_EQ(audits().headers.get("retry-after"), "7");
    EXPECT_EQ(audits().status, 200);
}

TEST_F(FaultTest, MeetsOnlyTheFeedItNames) {
    tenant_.order({FaultKind::throttled, FeedId::sign_ins_service_principal, 0, 1, ""});
    EXPECT_EQ(audits().status, 200);
    EXPECT_EQ(asker_.get(sign_ins_path, noon()).status, 200);
    const auto refused = asker_.get(
        sign_ins_path + "?$filter=" + percent_encoded("signInEventTypes/any(t: t eq 'servicePrincipal')"),
        noon());
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.headers.get("retry-after"), "");
}

TEST_F(FaultTest, TakesGraphsShapes) {
    for (const FaultKind kind : {FaultKind::gateway_time_out, FaultKind::unauthorized, FaultKind::unlicensed,
                                 FaultKind::html, FaultKind::error_object, FaultKind::no_answer}) {
        tenant_.order({kind, {}, 0, 1, ""});
    }
    const auto time_out = audits();
    EXPECT_EQ(time_out.status, 504);
    EXPECT_EQ(error_message(time_out), "");
    EXPECT_EQ(audits().status, 401);
    EXPECT_THAT(error_message(audits()), HasSubstr("premium license"));
    const auto html = audits();
    EXPECT_EQ(html.status, 200);
    EXPECT_THAT(html.body, StartsWith("<html>"));
    const auto error_object = audits();
    EXPECT_EQ(error_object.status, 200);
    EXPECT_EQ(Document::parse(error_object.body).count("value"), 0U);
    EXPECT_EQ(audits().status, 0);
    EXPECT_EQ(audits().status, 200);
}

TEST_F(FaultTest, CutsABodyInTheMiddle) {
    ASSERT_TRUE(tenant_.add(FeedId::directory_audits, audit_at(noon(), "row"), noon()));
    const std::string whole = audits().body;
    tenant_.order({FaultKind::cut_body, {}, 0, 1, ""});
    const auto cut = audits();
    EXPECT_EQ(cut.status, 200);
    EXPECT_EQ(cut.body, whole.substr(0, cut.body.size()));
    EXPECT_LT(cut.body.size(), whole.size());
}

}  // namespace
}  // namespace entrawatch::simulator
