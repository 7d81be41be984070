// Tenant: a simulated Microsoft Entra tenant as a pure model: a request and an instant go in, Graph's answer
// comes out.
//
// It holds records with event time, visible-from time and later revisions, and answers like Graph: tokens,
// filters, paging, limits, refusals. Everything it does by chance comes from the seed. Transport is
// simulator_server.hpp; records come from noise.hpp, story.hpp or add(). ledger() says what a collector must
// have by then. Single-threaded. Read next: endpoint.hpp, fault.hpp.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daemon/http/message.hpp"
#include "tests/simulator/directory_state.hpp"
#include "tests/simulator/fault.hpp"
#include "tests/simulator/filter.hpp"
#include "tests/simulator/limits.hpp"
#include "tests/simulator/machine_identity.hpp"
#include "tests/simulator/pages.hpp"
#include "tests/simulator/query.hpp"
#include "tests/simulator/record.hpp"
#include "tests/simulator/token_service.hpp"

namespace entrawatch::simulator {

enum class NextLinkTrick : std::uint8_t { none, to_itself, in_a_circle, to_foreign_host, to_plain_http };

// Switches; they may be changed between requests.
struct TenantOptions {
    std::string base_url =
        "https://graph.simulated.example";  // without a trailing slash; printed in next links
    std::string tenant_id;                  // empty = the cast's; only in the login's address
    std::string client_id = "2f6d1c94-0b7e-4a35-8d21-c3e59f70a6b8";
    std::string client_secret = "s1m~ulated+secret&with%signs";
    std::vector<std::string> certificates;         // PEM, registered with the application
    std::optional<FederatedCredential> federated;  // of a workload identity
    MachineIdentity machine;                       // what a managed identity asks
    std::set<std::string> granted = {"AuditLog.Read.All",
                                     "Directory.Read.All",
                                     "IdentityRiskEvent.Read.All",
                                     "IdentityRiskyUser.Read.All",
                                     "IdentityRiskyServicePrincipal.Read.All",
                                     "SecurityAlert.Read.All",
                                     "RoleManagement.Read.Directory",
                                     "RoleManagementAlert.Read.Directory",
                                     "PrivilegedEligibilitySchedule.Read.AzureADGroup",
                                     "Policy.Read.All"};
    Ticks token_life = std::chrono::seconds{3599};
    bool token_life_as_text = false;  // and members that nobody documents beside it
    int refuse_tokens_with = 0;       // an AADSTS number, 0 = none
    std::deque<int> token_refusals;   // AADSTS numbers, each spent on one request for a token
    Ticks clock_ahead{0};             // of Entra's and Graph's own clock: `Date`, and judging assertions
    Ticks skip_token_life = std::chrono::minutes{5};
    Ticks retention = std::chrono::hours{24 * 30};
    std::set<FeedId> unlicensed;
    bool enforce_limits = true;
    std::string reports_retry_after =
        "10";  // header of 429 on reports; empty = left out. Never on identity protection
    bool shrink_pages = false;
    bool empty_pages = false;
    bool long_links = false;       // next links of 12 KiB
    bool gzip = false;             // when the client accepts it
    std::size_t largest_page = 0;  // rows; 0 = as the endpoint says
    bool repeat_rows = false;      // rows come twice on a page, and older forms of dated ones on a later one
    bool shuffle_rows = false;     // in no order, whatever $orderby says
    std::optional<Span> stalled;   // what would become visible in it is first shown at its end
    bool close_connections = false;
    double other_apps = 0;        // the part of identity protection's budget that others use up, at random
    double licence_flickers = 0;  // the part of the sign-in requests refused for want of a licence
    double fault_rate = 0;        // the part of the requests that meet one of `faults`
    std::vector<Fault> faults;
    NextLinkTrick next_link_trick = NextLinkTrick::none;
    int tricks = -1;                     // how often it is played; -1 = always
    std::optional<Ticks> widest_window;  // wider time filters end in 504
    Ticks sign_in_delay{0};              // how long a date-filtered signIns answer takes
};

struct Answer {
    http::Response response;  // status 0: close the connection without an answer
    Ticks delay{0};           // how long the transport must wait before it sends
};

// One record that must have been collected by now, in its newest visible form.
struct LedgerEntry {
    FeedId feed;
    std::string id;
    std::string sha256;  // hex, of the exact octets
    Instant event_time;
    Instant visible_from;  // of the first revision
    int revisions = 1;     // visible so far
};

class Tenant {
  public:
    explicit Tenant(std::uint64_t seed, TenantOptions options = {});

