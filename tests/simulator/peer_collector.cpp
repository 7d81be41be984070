#include "tests/simulator/peer_collector.hpp"

#include <algorithm>

#include "core/base/digest.hpp"
#include "core/base/percent.hpp"

namespace entrawatch::simulator {

std::string PeerCollector::property(FeedId feed) const {
    return habits_.time_property.empty() ? std::string{event_time_of(feed)} : habits_.time_property;
}

std::string PeerCollector::first_target(FeedId feed, Instant from, Instant to, bool ascending) const {
    const bool after = habits_.cursor_is_newest_row || ascending;
    std::string filter = property(feed) + (after ? " gt " : " ge ") + to_iso(from) + " and " +
                         property(feed) + " lt " + to_iso(to);
    if (const std::string_view type = event_type_of(feed); !type.empty())
        filter += " and signInEventTypes/any(t: t eq '" + std::string{type} + "')";
    std::string target = std::string{endpoint_of(feed).path} +
                         "?%24top=" + std::to_string(endpoint_of(feed).largest_page) +
                         "&%24filter=" + percent_encoded(filter);
    if (ascending) target += "&%24orderby=" + percent_encoded(property(feed) + " asc");
    return target;
}

void PeerCollector::poll(FeedId feed, Instant now, Ticks ahead) {
    const Instant here = now + ahead;
    const FeedId cursor = habits_.shared_cursor ? FeedId::directory_audits : feed;
    const bool first = !restarted_[feed];
    restarted_[feed] = true;
    if (!cursors_.contains(cursor) || (first && habits_.starts_from_now))
        cursors_[cursor] = here - habits_.margin;
    const Instant from = habits_.lookback ? here - *habits_.lookback : cursors_[cursor];
    const Instant to = here - habits_.margin;
    const auto newest = walk(feed, from, to, now);
    if (!newest || (sink_broken_ && !habits_.moves_on_without_sink)) return;
    cursors_[cursor] = std::max(cursors_[cursor], habits_.cursor_is_newest_row ? *newest : to);
}

std::optional<Instant> PeerCollector::walk(FeedId feed, Instant from, Instant to, Instant now) {
    Instant newest = from;
    std::string target = first_target(feed, from, to, habits_.asks_anew_after_each_page);
    while (!target.empty()) {
        const http::Response response = walker_.ask(target, now);
        if (habits_.largest_body && response.body.size() > *habits_.largest_body) return std::nullopt;
        if (response.status != 200)
            return habits_.refused_page_is_the_end ? std::optional{newest} : std::nullopt;
        const Document page = Document::parse(response.body, nullptr, false);
        if (!page.is_object() || !page.contains("value"))
            return habits_.anything_is_a_page ? std::optional{newest} : std::nullopt;
        for (const Document& row : page.at("value")) {
            take(feed, row);
            newest = std::max(newest, parse_iso(row.value(property(feed), "")).value_or(newest));
        }
        if (habits_.first_page_only || (habits_.empty_page_is_the_end && page.at("value").empty())) break;
        target = walker_.target_of(page.value("@odata.nextLink", ""));
        if (habits_.asks_anew_after_each_page && !target.empty())
            target = first_target(feed, newest, to, true);
    }
    return newest;
}

void PeerCollector::take(FeedId feed, const Document& row) {
    if (sink_broken_) return;
    const std::pair key{feed, row.at("id").get<std::string>()};
    if (habits_.keeps_the_first_form && collected_.contains(key)) return;
    collected_[key] = to_hex(as_bytes(sha256(row.dump())));
}

}  // namespace entrawatch::simulator
