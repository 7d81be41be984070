// PrincipalLookup: finds out who ids are that the directory's reading does not have: POST
// /directoryObjects/getByIds.
//
// For the page that waits: one request of at most 1,000 ids, only while the directory's budget is free, with
// five seconds for the answer. What fails, is refused or takes longer leaves the principals unknown, and
// facts about them `unresolved`; nothing is asked for a minute then. Answers are remembered for an hour, that
// there is no such object for ten minutes. Used by FeedPoller through TenantRuntime::look_up. On the I/O
// thread. Read next: page_principals.hpp.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "daemon/tenant_runtime.hpp"

namespace entrawatch {

class PrincipalLookup {
  public:
    explicit PrincipalLookup(TenantRuntime& tenant) : tenant_(tenant) {}

    // Those of the ids (lower case) of whom something is known.
    [[nodiscard]] boost::asio::awaitable<std::shared_ptr<const LookedUpPrincipals>> look_up(
        std::set<std::string> ids);

  private:
    struct Answer {
        std::optional<Principal> principal;  // none: the directory has no such object
        Instant at;
    };
    [[nodiscard]] boost::asio::awaitable<void> ask(std::set<std::string> ids);
    void remember(const std::set<std::string>& asked, Principals found);
    void forget_old();
    void say(const std::string& problem);

    TenantRuntime& tenant_;
    std::map<std::string, Answer> answers_;
    std::optional<Instant> not_before_;
    std::string problem_;  // the last that was said
};

}  // namespace entrawatch
