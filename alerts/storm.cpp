#include "alerts/storm.hpp"

#include <algorithm>
#include <limits>

#include "alerts/payload/native.hpp"

namespace entrawatch {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int no_limit = std::numeric_limits<int>::max();

int sent_since(const SentTimes& sent, Instant since) {
    return static_cast<int>(sent.end() - std::upper_bound(sent.begin(), sent.end(), since));
}

Ticks longest_span(const Budget& budget) {
    Ticks longest{0};
    for (const BudgetLimit& limit : budget.limits)
        longest = std::max(longest, limit.messages > 0 ? limit.span : Ticks{0});
    return longest;
}

}  // namespace

bool count_is_due(std::int64_t told, std::int64_t count) {
    if (told < 2 && count >= 2) return true;
    for (std::int64_t step = 10; step <= count; step *= 10) {
        if (step > told) return true;
        if (step > std::numeric_limits<std::int64_t>::max() / 10) break;
    }
    return false;
}

AlertRow count_told(AlertRow alert, Instant now) {
    alert.told_count = alert.count;
    alert.told_at = now;
    OrderedJson data = parse_object(alert.data);
    if (!data.is_object()) return alert;
    data["update"] = "count";
    alert.data = dump(data);
    return alert;
}

Budget budget_of(DestinationType type) {
    switch (type) {
        case DestinationType::slack:
        case DestinationType::mattermost:
            return {{{{5, seconds{5}}, {}, {}}}};
        case DestinationType::teams:
            return {{{{4, seconds{1}}, {60, seconds{30}}, {90, hours{1}}}}};
        case DestinationType::discord:
            return {{{{5, seconds{5}}, {30, minutes{1}}, {}}}};
        case DestinationType::pagerduty:
        case DestinationType::opsgenie:
            return {{{{100, minutes{1}}, {}, {}}}};
        case DestinationType::webhook:
        case DestinationType::file:
        case DestinationType::servicenow:
        case DestinationType::alertmanager:
        case DestinationType::splunk_hec:
        case DestinationType::syslog:
        case DestinationType::sentinel:
            break;
    }
    return {};
}

bool is_limited(const Budget& budget) {
    return longest_span(budget) > Ticks{0};
}

int allowance(const Budget& budget, const SentTimes& sent, Instant now) {
    int allowed = no_limit;
    for (const BudgetLimit& limit : budget.limits) {
        if (limit.messages == 0) continue;
        allowed = std::min(allowed, limit.messages - sent_since(sent, now - limit.span));
    }
    return std::max(allowed, 0);
}

Instant next_allowance(const Budget& budget, const SentTimes& sent, Instant now) {
    Instant at = now;
    for (const BudgetLimit& limit : budget.limits) {
        if (limit.messages == 0 || static_cast<int>(sent.size()) < limit.messages) continue;
        // The one that must fall out of the span before another fits in.
        const Instant oldest = sent[sent.size() - static_cast<std::size_t>(limit.messages)];
        at = std::max(at, oldest + limit.span);
    }
    return at;
}

void note_sent(SentTimes& sent, const Budget& budget, Instant now) {
    if (!is_limited(budget)) return;
    // A clock that was set back must not make the log go backwards: it is searched.
    sent.push_back(sent.empty() ? now : std::max(now, sent.back()));
    while (!sent.empty() && sent.front() <= now - longest_span(budget))
        sent.pop_front();
}

Turn turn(const Waiting& waiting, int allowed, std::optional<Instant> last_digest, Instant now) {
    if (waiting.due <= allowed) return Turn::send;
    if (waiting.critical_firsts > 0) return Turn::send_critical_first;
    if (allowed == 0) return Turn::wait;
    const bool rested = !last_digest || now >= *last_digest + digest_interval;
    return waiting.foldable >= fewest_in_digest && rested ? Turn::fold : Turn::send;
}

}  // namespace entrawatch
