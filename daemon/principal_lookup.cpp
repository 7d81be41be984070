#include "daemon/principal_lookup.hpp"

#include <utility>

#include "core/feed/json_write.hpp"
#include "core/feed/page.hpp"
#include "daemon/graph/directory_answers.hpp"
#include "daemon/graph/directory_targets.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr auto lookup_patience = 5s;
constexpr Ticks lookup_pause = 1min;
constexpr Ticks keep_found = 1h;
constexpr Ticks keep_missing = 10min;
constexpr std::size_t max_lookup_ids = 1'000;  // more are refused
constexpr std::size_t max_lookup_answers = 50'000;

// Without $select users come without half of what is asked here: Microsoft names that as the way round.
std::string lookup_target() {
    return std::string{graph::by_ids_target} +
           "?$select=id,displayName,userPrincipalName,userType,accountEnabled,onPremisesSyncEnabled,"
           "appOwnerOrganizationId";
}

std::string lookup_body(const std::set<std::string>& ids) {
    JsonObjectWriter writer;
    writer.raw("ids", json_list(ids, json_text));
    writer.raw("types", R"(["user","group","servicePrincipal"])");
    return std::move(writer).take();
}

}  // namespace

asio::awaitable<std::shared_ptr<const LookedUpPrincipals>> PrincipalLookup::look_up(
    std::set<std::string> ids) {
    forget_old();
    std::set<std::string> wanted;
    for (const std::string& id : ids) {
        if (!answers_.contains(id) && wanted.size() < max_lookup_ids) wanted.insert(id);
    }
    const Instant now = tenant_.now();
    // A wall clock that was set back must not keep us from asking.
    const bool paused = not_before_ && now < *not_before_ && *not_before_ - now <= lookup_pause;
    if (!wanted.empty() && !paused) co_await ask(std::move(wanted));
    auto known = std::make_shared<LookedUpPrincipals>();
    for (const std::string& id : ids) {
        const auto answer = answers_.find(id);
        if (answer != answers_.end() && answer->second.principal)
            known->emplace(id, LookedUp{*answer->second.principal, answer->second.at});
    }
    co_return known;
}

asio::awaitable<void> PrincipalLookup::ask(std::set<std::string> ids) {
    const auto got =
        co_await tenant_.graph.post_directory(lookup_target(), lookup_body(ids), lookup_patience);
    if (got.judgement.outcome != graph::Outcome::page) {
        not_before_ = tenant_.now() + lookup_pause;
        say(got.judgement.message.empty() ? "no answer" : got.judgement.message);
        co_return;
    }
    const auto page = split_page(got.body);
    if (!page) {
        not_before_ = tenant_.now() + lookup_pause;
        say(page.error().text());
        co_return;
    }
    Principals found;
    JsonReader reader;
    for (const std::string_view record : page->records) {
        const auto json = reader.parse(record);
        auto principal = json ? graph::principal_in(*json, tenant_.settings.tenant_id) : std::nullopt;
        if (principal) found.insert_or_assign(principal->id, *principal);
    }
    remember(ids, std::move(found));
    problem_.clear();
}

void PrincipalLookup::remember(const std::set<std::string>& asked, Principals found) {
    if (answers_.size() + asked.size() > max_lookup_answers) answers_.clear();
    const Instant now = tenant_.now();
    for (const std::string& id : asked) {
        Answer& answer = answers_[id];
        answer.at = now;
        if (const auto one = found.find(id); one != found.end()) answer.principal = std::move(one->second);
    }
}

void PrincipalLookup::forget_old() {
    const Instant now = tenant_.now();
    std::erase_if(answers_, [&](const auto& entry) {
        return now - entry.second.at > (entry.second.principal ? keep_found : keep_missing);
    });
}

void PrincipalLookup::say(const std::string& problem) {
    if (problem_ == problem) return;
    problem_ = problem;
    tenant_.log->warning("principals were not looked up; facts about them are unresolved",
                         {{"tenant", tenant_.settings.name}, {"reason", problem}});
}

}  // namespace entrawatch
