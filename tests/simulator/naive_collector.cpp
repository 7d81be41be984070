#include "tests/simulator/naive_collector.hpp"

#include "core/base/digest.hpp"
#include "core/base/percent.hpp"
#include "core/base/text.hpp"
#include "tests/simulator/cast.hpp"

namespace entrawatch::simulator {
namespace {

// By this property updates of mutable feeds can be found too.
std::string window_time_of(FeedId feed) {
    return endpoint_of(feed).budget == BudgetGroup::identity_protection ? "lastUpdatedDateTime"
                                                                        : std::string{event_time_of(feed)};
}

std::string with_event_type(FeedId feed, std::string filter) {
    const std::string_view type = event_type_of(feed);
    if (type.empty()) return filter;
    return filter + " and signInEventTypes/any(t: t eq '" + std::string{type} + "')";
}

void keep(Collected& collected, FeedId feed, const std::string& json) {
    collected[{feed, Document::parse(json).at("id").get<std::string>()}] = to_hex(as_bytes(sha256(json)));
}

}  // namespace

http::Response Walker::get(const std::string& target, Instant now) {
    const TenantOptions& options = tenant_.options();
    http::Request request;
    if (token_.empty()) {
        request.method = "POST";
        request.url.target = "/" + cast().tenant_id + "/oauth2/v2.0/token";
        request.body = "grant_type=client_credentials&client_id=" + options.client_id +
                       "&client_secret=" + percent_encoded(options.client_secret) +
                       "&scope=" + percent_encoded(options.base_url + "/.default");
        const Document answer = Document::parse(tenant_.answer(request, now).response.body, nullptr, false);
        if (answer.is_object()) token_ = answer.value("access_token", "");
    }
    request = {};
    request.url.target = target;
    request.headers.set("authorization", "Bearer " + token_);
    return tenant_.answer(request, now).response;
}

bool Walker::walk(FeedId feed, const std::string& filter, Instant now,
                  const std::function<void(const std::string& json)>& take) {
    std::string target = std::string{endpoint_of(feed).path} +
                         "?%24top=" + std::to_string(endpoint_of(feed).largest_page) +
                         "&%24filter=" + percent_encoded(filter);
    while (!target.empty()) {
        const http::Response response = ask(target, now);
        const Document page = Document::parse(response.body, nullptr, false);
        if (response.status != 200 || !page.is_object() || !page.contains("value")) return false;
        for (const Document& record : page.at("value"))
            take(record.dump());
        target = target_of(page.value("@odata.nextLink", ""));
    }
    return true;
}

http::Response Walker::ask(const std::string& target, Instant now) {
    http::Response response = get(target, now);
    if (response.status != 401) return response;
    token_.clear();
    return get(target, now);
}

std::string Walker::target_of(const std::string& link) const {
    const std::size_t base = tenant_.options().base_url.size();
    return link.size() > base ? link.substr(base) : std::string{};
}

bool NaiveCollector::poll(FeedId feed, Instant now) {
    const auto cursor = cursor_.find(feed);
    const Instant from = cursor == cursor_.end() ? Instant{} : cursor->second;
    Instant newest = from;
    const std::string filter = std::string{event_time_of(feed)} + " gt " + to_iso(from);
    const bool walked = walker_.walk(feed, with_event_type(feed, filter), now, [&](const std::string& json) {
        keep(collected_, feed, json);
        const auto time = parse_iso(Document::parse(json).at(event_time_of(feed)).get<std::string>());
        newest = std::max(newest, time.value_or(newest));
    });
    if (walked) cursor_[feed] = newest;
    return walked;
}

bool OverlappingCollector::poll(FeedId feed, Ticks overlap, Instant now) {
    const std::string property = window_time_of(feed);
    // Provisioning takes no `ge` and `le`, so everywhere the bounds lie outside.
    const std::string filter = property + " gt " + to_iso(now - overlap - Ticks{1}) + " and " + property +
                               " lt " + to_iso(now + Ticks{1});
    return walker_.walk(feed, with_event_type(feed, filter), now,
                        [&](const std::string& json) { keep(collected_, feed, json); });
}

}  // namespace entrawatch::simulator
