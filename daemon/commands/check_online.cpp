#include "daemon/commands/check_online.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <utility>

#include "core/context/directory_parts.hpp"
#include "core/feed/page.hpp"
#include "daemon/graph/directory_targets.hpp"
#include "daemon/graph/graph_client.hpp"

namespace entrawatch {
namespace {

std::string refusal_of(const graph::Got& got) {
    std::string problem{graph::name_of(got.judgement.outcome)};
    if (!got.judgement.reason.empty()) problem += " (" + got.judgement.reason + ")";
    if (!got.judgement.message.empty()) problem += ": " + got.judgement.message;
    if (!got.judgement.code.empty()) problem += " [" + got.judgement.code + "]";
    if (!got.judgement.request_id.empty()) problem += ", request " + got.judgement.request_id;
    return problem;
}

// PIM for Groups has to be asked of one group: what it says of none at all shows whether we may ask.
constexpr std::string_view no_group = "00000000-0000-0000-0000-000000000000";

// Empty when Graph gave a page.
std::string problem_of(const graph::Got& got) {
    if (got.judgement.outcome == graph::Outcome::page) {
        const auto page = split_page(got.body);
        return page ? std::string{} : "the answer is no page: " + page.error().text();
    }
    return refusal_of(got);
}

// The hour before now, one row where that can be asked: the same question as the poller's, as small as it can
// be.
std::string small_question(Feed feed, Instant now) {
    if (feed.page_size > 0) feed.page_size = 1;
    return first_page_target(feed, feed.window_time, {now - std::chrono::hours{1}, now});
}

// The feed is derived: it answers when every part of the directory does. Nobody is eligible where the licence
// has no PIM.
boost::asio::awaitable<FeedProbe> ask_for_posture(std::shared_ptr<graph::GraphClient> client,
                                                  std::string client_id) {
    const std::pair<std::string_view, std::string> parts[] = {
        {part::who_holds_roles.name, std::string{graph::assignments_target}},
        {part::who_holds_roles.name, std::string{graph::eligible_target}},
        {part::synchronisation.name, std::string{graph::organization_target}},
        {part::domains.name, std::string{graph::domains_target}},
        {part::our_application.name, graph::by_app_id("servicePrincipals", client_id) + "?$select=id"},
        {part::access_policies.name, std::string{graph::policies_target} + "?$select=id"},
        {part::named_locations.name, std::string{graph::locations_target}},
        {part::pim_for_groups.name, graph::eligible_in_group(no_group)}};
    FeedProbe probe;
    probe.feed = FeedId::posture;
    for (const auto& [what, target] : parts) {
        const auto got = co_await client->get_directory(target);
        if (got.judgement.outcome == graph::Outcome::page) continue;
        if (what == part::pim_for_groups.name && got.judgement.outcome != graph::Outcome::parked) continue;
        const bool of_pim = target == graph::eligible_target || what == part::pim_for_groups.name;
        if (got.judgement.reason == "licence" && of_pim) continue;
        probe.problem += probe.problem.empty() ? "" : "; ";
        probe.problem += std::string{what} + ": " + refusal_of(got);
    }
    probe.answers = probe.problem.empty();
    co_return probe;
}

boost::asio::awaitable<TenantProbe> ask(std::shared_ptr<graph::GraphClient> client, TenantSettings tenant,
                                        Instant now) {
    TenantProbe probe;
    const auto token = co_await client->tokens().get();
    if (!token) {
        probe.problem = token.error().text();
        co_return probe;
    }
    probe.roles = graph::roles_in(token->reveal());
    probe.directory_problem = problem_of(co_await client->get_directory(std::string{graph::roles_target}));
    for (const Feed& feed : polled_feeds()) {
        if (!tenant.feeds.at(feed.id).enabled) continue;
        FeedProbe one;
        one.feed = feed.id;
        one.problem = missing_in(feed, tenant.cloud);
        if (!one.problem.empty()) {
            one.lacking = true;
            probe.feeds.push_back(std::move(one));
            continue;
        }
        one.problem = problem_of(co_await client->get(feed, small_question(feed, now), 0));
        one.answers = one.problem.empty();
        if (!one.answers) one.missing_grants = missing_grants(feed, probe.roles);
        probe.feeds.push_back(std::move(one));
    }
    if (tenant.feeds.at(FeedId::posture).enabled) {
        FeedProbe posture = co_await ask_for_posture(client, tenant.client_id);
        if (!posture.answers) posture.missing_grants = missing_grants(feed_of(FeedId::posture), probe.roles);
        probe.feeds.push_back(std::move(posture));
    }
    co_return probe;
}

}  // namespace

bool TenantProbe::fine() const {
    return problem.empty() && directory_problem.empty() &&
           std::all_of(feeds.begin(), feeds.end(),
                       [](const FeedProbe& feed) { return feed.answers || feed.lacking; });
}

TenantProbe probe_tenant(const TenantSettings& tenant, const std::shared_ptr<const Clock>& clock) {
    boost::asio::io_context loop;
    auto http_client = http::HttpClient::create(loop.get_executor(), {tenant.ca_file}, tenant.proxy);
    TenantProbe probe;
    if (!http_client) {
        probe.problem = http_client.error().text();
        return probe;
    }
    // Budgets are kept in the time that really passes, whatever clock the caller holds.
    auto client = std::make_shared<graph::GraphClient>(loop.get_executor(), tenant, *http_client,
                                                       std::make_shared<SystemClock>());
    boost::asio::co_spawn(loop, ask(client, tenant, clock->now().wall),
                          [&](const std::exception_ptr& bug, TenantProbe answer) {
                              if (bug) std::rethrow_exception(bug);
                              probe = std::move(answer);
                              (*http_client)->close_idle();
                          });
    loop.run();
    return probe;
}

}  // namespace entrawatch
