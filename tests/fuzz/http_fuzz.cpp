// Any octets as a URL, a next link, a token answer, a token, a Retry-After, a gzip body, an answer of Graph,
// a proxy's answer and an entry of no_proxy: no crash, nothing leaves the configured host, nothing that
// prints holds a control character.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "core/feed/feed.hpp"
#include "daemon/graph/answer.hpp"
#include "daemon/graph/identity_answer.hpp"
#include "daemon/graph/link.hpp"
#include "daemon/graph/retry_after.hpp"
#include "daemon/graph/token_answer.hpp"
#include "daemon/http/gzip.hpp"
#include "daemon/http/proxy_dialogue.hpp"

namespace {

using namespace entrawatch;

void must(bool holds) {
    if (!holds) std::abort();
}

bool is_one_line(const std::string& text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return c == '\n' || c == '\r' || c == '\x1b' || c == '\0'; });
}

void check_urls(const std::string& text) {
    if (const auto url = Url::parse(text)) {
        must(url->target.starts_with('/') && !url->host.empty());
        const auto again = Url::parse(url->origin() + url->target);
        // Only the length can be in the way of reading back what was written.
        must(!again || (again->same_origin(*url) && again->target == url->target));
    }
    if (const auto link = graph::checked_link(text, "https://graph.example")) {
        must(link->origin() == "https://graph.example:443");
    }
}

void check_answers(const std::string& text) {
    const Instant now = instant_of(17'000'000'000'000'000);
    for (const int status : {200, 206, 302, 400, 401, 403, 404, 429, 503, 504}) {
        const http::Response response{
            status, {{"Retry-After", text}, {"request-id", text}, {"Warning", text}}, text, {}};
        const auto judgement = graph::judge(response, all_feeds().front(), now);
        must(judgement.outcome == graph::Outcome::page || !judgement.message.empty());
        must(is_one_line(judgement.message) && is_one_line(judgement.code) &&
             is_one_line(judgement.request_id));
        must(!judgement.retry_after || *judgement.retry_after >= Ticks{0});
    }
}

void check_proxies(const std::string& text) {
    for (const char* url : {"http://proxy.example:3128", "socks5h://proxy.example:1080"}) {
        auto proxy = std::make_shared<Proxy>();
        proxy->url = Url::parse_proxy(url).value();
        proxy->credentials = Secret{"user:password"};
        http::ProxyDialogue dialogue{proxy, Url::parse("https://graph.example").value()};
        for (const char octet : text) {
            const auto next = dialogue.hear({&octet, 1});
            must(next || is_one_line(next.error().what));
            if (!next) break;
        }
    }
    NoProxy list;
    must(list.add(text) || !list.covers("graph.example"));
    static_cast<void>(list.covers(text));
}

void check_token(const Result<graph::TokenAnswer>& answer) {
    if (answer) {
        must(!answer->token.empty() && graph::renewal_age(*answer) > Ticks{0} &&
             graph::renewal_age(*answer) <= answer->life);
    } else {
        must(!answer.error().what.empty() && is_one_line(answer.error().what));
    }
}

void check_tokens(const std::string& text) {
    for (const int status : {200, 400, 503}) {
        check_token(graph::parse_token_answer(status, text));
        check_token(graph::parse_identity_answer(status, text, instant_of(17'000'000'000'000'000)));
    }
    static_cast<void>(graph::refusal_code(text));
    must(graph::roles_in(text).size() <= 200);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text{reinterpret_cast<const char*>(data), size};
    check_urls(text);
    check_answers(text);
    check_proxies(text);
    check_tokens(text);
    const auto plain = http::gunzip(text, 1U << 20U);
    must(!plain || plain->size() <= 1U << 20U);
    return 0;
}
