#include "daemon/routes.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace entrawatch {
namespace {

using nlohmann::json;

const Instant midday = *parse_iso("2026-11-25T12:00:00Z");

http::Response get(const Status& status, const std::string& target, const std::string& method = "GET") {
    http::Request request;
    request.method = method;
    request.url.target = target;
    return route(request, status, midday);
}

// One tenant whose audits answer and whose directory was read.
Status healthy() {
    Status status;
    status.started_at = midday - Ticks{std::chrono::hours{1}};
    status.tenants.resize(1);
    auto& tenant = status.tenants.front();
    tenant.name = "contoso";
    tenant.directory_read = true;
    auto& feed = tenant.feeds[FeedId::directory_audits];
    feed.condition = FeedCondition::running;
    feed.last_answer_at = midday;
    feed.totals.fresh = 42;
    tenant.destinations["soc"].delivered = 3;
    return status;
}

TEST(Health, IsFineWhileEveryStoreTakesWrites) {
    EXPECT_EQ(get(healthy(), "/healthz").status, 200);
}

TEST(Health, NamesTheStoreThatFails) {
    auto status = healthy();
    status.tenants.front().store_works = false;
    status.tenants.front().store_problem = "disk full";
    const auto response = get(status, "/healthz");
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(json::parse(response.body)["problems"][0]["store"], "disk full");
}

TEST(Readiness, IsThereWhenEveryFeedHasAnswered) {
    EXPECT_EQ(get(healthy(), "/readyz").status, 200);
}

TEST(Readiness, WaitsForTheFirstAnswerAndNamesTheFeed) {
    auto status = healthy();
    status.tenants.front().feeds[FeedId::risk_detections] = {};
    const auto response = get(status, "/readyz");
    EXPECT_EQ(response.status, 503);
    EXPECT_NE(response.body.find("risk_detections has not answered yet"), std::string::npos) << response.body;
}

TEST(Readiness, TakesAParkedFeedForKnownAndShowsIt) {
    auto status = healthy();
    auto& feed = status.tenants.front().feeds[FeedId::risk_detections];
    feed.condition = FeedCondition::parked;
    feed.reason = "licence: needs Entra ID P2";
    const auto response = get(status, "/readyz");
    EXPECT_EQ(response.status, 200);
    const auto body = json::parse(response.body);
    EXPECT_EQ(body["tenants"]["contoso"]["feeds"]["risk_detections"]["state"], "parked");
    EXPECT_EQ(body["tenants"]["contoso"]["feeds"]["risk_detections"]["reason"], "licence: needs Entra ID P2");
}

TEST(Readiness, WaitsForTheDirectory) {
    auto status = healthy();
    status.tenants.front().directory_read = false;
    EXPECT_EQ(get(status, "/readyz").status, 503);
}

TEST(Readiness, KnowsADirectoryThatIsRefused) {
    auto status = healthy();
    status.tenants.front().directory_read = false;
    status.tenants.front().directory_problem = "permission: grant RoleManagement.Read.Directory";
    const auto response = get(status, "/readyz");
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_NE(response.body.find("RoleManagement.Read.Directory"), std::string::npos);
}

TEST(Metrics, CountForEachTenantFeedAndDestination) {
    const auto response = get(healthy(), "/metrics");
    EXPECT_EQ(response.status, 200);
    EXPECT_NE(
        response.body.find("entrawatch_events_new_total{tenant=\"contoso\",feed=\"directory_audits\"} 42"),
        std::string::npos)
        << response.body;
    EXPECT_NE(response.body.find("entrawatch_deliveries_total{tenant=\"contoso\",destination=\"soc\"} 3"),
              std::string::npos);
}

TEST(Canaries, AreSeenInStatusAndMetricsWithWhatCameOfThem) {
    auto status = healthy();
    status.tenants.front().canary = CanaryStatus{
        "alrt_1", midday - std::chrono::hours{1}, {{"soc", CanaryFate::arrived}, {"duty", CanaryFate::late}}};
    const json canary = json::parse(get(status, "/readyz").body)["tenants"]["contoso"]["canary"];
    EXPECT_EQ(canary["sent_at"], "2026-11-25T11:00:00.000Z");
    EXPECT_EQ(canary["destinations"]["duty"], "late");
    const auto body = get(status, "/metrics").body;
    for (const char* sample : {R"(canary_arrived{tenant="contoso",destination="soc"} 1)",
                               R"(canary_arrived{tenant="contoso",destination="duty"} 0)",
                               R"(canary_age_seconds{tenant="contoso"} 3600)"})
        EXPECT_NE(body.find(std::string{"entrawatch_"} + sample), std::string::npos) << sample;
}

TEST(Metrics, TellHowLateRecordsComeAndWhichPassSawThemFirst) {
    auto status = healthy();
    FeedStatus& feed = status.tenants.front().feeds[FeedId::directory_audits];
    for (int i = 0; i < 99; ++i)
        feed.lateness[Pass::hot].add(std::chrono::seconds{20});
    feed.lateness[Pass::warm].add(std::chrono::minutes{50});
    const auto body = get(status, "/metrics").body;
    const std::string of = R"({tenant="contoso",feed="directory_audits",)";
    for (const char* sample :
         {R"(row_lateness_seconds{}share="0.99"} 22.5)", R"(row_lateness_seconds{}share="1"} 3000)",
          R"(rows_first_seen_total{}pass="hot"} 99)", R"(rows_first_seen_total{}pass="warm"} 1)"}) {
        std::string line{sample};
        line.replace(line.find("{}"), 2, of);
        EXPECT_NE(body.find("entrawatch_" + line), std::string::npos) << line << "\n" << body;
    }
}

TEST(Metrics, EveryLineIsAHelpATypeOrASample) {
    const auto body = get(healthy(), "/metrics").body;
    std::size_t from = 0;
    while (from < body.size()) {
        const auto end = body.find('\n', from);
        ASSERT_NE(end, std::string::npos) << "the last line ends in a newline";
        const std::string line = body.substr(from, end - from);
        const bool known = line.starts_with("# HELP entrawatch_") || line.starts_with("# TYPE entrawatch_") ||
                           (line.starts_with("entrawatch_") && line.find("} ") != std::string::npos);
        EXPECT_TRUE(known) << line;
        from = end + 1;
    }
}

TEST(Metrics, EscapesLabels) {
    auto status = healthy();
    status.tenants.front().destinations["a\"b\\c\nd"].delivered = 1;
    EXPECT_NE(get(status, "/metrics").body.find(R"(destination="a\"b\\c\nd")"), std::string::npos);
}

TEST(Routes, RefuseOtherMethodsAndPaths) {
    EXPECT_EQ(get(healthy(), "/healthz", "POST").status, 405);
    EXPECT_EQ(get(healthy(), "/").status, 404);
    EXPECT_EQ(get(healthy(), "/healthz?x=1").status, 200);
}

}  // namespace
}  // namespace entrawatch
