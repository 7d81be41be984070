#include "tests/simulator/receiver.hpp"

namespace entrawatch::simulator {

Answer Receiver::answer(const http::Request& request, Instant now) {
    Answer answer;
    if (request.method != "POST") {
        answer.response.status = 405;
        return answer;
    }
    Received post{now, request.headers, request.body, false, {}, 0};
    if (keys_.empty()) {
        post.why_not = "the receiver has no signing secret";
    } else {
        const auto unix_now =
            std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count();
        const Result<> verified = verify_signature(
            keys_, request.headers.get("webhook-id"), request.headers.get("webhook-timestamp"),
            request.headers.get("webhook-signature"), request.body, unix_now);
        post.verified = verified.has_value();
        if (!verified) post.why_not = verified.error().text();
    }
    ScriptedAnswer next;
    if (!script_.empty()) {
        next = std::move(script_.front());
        script_.pop_front();
    }
    answer.delay = next.hang;
    answer.response.status = next.cut ? 0 : next.status;
    if (!next.retry_after.empty()) answer.response.headers.set("retry-after", next.retry_after);
    post.answered = answer.response.status;
    received_.push_back(std::move(post));
    return answer;
}

}  // namespace entrawatch::simulator
