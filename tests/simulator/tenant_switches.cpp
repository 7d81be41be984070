// What the switches of TenantOptions change in the answers of a Tenant: its next links, tokens and faults,
// and what is shown when.
#include <algorithm>
#include <functional>

#include "core/base/percent.hpp"
#include "core/base/text.hpp"
#include "tests/simulator/tenant.hpp"

namespace entrawatch::simulator {

http::Response Tenant::token_answer(const http::Request& request, Instant now) {
    Registration application = registration();
    if (!options_.token_refusals.empty()) {
        application.refuse_with = options_.token_refusals.front();
        options_.token_refusals.pop_front();
    }
    http::Response response = tokens_.answer(request, application, now + options_.clock_ahead);
    response.headers.set("date", http_date(now + options_.clock_ahead));
    if (!options_.token_life_as_text || response.status != 200) return response;
    Document body = Document::parse(response.body);
    body["expires_in"] = std::to_string(body.at("expires_in").get<int>());
    body["client_info"] = {{"uid", 7}, {"utid", nullptr}};
    body["foci"] = "1";
    response.body = body.dump();
    return response;
}

std::optional<Fault> Tenant::fault_for(std::optional<FeedId> feed) {
    auto fault = faults_.meet(feed);
    const bool by_chance = !fault && !options_.faults.empty() && dice_.chance(options_.fault_rate);
    return by_chance ? dice_.choose(options_.faults) : fault;
}

bool Tenant::plays(NextLinkTrick trick) {
    if (options_.next_link_trick != trick || options_.tricks == 0) return false;
    if (options_.tricks > 0) --options_.tricks;
    return true;
}

const Revision* Tenant::shown_at(const Record& record, Instant now) const {
    const auto& stalled = options_.stalled;
    if (!stalled || now < stalled->from || now >= stalled->to) return record.visible_at(now);
    return record.visible_at(stalled->from);
}

std::string Tenant::next_link(const Endpoint& endpoint, const Query& query, const std::string& token) {
    if (plays(NextLinkTrick::to_foreign_host)) {
        return "https://graph.elsewhere.example" + std::string{endpoint.path} + "?%24skiptoken=" + token;
    }
    std::string base = options_.base_url;
    if (plays(NextLinkTrick::to_plain_http)) base.replace(0, base.find(':'), "http");
    std::string link = base + std::string{endpoint.path.substr(0, endpoint.path.rfind('/'))} +
                       to_lower_ascii(endpoint.path.substr(endpoint.path.rfind('/'))) + "?";
    // Graph echoes the whole query, in an order and a letter case of its own.
    std::vector<std::pair<std::string, std::string>> echoed = query.options;
    std::sort(echoed.begin(), echoed.end(), std::greater<>{});
    for (const auto& [name, value] : echoed) {
        if (!equal_ignoring_ascii_case(name, "$skiptoken")) {
            link += percent_encoded(name) + "=" + percent_encoded(value) + "&";
        }
    }
    const auto own = query.option("$skiptoken");
    if (own && plays(NextLinkTrick::to_itself)) return link + "%24skiptoken=" + percent_encoded(*own);
    // Page 3 leads back to page 2. A token begins with the name of its walk.
    const std::string walk = token.substr(0, token.find('_'));
    if (!own && options_.next_link_trick == NextLinkTrick::in_a_circle) circles_[walk] = token;
    const auto second = circles_.find(walk);
    if (own && second != circles_.end() && *own != second->second && plays(NextLinkTrick::in_a_circle))
        return link + "%24skiptoken=" + percent_encoded(second->second);
    return link + "%24skiptoken=" + percent_encoded(token);
}

}  // namespace entrawatch::simulator
