#include <gtest/gtest.h>

#include "alerts/verdict.hpp"
#include "tests/support/times.hpp"

namespace entrawatch {
namespace {

using std::chrono::seconds;
using enum DestinationType;

struct ReceiverRow {
    DestinationType type;
    int status;
    const char* body;
    Verdict verdict;
};

Answer answer_of(int status, std::string body) {
    Answer answer;
    answer.status = status;
    answer.body = std::move(body);
    return answer;
}

void expect_all(const std::vector<ReceiverRow>& rows) {
    for (const ReceiverRow& row : rows)
        EXPECT_EQ(name_of(judge(row.type, answer_of(row.status, row.body))), name_of(row.verdict))
            << name_of(row.type) << " " << row.status << " " << row.body;
}

TEST(ReceiverVerdict, OfChatServices) {
    expect_all({
        {slack, 200, "ok", Verdict::delivered},
        {slack, 200, "ok\n", Verdict::delivered},
        {slack, 200, R"({"ok":true})", Verdict::delivered},
        {slack, 200, R"({"ok":false,"error":"rate_limited"})", Verdict::throttled},
        {slack, 200, R"({"ok":false,"error":"invalid_blocks"})", Verdict::misconfigured},
        {slack, 200, "<html>sign in</html>", Verdict::misconfigured},
        {slack, 400, "invalid_payload", Verdict::misconfigured},
        {slack, 403, "invalid_token", Verdict::misconfigured},
        {slack, 404, "no_service", Verdict::misconfigured},
        {slack, 410, "channel_is_archived", Verdict::gone},
        {slack, 429, R"({"retry_after":1,"ok":false,"error":"rate_limited"})", Verdict::throttled},
        {slack, 500, "rollup_error", Verdict::transient},
        {mattermost, 200, "ok", Verdict::delivered},
        {mattermost, 200, "<html>", Verdict::misconfigured},
        {mattermost, 400, "Unable to parse incoming data", Verdict::misconfigured},
        {discord, 204, "", Verdict::delivered},
        {discord, 200, R"({"id":"1"})", Verdict::delivered},
        {discord, 429, R"({"message":"limited","retry_after":0.65,"global":false})", Verdict::throttled},
        {discord, 400, R"({"code":50035})", Verdict::misconfigured},
        {discord, 404, R"({"code":10015})", Verdict::misconfigured},
    });
}

TEST(ReceiverVerdict, OfTeamsWhichAnswers200AndMeansAnError) {
    const std::string relayed =
        "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error ";
    const std::string limited = relayed + "429 with ContextId tcid=0";
    const std::string large = relayed + "413 with ContextId tcid=0";
    const std::string down = relayed + "503";
    const std::string odd = relayed + "200";
    expect_all({
        {teams, 202, "", Verdict::delivered},
        {teams, 200, "1", Verdict::delivered},
        {teams, 200, "Posted by the flow", Verdict::delivered},
        {teams, 200, limited.c_str(), Verdict::throttled},
        {teams, 200, large.c_str(), Verdict::too_large},
        {teams, 200, down.c_str(), Verdict::transient},
        {teams, 200, odd.c_str(), Verdict::transient},
        {teams, 200, "Webhook message delivery failed with error: unknown", Verdict::misconfigured},
        {teams, 200, "Request Entity too large", Verdict::too_large},
        {teams, 200, R"({"error":{"code":"InvalidTemplate"}})", Verdict::misconfigured},
        {teams, 400, R"({"error":{"code":"WorkflowTriggerIsNotEnabled"}})", Verdict::misconfigured},
        {teams, 429, "", Verdict::throttled},
    });
}

TEST(ReceiverVerdict, OfOnCallServices) {
    expect_all({
        {pagerduty, 202, R"({"status":"success","message":"Event processed","dedup_key":"k"})",
         Verdict::delivered},
        {pagerduty, 202, "", Verdict::delivered},
        {pagerduty, 200, R"({"status":"invalid event"})", Verdict::misconfigured},
        {pagerduty, 400, R"({"status":"invalid event"})", Verdict::misconfigured},
        {pagerduty, 429, "", Verdict::throttled},
        {pagerduty, 500, "", Verdict::transient},
        {opsgenie, 202, R"({"result":"Request will be processed"})", Verdict::delivered},
        {opsgenie, 401, "", Verdict::misconfigured},
        {opsgenie, 402, "", Verdict::misconfigured},
        {opsgenie, 422, "", Verdict::misconfigured},
        {opsgenie, 429, "", Verdict::throttled},
        {servicenow, 200, R"({"result":{}})", Verdict::delivered},
        {servicenow, 201, R"({"result":{"sys_id":"1"}})", Verdict::delivered},
        {servicenow, 200, R"({"error":{"message":"no"},"status":"failure"})", Verdict::misconfigured},
        {servicenow, 401, R"({"error":{}})", Verdict::misconfigured},
        {alertmanager, 200, "", Verdict::delivered},
        {alertmanager, 400, "bad", Verdict::misconfigured},
        {alertmanager, 500, "", Verdict::transient},
        {webhook, 200, R"({"ok":false,"error":"rate_limited"})", Verdict::delivered},
    });
}

TEST(ReceiverVerdict, OfTheCollectorGoesByItsCode) {
    expect_all({
        {sentinel, 204, "", Verdict::delivered},
        {sentinel, 401, R"({"error":{"code":"InvalidToken"}})", Verdict::misconfigured},
        {sentinel, 403, R"({"error":{"code":"OperationFailed"}})", Verdict::misconfigured},
        {sentinel, 404, R"({"error":{"code":"NotFound"}})", Verdict::misconfigured},
        {sentinel, 413, "", Verdict::too_large},
        {sentinel, 429, "", Verdict::throttled},
        {sentinel, 503, "", Verdict::transient},
        {splunk_hec, 200, R"({"text":"Success","code":0})", Verdict::delivered},
        {splunk_hec, 200, "", Verdict::delivered},
        {splunk_hec, 200, R"({"text":"HEC is healthy","code":17})", Verdict::misconfigured},
        {splunk_hec, 403, R"({"text":"Invalid token","code":4})", Verdict::misconfigured},
        {splunk_hec, 400, R"({"text":"Incorrect index","code":7})", Verdict::misconfigured},
        {splunk_hec, 500, R"({"text":"Internal server error","code":8})", Verdict::transient},
        {splunk_hec, 503, R"({"text":"Server is busy","code":9})", Verdict::transient},
        {splunk_hec, 503, R"({"text":"Queues are full","code":18})", Verdict::transient},
        {splunk_hec, 400, R"({"code":20})", Verdict::transient},
        {splunk_hec, 502, "<html>", Verdict::transient},
        {splunk_hec, 0, R"({"code":4})", Verdict::transient},
    });
}

TEST(ReceiverVerdict, OfABadCertificateIsTheOperatorsMatter) {
    Answer answer = answer_of(0, "");
    answer.must_be_mended = true;
    for (const DestinationType type : {slack, splunk_hec, teams})
        EXPECT_EQ(judge(type, answer), Verdict::misconfigured);
}

TEST(AskedToWait, ReadsTheBodyOfThoseThatSayItThere) {
    Answer answer = answer_of(429, R"({"retry_after":0.65})");
    EXPECT_EQ(asked_to_wait(discord, answer, ten), seconds{1});
    EXPECT_EQ(asked_to_wait(slack, answer, ten), seconds{1});
    EXPECT_EQ(asked_to_wait(webhook, answer, ten), std::nullopt);
    answer.retry_after = "30";
    EXPECT_EQ(asked_to_wait(discord, answer, ten), seconds{30}) << "the longer of the two";
    EXPECT_EQ(asked_to_wait(webhook, answer, ten), seconds{30});
    answer = answer_of(429, R"({"retry_after":1e300})");
    EXPECT_EQ(asked_to_wait(discord, answer, ten), std::chrono::hours{1});
    for (const char* body : {R"({"retry_after":-1})", R"({"retry_after":"5"})", "[]", ""})
        EXPECT_EQ(asked_to_wait(discord, answer_of(429, body), ten), std::nullopt) << body;
}

TEST(AskedToWait, TakesOpsgeniesPeriodWhenItSaysNothingElse) {
    Answer answer = answer_of(429, "");
    answer.rate_period = "60";
    EXPECT_EQ(asked_to_wait(opsgenie, answer, ten), seconds{60});
    EXPECT_EQ(asked_to_wait(pagerduty, answer, ten), std::nullopt);
    answer.status = 202;
    EXPECT_EQ(asked_to_wait(opsgenie, answer, ten), std::nullopt);
    answer.status = 429;
    answer.retry_after = "5";
    EXPECT_EQ(asked_to_wait(opsgenie, answer, ten), seconds{5});
}

}  // namespace
}  // namespace entrawatch
