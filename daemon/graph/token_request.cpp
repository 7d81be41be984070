#include "daemon/graph/token_request.hpp"

#include "core/base/text.hpp"
#include "daemon/graph/identity_answer.hpp"
#include "daemon/graph/proof.hpp"
#include "daemon/graph/retry_after.hpp"

namespace entrawatch::graph {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

using Question = std::shared_ptr<const TokenQuestion>;

constexpr http::ExchangeLimits token_limits{30s, std::size_t{128} * 1024};
// Off Azure nobody answers at the link-local address: no use in waiting long.
constexpr http::ExchangeLimits machine_limits{10s, std::size_t{128} * 1024};
constexpr std::int64_t out_of_time = 700024;

TokenReply no_token(const Question& question, Error error) {
    if (error.where.empty()) error.where = question->application.name;
    return {fail(std::move(error)), std::nullopt};
}

TokenReply reply_to(const Question& question, const http::Response& response, Result<TokenAnswer> answer) {
    TokenReply reply{std::move(answer), std::nullopt};
    if (reply.answer) return reply;
    reply.answer.error().where = question->application.name;
    reply.wait = retry_after(response.headers, question->clock->now().wall);
    return reply;
}

Result<http::Request> entra_request(const TokenQuestion& question, Instant signed_at) {
    const auto proof = prove(question.application, signed_at);
    if (!proof) return fail(proof.error());
    auto url = http::Url::parse(token_endpoint(question.application));
    if (!url) return fail(url.error());
    http::Request request{"POST", std::move(*url), {}, {}};
    request.body = token_request_body(question.application.client_id, question.resource, *proof);
    request.headers.set("Content-Type", "application/x-www-form-urlencoded");
    request.headers.set("Accept", "application/json");
    return request;
}

// Entra's time, when it refused an assertion of ours for its time: what our clock says is not so.
std::optional<Instant> time_to_sign_at(const TokenQuestion& question, const http::Response& response) {
    const bool signed_here = std::holds_alternative<CertificateAndKey>(question.application.credential);
    if (!signed_here || refusal_code(response.body) != out_of_time) return std::nullopt;
    return parse_http_date(trim(response.headers.get("Date")));
}

asio::awaitable<TokenReply> ask_entra(Question question) {
    Instant signed_at = question->clock->now().wall;
    for (bool repeated = false;; repeated = true) {
        auto request = entra_request(*question, signed_at);
        if (!request) co_return no_token(question, request.error());
        auto response = co_await question->entra->exchange(std::move(*request), token_limits);
        if (!response) co_return no_token(question, response.error().error);
        const auto their_time = time_to_sign_at(*question, *response);
        if (repeated || !their_time)
            co_return reply_to(question, *response, parse_token_answer(response->status, response->body));
        signed_at = *their_time;
    }
}

// A client of its own: plain http to a link-local address is for this purpose only.
asio::awaitable<tl::expected<http::Response, http::ExchangeError>> ask_machine_once(
    asio::any_io_executor executor, http::Request request) {
    http::TlsSettings settings;
    settings.plain_to_link_local = true;
    auto client = http::HttpClient::create(executor, settings);
    if (!client) co_return tl::make_unexpected(http::ExchangeError{client.error()});
    auto response = co_await (*client)->exchange(std::move(request), machine_limits);
    (*client)->close_idle();
    co_return response;
}

TokenReply machine_is_silent(const Question& question, const http::ExchangeError& error) {
    Error words = error.error;
    words.what += "; is this a machine of Azure with a managed identity?";
    return no_token(question, std::move(words));
}

asio::awaitable<TokenReply> ask_machine(asio::any_io_executor executor, Question question) {
    auto request = identity_request(question->environment, *question->managed_identity(), question->resource);
    if (!request) co_return no_token(question, request.error());
    const bool arc = question->environment.is_arc();
    for (bool repeated = false;; repeated = true) {
        http::Request copy = *request;
        auto response = co_await ask_machine_once(executor, std::move(copy));
        if (!response) co_return machine_is_silent(question, response.error());
        if (arc && !repeated && response->status == 401) {
            const auto secret = arc_secret(question->environment, response->headers.get("WWW-Authenticate"));
            if (!secret) co_return no_token(question, secret.error());
            request->headers.set("Authorization", "Basic " + std::string{secret->reveal()});
            continue;
        }
        auto answer = parse_identity_answer(response->status, response->body, question->clock->now().wall);
        const bool busy = !answer && answer.error().code == ErrorCode::unavailable;
        if (repeated || !busy) co_return reply_to(question, *response, std::move(answer));
    }
}

}  // namespace

asio::awaitable<TokenReply> ask_for_token(asio::any_io_executor executor, Question question) {
    if (question->managed_identity() != nullptr) return ask_machine(std::move(executor), std::move(question));
    return ask_entra(std::move(question));
}

}  // namespace entrawatch::graph
