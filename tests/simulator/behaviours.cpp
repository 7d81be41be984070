#include "tests/simulator/behaviours.hpp"

#include <algorithm>
#include <array>

#include "tests/simulator/odd_rows.hpp"

namespace entrawatch::simulator {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Fault chance_of(FaultKind kind, int status = 503, std::string retry_after = "") {
    Fault fault;
    fault.kind = kind;
    fault.status = status;
    fault.retry_after = std::move(retry_after);
    return fault;
}

void faults(Scene& scene, double rate, std::vector<Fault> kinds) {
    scene.tenant.options().fault_rate = rate;
    scene.tenant.options().faults = std::move(kinds);
}

// Pages so small that every window has several.
void many_pages(Scene& scene, std::size_t rows = 25) {
    scene.tenant.options().largest_page = rows;
}

constexpr std::array all_behaviours = {
    Behaviour{0, "plain", "nothing odd", [](Scene&) {}},
    Behaviour{1, "token-service", "tokens of 20 s, life as text, passing refusals",
              [](Scene& scene) {
                  auto& options = scene.tenant.options();
                  options.token_life = seconds{20};
                  options.token_life_as_text = true;
                  options.token_refusals = {90033, 90033, 0, 90033, 0, 90055};
              }},
    Behaviour{3, "token-dies", "401 for a token that is good, in the middle of a walk",
              [](Scene& scene) {
                  many_pages(scene);
                  faults(scene, 0.1, {chance_of(FaultKind::unauthorized)});
              }},
    Behaviour{4, "connections", "closed after every answer, and sometimes before it",
              [](Scene& scene) {
                  scene.tenant.options().close_connections = true;
                  faults(scene, 0.1, {chance_of(FaultKind::no_answer)});
              }},
    Behaviour{5, "clocks", "Graph's clock is four minutes ahead",
              [](Scene& scene) { scene.tenant.options().clock_ahead = minutes{4}; }},
    Behaviour{6, "late-rows", "rows shown up to 19 minutes late, risk of 30 hours ago",
              [](Scene& scene) { add_late_rows(scene.tenant, scene.live, minutes{19}, 40, scene.dice); }},
    Behaviour{6, "very-late-rows", "rows shown up to two hours late",
              [](Scene& scene) { add_late_rows(scene.tenant, scene.live, hours{2}, 40, scene.dice); }},
    Behaviour{7, "stall", "nothing new is shown for half of the time, then everything",
              [](Scene& scene) {
                  const Ticks quarter = scene.live.length() / 4;
                  scene.tenant.options().stalled = Span{scene.live.from + quarter, scene.live.to - quarter};
              }},
    Behaviour{8, "equal-times", "2,500 rows of one moment, over three pages",
              [](Scene& scene) {
                  add_equal_times(scene.tenant, scene.live.from - hours{1}, 2500, scene.dice);
                  add_equal_times(scene.tenant, scene.live.from + scene.live.length() / 2, 60, scene.dice);
              }},
    Behaviour{9, "fractions", "times of 0 to 7 digits, and some that cannot be read",
              [](Scene& scene) {
                  add_fractions(scene.tenant, scene.live.from - hours{2}, scene.dice);
                  add_fractions(scene.tenant, scene.live.from + scene.live.length() / 2, scene.dice);
              }},
    Behaviour{10, "changes", "alerts, risky users and detections are revised, with and without a new time",
              [](Scene& scene) { add_slow_changes(scene.tenant, scene.live, scene.dice); }},
    Behaviour{11, "retention", "rows vanish while the backfill walks towards them",
              [](Scene& scene) { scene.tenant.options().retention = hours{5}; }, true},
    Behaviour{13, "no-order", "rows in no order, whatever was asked for",
              [](Scene& scene) {
                  scene.tenant.options().shuffle_rows = true;
                  many_pages(scene);
              }},
    Behaviour{14, "long-links", "next links of 12 KiB",
              [](Scene& scene) {
                  scene.tenant.options().long_links = true;
                  many_pages(scene);
              }},
    Behaviour{15, "odd-pages", "short and empty pages, at the start, in the middle and at the end",
              [](Scene& scene) {
                  scene.tenant.options().shrink_pages = true;
                  scene.tenant.options().empty_pages = true;
                  many_pages(scene, 40);
              }},
    Behaviour{15, "link-to-itself", "a next link leads to its own page",
              [](Scene& scene) {
                  many_pages(scene);
                  scene.tenant.options().next_link_trick = NextLinkTrick::to_itself;
                  scene.tenant.options().tricks = 12;
              }},
    Behaviour{15, "link-in-a-circle", "page 3 leads back to page 2",
              [](Scene& scene) {
                  many_pages(scene);
                  scene.tenant.options().next_link_trick = NextLinkTrick::in_a_circle;
                  scene.tenant.options().tricks = 12;
              }},
    Behaviour{15, "foreign-link", "a next link leads to another host",
              [](Scene& scene) {
                  many_pages(scene);
                  scene.tenant.options().next_link_trick = NextLinkTrick::to_foreign_host;
                  scene.tenant.options().tricks = 2;
              }},
    Behaviour{16, "dead-tokens", "skip tokens live twelve seconds",
              [](Scene& scene) {
                  many_pages(scene);
                  scene.tenant.options().skip_token_life = seconds{12};
              }},
    Behaviour{17, "repeats", "rows twice on a page, older forms on a later one, one id in two streams",
              [](Scene& scene) {
                  scene.tenant.options().repeat_rows = true;
                  many_pages(scene, 40);
                  add_one_id_in_two_streams(scene.tenant, scene.live.from - hours{1}, scene.dice);
                  add_slow_changes(scene.tenant, scene.live, scene.dice);
              }},
    Behaviour{18, "mid-walk", "rows appear while a window of many pages is read",
              [](Scene& scene) {
                  many_pages(scene, 10);
                  add_late_rows(scene.tenant, scene.live, minutes{15}, 60, scene.dice);
              }},
    Behaviour{19, "odd-rows", "unknown members, wrong types, members twice, lone surrogates",
              [](Scene& scene) {
                  add_odd_octets(scene.tenant, scene.live.from - hours{2}, scene.dice);
                  add_odd_octets(scene.tenant, scene.live.from + scene.live.length() / 2, scene.dice);
              }},
    Behaviour{20, "huge-rows", "records of 8 MB, a page of 24 MB, 2,000 policies in one sign-in",
              [](Scene& scene) { add_huge_rows(scene.tenant, scene.live.from - hours{3}, scene.dice); }},
    Behaviour{21, "throttled",
              "429 in bursts, Retry-After in seconds, zero, absent; others use up half of the budget",
              [](Scene& scene) {
                  faults(scene, 0.15,
                         {chance_of(FaultKind::throttled, 429, "2"),
                          chance_of(FaultKind::throttled, 429, "0"), chance_of(FaultKind::throttled, 429)});
                  scene.tenant.options().other_apps = 0.5;
                  scene.tenant.options().reports_retry_after = "";
              }},
    Behaviour{22, "server-errors",
              "500, 502, 503, 504, 206, HTML, error objects, nothing, wide windows never",
              [](Scene& scene) {
                  faults(scene, 0.15,
                         {chance_of(FaultKind::server_error, 500), chance_of(FaultKind::server_error, 502),
                          chance_of(FaultKind::server_error, 503), chance_of(FaultKind::gateway_time_out),
                          chance_of(FaultKind::html), chance_of(FaultKind::error_object),
                          chance_of(FaultKind::partial_answer), chance_of(FaultKind::empty_body)});
                  scene.tenant.options().widest_window = hours{3};
              }},
    Behaviour{22, "garbled-refusal", "403 whose body is no text",
              [](Scene& scene) { faults(scene, 0.01, {chance_of(FaultKind::garbled_refusal)}); }},
    Behaviour{
        23, "cut-bodies", "bodies end in the middle, or after long silence",
        [](Scene& scene) {
            Fault slow = chance_of(FaultKind::cut_body);
            slow.delay = seconds{8};
            faults(scene, 0.15, {chance_of(FaultKind::cut_body), chance_of(FaultKind::no_answer), slow});
        }},
    Behaviour{24, "licence-flickers", "a licence refused now and then",
              [](Scene& scene) { scene.tenant.options().licence_flickers = 0.01; }},
    Behaviour{24, "late-consent", "a permission granted later, good with a new token only",
              [](Scene& scene) { scene.tenant.options().granted.erase("IdentityRiskEvent.Read.All"); }},
    Behaviour{25, "slow-sign-ins", "sign-ins take eight seconds to be found",
              [](Scene& scene) { scene.tenant.options().sign_in_delay = seconds{8}; }},
};

}  // namespace

std::span<const Behaviour> behaviours() {
    return all_behaviours;
}

const Behaviour* find_behaviour(std::string_view name) {
    const auto* const found = std::find_if(all_behaviours.begin(), all_behaviours.end(),
                                           [&](const Behaviour& one) { return one.name == name; });
    return found == all_behaviours.end() ? nullptr : found;
}

void calm(Tenant& tenant) {
    const TenantOptions usual;
    TenantOptions& options = tenant.options();
    options.granted = usual.granted;
    options.unlicensed.clear();
    options.token_refusals.clear();
    options.fault_rate = options.other_apps = options.licence_flickers = 0;
    options.tricks = 0;
    options.sign_in_delay = Ticks{0};
}

}  // namespace entrawatch::simulator
