// From a tenant's feeds to an on-call engineer's webhook, with the real program between a simulated tenant
// and a receiver.
#include <gtest/gtest.h>
#include <csignal>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "core/base/digest.hpp"
#include "core/store/chain_verify.hpp"
#include "tests/flow/world.hpp"
#include "tests/simulator/pim_alert_records.hpp"
#include "tests/support/plain_sql.hpp"
#include "tests/support/source_tree.hpp"
#include "tests/support/test_certificates.hpp"

namespace entrawatch::flow {
namespace {

using namespace std::chrono_literals;

simulator::ScriptedAnswer answer_with(int status, std::string retry_after = "") {
    simulator::ScriptedAnswer answer;
    answer.status = status;
    answer.retry_after = std::move(retry_after);
    return answer;
}

simulator::Fault fault(simulator::FaultKind kind, int times, std::optional<FeedId> feed = std::nullopt) {
    simulator::Fault ordered;
    ordered.kind = kind;
    ordered.feed = feed;
    ordered.after = 1;
    ordered.times = times;
    ordered.retry_after = "1";
    return ordered;
}

// The one certificate that the tenant knows from now on, where the settings name it.
test::PemPair put_certificate(World& world) {
    auto pair = test::application_certificate();
    const auto folder = world.folder().settings().parent_path();
    std::ofstream{folder / "app.crt"} << pair.certificate_pem;
    std::ofstream{folder / "app.key"} << pair.key_pem;
    world.tenant().options().certificates = {pair.certificate_pem};
    return pair;
}

// What an auditor finds in a copy of the database, with the public key; empty: nothing is broken.
std::string broken_chain(const World& world) {
    std::ifstream in{world.folder().database().parent_path() / "evidence.pub"};
    const std::string pem{std::istreambuf_iterator<char>{in}, {}};
    const auto report = verify_chain({world.folder().database(), test::must(read_public_keys(pem)), {}}, {});
    if (!report) return report.error().text();
    if (report->broken) return *report->broken;
    return report->head.entry - report->signed_to->entry == 1 ? "" : "the end is not signed";
}

// Every record of the ledger, in its newest form, and nothing else.
bool holds_everything(World& world) {
    return world.stored() == world.expected();
}

TEST(WholeWay, StoresEveryEventOfTheTenantAsItWasSent) {
    World world{1};
    world.fill_history(5, 2);
    world.start_daemon();
    EXPECT_TRUE(world.until([&] { return holds_everything(world); }))
        << world.stored().size() << " of " << world.expected().size() << "\n"
        << world.log();
    EXPECT_EQ(world.stop_daemon(), "exit 0") << world.log();
    EXPECT_EQ(broken_chain(world), "");
}

TEST(WholeWay, TellsEachActOnceAndIsSilentAboutPim) {
    World world{2};
    world.fill_history(1, 1);
    world.start_daemon();
    ASSERT_TRUE(world.until([&] { return holds_everything(world); })) << world.log();
    for (const auto act :
         {simulator::administrator_activates_role, simulator::emergency_account_signs_in,
          simulator::service_principal_becomes_global_administrator, simulator::conditional_access_loses_mfa,
          simulator::secret_added_to_service_principal, simulator::pim_notices_the_assignment}) {
        world.perform(act);
    }
    ASSERT_TRUE(world.until([&] { return world.alerts_received().size() >= 4; })) << world.log();
    ASSERT_TRUE(world.until([&] { return holds_everything(world); })) << world.log();
    const auto alerts = world.alerts_received();
    for (const auto& [scenario, ids] : alerts)
        EXPECT_EQ(ids.size(), 1U) << scenario;
    EXPECT_EQ(alerts.size(), 4U);
    EXPECT_TRUE(alerts.contains("EA-1"));
    EXPECT_TRUE(alerts.contains("PR-2"));
    EXPECT_TRUE(alerts.contains("TW-6"));
    EXPECT_TRUE(alerts.contains("AP-3"));
    for (const auto& post : world.receiver().received()) {
        EXPECT_TRUE(post.verified) << post.why_not;
        EXPECT_EQ(nlohmann::json::parse(post.body)["type"], "alert.opened")
            << "told a second time: " << post.body;
    }
}

TEST(WholeWay, TellsOfAnAlertThatPimHoldsForActive) {
    World world{12};
    world.fill_history(1, 1);
    simulator::scan(world.tenant(), simulator::roles_assigned_outside_pim, 2, world.now());
    world.start_daemon();
    EXPECT_TRUE(world.until([&] { return world.alerts_received().contains("PR-10"); })) << world.log();
    EXPECT_TRUE(world.until([&] { return holds_everything(world); })) << world.log();
    EXPECT_EQ(world.alerts_received().at("PR-10").size(), 1U);
}

// The octets of what the posture feed says, by the id of the record.
std::map<std::string, std::string> posture_of(World& world) {
    std::map<std::string, std::string> records;
    for (const auto& [place, digest] : world.stored()) {
        if (place.first == FeedId::posture) records.emplace(place.second, digest);
    }
    return records;
}

TEST(WholeWay, FindsWhatIsWrongInTheDirectoryOnceAndSeesItEnd) {
    World world{9};
    world.perform(simulator::synced_account_holds_a_role);
    world.start_daemon();
    ASSERT_TRUE(world.until([&] { return world.alerts_received().contains("PR-4"); })) << world.log();
    const auto opened = posture_of(world);
    EXPECT_EQ(opened.size(), 1U);
    world.kill_daemon();
    world.tenant().directory().members.clear();
    world.start_daemon();
    EXPECT_TRUE(world.until([&] { return posture_of(world) != opened; })) << world.log();
    EXPECT_EQ(posture_of(world).begin()->first, opened.begin()->first) << "the same record, revised";
    EXPECT_EQ(world.alerts_received().at("PR-4").size(), 1U);
    EXPECT_EQ(world.receiver().received().size(), 1U) << "what ends is not told";
    EXPECT_EQ(world.stop_daemon(), "exit 0") << world.log();
    EXPECT_EQ(broken_chain(world), "");
}

TEST(WholeWay, ReadsTheDirectoryAgainWhenTheLogSpeaksOfRoles) {
    World world{10};
    world.start_daemon();
    ASSERT_TRUE(world.until([&] { return world.directory_was_kept(); })) << world.log();
    world.perform(simulator::synced_account_holds_a_role);
    world.perform(simulator::administrator_activates_role);
    EXPECT_TRUE(world.until([&] { return world.alerts_received().contains("PR-4"); })) << world.log();
}

TEST(WholeWay, GoesOnWithoutTheDirectoryAndSaysSo) {
    World world{11};
    world.tenant().options().granted.erase("Directory.Read.All");
    world.start_daemon();
    EXPECT_TRUE(world.until([&] { return world.tenant().pages_served(FeedId::directory_audits) > 0; }))
        << world.log();
    EXPECT_NE(world.log().find("directory not read"), std::string::npos) << world.log();
    EXPECT_EQ(world.stop_daemon(), "exit 0") << world.log();
}

TEST(WholeWay, SendsAgainUnderTheSameIdUntilTheReceiverTakesIt) {
    World world{3};
    world.receiver().script(answer_with(503));
    world.receiver().script(answer_with(429, "1"));
    simulator::ScriptedAnswer cut;
    cut.cut = true;
    world.receiver().script(cut);
    world.start_daemon();
    ASSERT_TRUE(world.until([&] { return world.tenant().pages_served(FeedId::sign_ins_interactive) > 0; }))
        << world.log();
    world.perform(simulator::emergency_account_signs_in);
    ASSERT_TRUE(world.until([&] { return world.receiver().received().size() >= 4; })) << world.log();
    std::set<std::string> ids;
    std::set<std::string> bodies;
    for (const auto& post : world.receiver().received()) {
        ids.insert(std::string{post.headers.get("webhook-id")});
        bodies.insert(post.body);
        EXPECT_TRUE(post.verified) << post.why_not;
    }
    EXPECT_EQ(ids.size(), 1U);
    EXPECT_EQ(bodies.size(), 1U);
}

TEST(WholeWay, LosesNothingToThrottlingErrorsCutsAndDeadTokens) {
    World world{4};
    world.fill_history(5, 4);
    world.tenant().options().shrink_pages = true;
    world.tenant().options().empty_pages = true;
    using enum simulator::FaultKind;
    for (const auto kind :
         {throttled, server_error, unauthorized, html, error_object, cut_body, no_answer, gateway_time_out}) {
        world.tenant().order(fault(kind, 1, FeedId::directory_audits));
        world.tenant().order(fault(kind, 1, FeedId::sign_ins_interactive));
    }
    world.start_daemon();
    ASSERT_TRUE(world.until([&] { return world.tenant().pages_served(FeedId::directory_audits) > 1; }))
        << world.log();
    world.tenant().kill_skip_tokens();
    // The answer that never comes costs the patience for sign-ins, two minutes.
    EXPECT_TRUE(world.until([&] { return holds_everything(world); }, std::chrono::seconds{480}))
        << world.stored().size() << " of " << world.expected().size() << "\n"
        << world.log();
}

TEST(WholeWay, ParksOnlyTheFeedThatGraphRefuses) {
    World world{5};
    world.fill_history(1, 2);
    world.tenant().options().unlicensed = {FeedId::risk_detections};
    world.start_daemon();
    const auto without_risk = [&] {
        auto expected = world.expected();
        std::erase_if(expected,
                      [](const auto& entry) { return entry.first.first == FeedId::risk_detections; });
        return world.stored() == expected;
    };
    EXPECT_TRUE(world.until(without_risk)) << world.log();
    const auto parked = [&] {
        auto store = world.open_store();
        return store.feed_state(FeedId::risk_detections)->state == "parked";
    };
    EXPECT_TRUE(world.until(parked)) << world.log();
}

TEST(WholeWay, LosesNothingWhileGraphsCertificateHasExpiredAndSaysWhy) {
    World world{14};
    const test::TestAuthority authority;
    std::ofstream{world.folder().ca_file(), std::ios::app} << authority.ca_pem();
    world.fill_history(1, 1);
    world.start_daemon();
    ASSERT_TRUE(world.until([&] { return world.tenant().pages_served(FeedId::sign_ins_interactive) > 0; }))
        << world.log();
    const test::PemPair expired = authority.expired();
    world.serve_tenant({authority.ca_pem(), expired.certificate_pem, expired.key_pem});
    world.perform(simulator::conditional_access_loses_mfa);
    const auto says_why = [&] {
        auto store = world.open_store();
        return store.feed_state(FeedId::directory_audits)->reason.find("has expired") != std::string::npos;
    };
    EXPECT_TRUE(world.until(says_why)) << world.log();
    EXPECT_FALSE(world.alerts_received().contains("TW-6"));
    world.serve_tenant(world.good_certificate());
    EXPECT_TRUE(world.until([&] { return world.alerts_received().contains("TW-6"); })) << world.log();
    EXPECT_TRUE(world.until([&] { return holds_everything(world); })) << world.log();
}

TEST(WholeWay, KeepsEverySecretOutOfLogStoreAndErrors) {
    World world{6};
    world.receiver().script(answer_with(401));
    world.receiver().script(answer_with(500));
    world.tenant().order(fault(simulator::FaultKind::unauthorized, 3));
    world.start_daemon();
    ASSERT_TRUE(world.until([&] { return world.tenant().pages_served(FeedId::sign_ins_interactive) > 0; }))
        << world.log();
    world.perform(simulator::emergency_account_signs_in);
    ASSERT_TRUE(world.until([&] { return !world.receiver().received().empty(); })) << world.log();
    EXPECT_EQ(world.stop_daemon(), "exit 0");
    const std::string everything = world.log() + test::read_text(world.folder().database());
    for (const auto& secret : world.secrets()) {
        EXPECT_EQ(everything.find(secret), std::string::npos) << secret;
        EXPECT_EQ(everything.find(to_base64(secret)), std::string::npos) << secret;
    }
}

TEST(WholeWay, SignsInWithACertificateAndTakesTheNextOneWithoutARestart) {
    World world{9};
    std::string yaml = world.settings();
    const std::string secret = "{ secret_file: contoso.secret }";
    yaml.replace(yaml.find(secret), secret.size(), "{ certificate_file: app.crt, key_file: app.key }");
    world.write_settings(yaml);
    const auto first = put_certificate(world);
    world.start_daemon();
    ASSERT_TRUE(world.until([&] { return world.tenant().pages_served(FeedId::sign_ins_interactive) > 0; }))
        << world.log();
    EXPECT_EQ(world.tenant().tokens_issued(), 1);
    put_certificate(world);
    world.tenant().revoke_tokens();
    world.perform(simulator::emergency_account_signs_in);
    EXPECT_TRUE(world.until([&] { return world.alerts_received().contains("EA-1"); })) << world.log();
    EXPECT_EQ(world.tenant().tokens_issued(), 2);
    EXPECT_EQ(world.stop_daemon(), "exit 0") << world.log();
    EXPECT_EQ(world.log().find(first.key_pem.substr(100, 60)), std::string::npos);
}

TEST(WholeWay, RefusesABadReloadAndTakesAGoodOne) {
    World world{7};
    world.start_daemon();
    ASSERT_TRUE(world.until([&] { return world.log().find("started") != std::string::npos; })) << world.log();
    const std::string good = world.settings();
    world.write_settings(good + "\npoll_intervall: 5s\n");
    world.signal_daemon(SIGHUP);
    ASSERT_TRUE(world.until([&] { return world.log().find("reload refused") != std::string::npos; }))
        << world.log();
    world.write_settings(good);
    world.signal_daemon(SIGHUP);
    ASSERT_TRUE(world.until([&] { return world.log().find("reloading") != std::string::npos; }))
        << world.log();
    world.perform(simulator::emergency_account_signs_in);
    EXPECT_TRUE(world.until([&] { return world.alerts_received().contains("EA-1"); })) << world.log();
    EXPECT_EQ(world.stop_daemon(), "exit 0") << world.log();
    EXPECT_EQ(broken_chain(world), "");
    EXPECT_EQ(test::plain_sql(world.folder().database(), "SELECT occasion FROM configurations ORDER BY at"),
              (std::vector<std::string>{"start", "reload"}));
}

TEST(WholeWay, WaitsAfterAReloadForAStoreThatAnotherProcessLocks) {
    World world{15};
    world.start_daemon();
    ASSERT_TRUE(world.until([&] { return world.log().find("started") != std::string::npos; })) << world.log();
    Store other =
        test::must(Store::open({.file = world.folder().database(), .tenant = "contoso"}, world.now()));
    std::optional<Store::Transaction> lock = test::must(other.begin());
    world.signal_daemon(SIGHUP);
    ASSERT_TRUE(world.until([&] {
        return world.log().find("cannot go on after the reload") != std::string::npos;
    })) << world.log();
    lock.reset();
    world.perform(simulator::emergency_account_signs_in);
    EXPECT_TRUE(world.until([&] { return world.alerts_received().contains("EA-1"); })) << world.log();
    EXPECT_EQ(world.stop_daemon(), "exit 0") << world.log();
    EXPECT_EQ(broken_chain(world), "");
}

TEST(WholeWay, LosesNothingAndRepeatsNoAlertWhenKilledAnywhere) {
    World world{8};
    world.fill_history(5, 2);
    for (const auto act :
         {simulator::emergency_account_signs_in, simulator::service_principal_becomes_global_administrator,
          simulator::conditional_access_loses_mfa, simulator::secret_added_to_service_principal}) {
        world.perform(act);
    }
    simulator::Dice dice{8};
    for (int kill = 0; kill < 12; ++kill) {
        world.start_daemon();
        world.linger(std::chrono::milliseconds{100 + static_cast<int>(dice.next() % 900)});
        world.kill_daemon();
    }
    world.start_daemon();
    EXPECT_TRUE(world.until([&] { return holds_everything(world); }))
        << world.stored().size() << " of " << world.expected().size() << "\n"
        << world.log();
    ASSERT_TRUE(world.until([&] { return world.alerts_received().size() >= 4; })) << world.log();
    for (const auto& [scenario, ids] : world.alerts_received())
        EXPECT_EQ(ids.size(), 1U) << scenario;
    EXPECT_EQ(world.stop_daemon(), "exit 0") << world.log();
    EXPECT_EQ(broken_chain(world), "");
}

}  // namespace
}  // namespace entrawatch::flow