    [[nodiscard]] TenantOptions& options() { return options_; }
    [[nodiscard]] const TenantOptions& options() const { return options_; }
    // What the directory says from now on; may be changed between requests.
    [[nodiscard]] DirectoryState& directory() { return directory_; }
    void order(Fault fault) { faults_.order(std::move(fault)); }
    void kill_skip_tokens() { pages_.kill_tokens(); }
    void revoke_tokens() { tokens_.revoke_all(); }

    // Error: the document has no id or event time, or the id is there already.
    [[nodiscard]] Result<> add(FeedId feed, const Document& document, Instant visible_from);
    // A later form of a record. Error: no such record, or not later than its last revision.
    [[nodiscard]] Result<> revise(FeedId feed, const std::string& id, const Document& document,
                                  Instant visible_from);
    // Sends these octets for the newest form of a record, which is found and filtered as before. For rows
    // that no writer of JSON would write. Error: no such record.
    [[nodiscard]] Result<> misspell(FeedId feed, const std::string& id, std::string octets);
    [[nodiscard]] const Record* find(FeedId feed, const std::string& id) const;
    [[nodiscard]] std::size_t size() const { return records_.size(); }

    // The method and url.target of `request` decide; GET /_simulator/ledger answers without a token.
    [[nodiscard]] Answer answer(const http::Request& request, Instant now);

    [[nodiscard]] std::vector<LedgerEntry> ledger(Instant now) const;
    // List requests answered with a page, per feed.
    [[nodiscard]] int pages_served(FeedId feed) const;
    [[nodiscard]] int directory_reads_served() const { return directory_reads_served_; }
    [[nodiscard]] int requests_refused_by_limit() const { return refused_by_limit_; }
    [[nodiscard]] int tokens_issued() const { return tokens_.issued_count(); }

  private:
    [[nodiscard]] Registration registration() const;
    [[nodiscard]] Answer answer_graph(const http::Request& request, const std::string& request_id,
                                      Instant now);
    [[nodiscard]] OrGraphError<std::string> body_for(const Query& query, std::optional<FeedId> feed,
                                                     Instant now);
    [[nodiscard]] OrGraphError<std::string> list(const Endpoint& endpoint, const Query& query, Instant now);
    [[nodiscard]] std::vector<std::string> rows(const Endpoint& endpoint, const std::optional<Filter>& filter,
                                                bool ascending, Instant now) const;
    [[nodiscard]] OrGraphError<PageOfRows> first_page(const Endpoint& endpoint, const Query& query,
                                                      Instant now);
    [[nodiscard]] std::string next_link(const Endpoint& endpoint, const Query& query,
                                        const std::string& token);
    [[nodiscard]] bool plays(NextLinkTrick trick);
    [[nodiscard]] http::Response token_answer(const http::Request& request, Instant now);
    [[nodiscard]] std::optional<GraphError> refused_by_chance(const Endpoint& endpoint, FeedId feed);
    [[nodiscard]] std::optional<Fault> fault_for(std::optional<FeedId> feed);
    // What of the record Graph shows at `now`, a stall considered.
    [[nodiscard]] const Revision* shown_at(const Record& record, Instant now) const;
    [[nodiscard]] std::string ledger_body(Instant now) const;

    TenantOptions options_;
    DirectoryState directory_;
    std::deque<Record> records_;  // never moved: links into it stay good
    std::map<std::pair<FeedId, std::string>, std::size_t> index_;
    Dice dice_;
    Pages pages_;
    TokenService tokens_;
    Limits limits_;
    Faults faults_;
    std::map<FeedId, int> pages_served_;
    int directory_reads_served_ = 0;
    int refused_by_limit_ = 0;
    std::map<std::string, std::string> circles_;  // the tokens of second pages, to lead back to; by walk
};

}  // namespace entrawatch::simulator
