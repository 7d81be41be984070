// What each kind of receiver means by its answer, where the status does not say it.
//
// Sources: the vendors' documentation of their error bodies. A 2xx that says in its body that nothing was
// taken must not count as delivered; a body that cannot be read leaves the status standing, but for the two
// chat services whose success is one fixed word.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "alerts/payload/native.hpp"
#include "alerts/verdict.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

bool is_success(const Answer& answer) {
    return answer.status >= 200 && answer.status < 300;
}

Verdict judge_status(int status, const Answer& answer) {
    Answer other = answer;
    other.status = status;
    return judge(other);
}

// "ok", or JSON with ok: true. Anything else at a webhook that says "ok" is another server's page.
Verdict judge_slack(const Answer& answer) {
    if (trim(answer.body) == "ok") return Verdict::delivered;
    const OrderedJson body = parse_object(answer.body);
    if (member(body, "ok") == true) return Verdict::delivered;
    const std::string error = text_at(body, {"error"});
    if (error == "rate_limited" || error == "ratelimited") return Verdict::throttled;
    return Verdict::misconfigured;
}

Verdict judge_mattermost(const Answer& answer) {
    return trim(answer.body) == "ok" ? Verdict::delivered : Verdict::misconfigured;
}

// The connector passes on what happened behind it: "… failed with error: Microsoft Teams endpoint returned
// HTTP error 429 …". Workflows answer 202 with nothing, or 200 with what the flow's own Response says.
Verdict judge_teams(const Answer& answer) {
    constexpr std::string_view mark = "http error ";
    const std::string body = to_lower_ascii(answer.body);
    if (const auto at = body.find(mark); at != std::string::npos) {
        int status = 0;
        const char* digits = body.data() + at + mark.size();
        std::from_chars(digits, body.data() + body.size(), status);
        const Verdict inner = judge_status(status, answer);
        return inner == Verdict::delivered ? Verdict::transient : inner;
    }
    if (body.find("too large") != std::string::npos) return Verdict::too_large;
    const bool refused = body.find("webhook message delivery failed") != std::string::npos ||
                         body.find("bad payload") != std::string::npos ||
                         parse_object(answer.body).contains("error");
    return refused ? Verdict::misconfigured : Verdict::delivered;
}

Verdict judge_pagerduty(const Answer& answer) {
    const std::string status = text_at(parse_object(answer.body), {"status"});
    return status.empty() || status == "success" ? Verdict::delivered : Verdict::misconfigured;
}

Verdict judge_servicenow(const Answer& answer) {
    return parse_object(answer.body).contains("error") ? Verdict::misconfigured : Verdict::delivered;
}

// 0 is success; 8 (internal error), 9 (busy) and 18 to 20 (queues full) pass by themselves, the others do
// not.
Verdict judge_splunk(const Answer& answer) {
    const OrderedJson code = member(parse_object(answer.body), "code");
    if (!code.is_number_integer()) return judge(answer);
    const auto number = code.get<std::int64_t>();
    if (number == 0) return judge(answer);
    if (number == 8 || number == 9 || (number >= 18 && number <= 20)) {
        const Verdict verdict = judge(answer);
        return verdict == Verdict::throttled ? verdict : Verdict::transient;
    }
    return Verdict::misconfigured;
}

// Seconds, as a number that may have a fraction: rounded up, or the wait would end too early.
std::optional<Ticks> seconds_in_body(const Answer& answer) {
    const OrderedJson seconds = member(parse_object(answer.body), "retry_after");
    if (!seconds.is_number()) return std::nullopt;
    const double value = seconds.get<double>();
    if (!(value >= 0)) return std::nullopt;
    return std::chrono::seconds{static_cast<std::int64_t>(std::ceil(std::min(value, 3600.0)))};
}

}  // namespace

Verdict judge(DestinationType type, const Answer& answer) {
    if (type == DestinationType::splunk_hec && !answer.must_be_mended && answer.status != 0)
        return judge_splunk(answer);
    if (answer.must_be_mended || !is_success(answer)) return judge(answer);
    switch (type) {
        case DestinationType::slack:
            return judge_slack(answer);
        case DestinationType::mattermost:
            return judge_mattermost(answer);
        case DestinationType::teams:
            return judge_teams(answer);
        case DestinationType::pagerduty:
            return judge_pagerduty(answer);
        case DestinationType::servicenow:
            return judge_servicenow(answer);
        default:
            return judge(answer);
    }
}

std::optional<Ticks> asked_to_wait(DestinationType type, const Answer& answer, Instant now) {
    auto wait = parse_retry_after(answer.retry_after, now);
    if (type == DestinationType::discord || type == DestinationType::slack) {
        // Discord's header is rounded; the body has the longer of the two.
        const auto told = seconds_in_body(answer);
        if (told && (!wait || *told > *wait)) wait = told;
    }
    if (type == DestinationType::opsgenie && !wait && answer.status == 429)
        wait = parse_retry_after(answer.rate_period, now);
    return wait;
}

}  // namespace entrawatch
