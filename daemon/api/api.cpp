#include "daemon/api/api.hpp"

#include <unistd.h>

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/thread_pool.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "core/base/text.hpp"
#include "daemon/api/access.hpp"
#include "daemon/api/peer_user.hpp"
#include "daemon/api/question.hpp"
#include "daemon/commands/commands.hpp"
#include "daemon/run_on.hpp"

namespace entrawatch::api {
namespace {

namespace asio = boost::asio;
using nlohmann::ordered_json;
using Flag = std::shared_ptr<std::atomic<bool>>;

http::Response in_json(int status, std::string body) {
    return {status,
            {{"content-type", "application/json"},
             {"cache-control", "no-store"},
             {"x-content-type-options", "nosniff"}},
            std::move(body),
            {}};
}

http::Response told(int status, std::string_view member, std::string_view words) {
    return in_json(
        status,
        ordered_json{{member, words}}.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n");
}

http::Response refused(const Refusal& refusal) {
    http::Response response = told(refusal.status, "error", refusal.why);
    if (refusal.status == 401) response.headers.set("www-authenticate", "Bearer realm=\"entrawatch\"");
    return response;
}

http::Response not_understood(const Error& error) {
    if (error.code == ErrorCode::not_found) return told(404, "error", error.what);
    if (error.code == ErrorCode::refused) {
        http::Response response = told(405, "error", "only " + error.what + " is answered here");
        response.headers.set("allow", error.what == "GET" ? "GET, HEAD" : error.what);
        return response;
    }
    return told(400, "error", error.text());
}

// Takes so many octets; then the stream that writes into it is not good any more.
class BoundedText final : public std::streambuf {
  public:
    explicit BoundedText(std::size_t most) : most_(most) {}
    [[nodiscard]] bool overflowed() const { return overflowed_; }
    [[nodiscard]] std::string take() { return std::move(text_); }

  protected:
    int_type overflow(int_type c) override {
        const char octet = traits_type::to_char_type(c);
        return xsputn(&octet, 1) == 1 ? c : traits_type::eof();
    }
    std::streamsize xsputn(const char* data, std::streamsize size) override {
        overflowed_ = overflowed_ || text_.size() + static_cast<std::size_t>(size) > most_;
        if (overflowed_) return 0;
        text_.append(data, static_cast<std::size_t>(size));
        return size;
    }

  private:
    std::string text_;
    std::size_t most_;
    bool overflowed_ = false;
};

// Runs the command that a question stands for.
struct Answering {
    const Api::Parts& parts;
    const Invocation& invocation;

    int operator()(const QueryOptions& o) const { return answer_query(parts.settings, o, invocation); }
    int operator()(const AlertsListOptions& o) const {
        return answer_alerts_list(parts.settings, o, invocation);
    }
    int operator()(const CoverageOptions& o) const { return answer_coverage(parts.settings, o, invocation); }
    int operator()(const ScenariosOptions& o) const {
        return answer_scenarios(parts.settings, {parts.scenarios, parts.rules.rules()}, o, invocation);
    }
    int operator()(const AlertsAckOptions& o) const {
        return answer_alerts_ack(parts.settings, o, invocation);
    }
    int operator()(const AlertsResolveOptions& o) const {
        return answer_alerts_resolve(parts.settings, o, invocation);
    }
    template <class Other>
    int operator()(const Other&) const {
        return complain(invocation, {ErrorCode::invalid, "this is no question of /api/v1", {}}, exit_usage);
    }
};

// What a command complained of, without its own name before it.
std::string sentence_of(std::string_view complaint) {
    constexpr std::string_view program = "entrawatch: ";
    if (complaint.starts_with(program)) complaint.remove_prefix(program.size());
    return std::string{trim(complaint)};
}

bool handles_alerts(const Command& command) {
    return std::holds_alternative<AlertsAckOptions>(command) ||
           std::holds_alternative<AlertsResolveOptions>(command);
}

http::Response answer_to(const Api::Parts& parts, const Command& command, const std::string& user,
                         const std::atomic<bool>& stop) {
    BoundedText text{Api::most_bytes};
    std::ostream out{&text};
    std::ostringstream err;
    std::istringstream nothing;
    const Invocation invocation{out, err,  nothing, *parts.clock, false, false,
                                0,   user, {},      [](Ticks) {}, &stop};
    const int code = std::visit(Answering{parts, invocation}, command);
    const std::string complaint = sentence_of(err.str());
    if (stop)
        return told(503, "error",
                    "ended before its end after 20 s; ask for less: `from` and `to` bound the time");
    if (text.overflowed())
        return told(400, "error", "the answer is larger than 32 MiB; ask for less: `limit`, `from` and `to`");
    if (code == exit_usage) return told(400, "error", complaint);
    // What is incomplete or blind is an answer; what could not be answered is said on `err`.
    if (code != exit_ok && !complaint.empty()) return told(422, "error", complaint);
    if (handles_alerts(command)) return told(200, "done", trim(text.take()));
    return in_json(200, text.take());
}

}  // namespace

struct Api::Impl {
    explicit Impl(Parts api_parts) : parts(std::move(api_parts)) {}

    Parts parts;
    asio::thread_pool pool{1};
    std::set<Flag> waiting;  // or running
    bool stopping = false;

    [[nodiscard]] Door door() const {
        return {parts.settings.api_tokens,
                {0, static_cast<std::uint32_t>(geteuid())},
                [](const http::Request& request) {
                    return user_of_peer({request.peer, request.local});
                }};
    }
    asio::awaitable<http::Response> run(Command command, std::string user);
};

asio::awaitable<http::Response> Api::Impl::run(Command command, std::string user) {
    const Flag stop = std::make_shared<std::atomic<bool>>(stopping);
    waiting.insert(stop);
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer deadline{executor, patience};
    deadline.async_wait([stop](const boost::system::error_code& error) {
        if (!error) *stop = true;
    });
    auto job = [this, stop, command = std::move(command), user = std::move(user)] {
        return answer_to(parts, command, user, *stop);
    };
    http::Response response = co_await run_on(pool.get_executor(), job);
    deadline.cancel();
    waiting.erase(stop);
    co_return response;
}

Api::Api(Parts parts) : impl_(std::make_unique<Impl>(std::move(parts))) {}
Api::~Api() {
    stop();
    impl_->pool.join();
}

void Api::stop() {
    impl_->stopping = true;
    for (const Flag& flag : impl_->waiting)
        *flag = true;
}

asio::awaitable<http::Response> Api::answer(http::Request request) {
    const auto admission = admit(request, impl_->door());
    if (const auto* refusal = std::get_if<Refusal>(&admission)) co_return refused(*refusal);
    auto question = question_of(request);
    if (!question) co_return not_understood(question.error());
    if (std::holds_alternative<TextOptions>(*question))
        co_return not_understood({ErrorCode::invalid, "there is no such parameter", {}});
    if (std::ssize(impl_->waiting) >= most_waiting) {
        http::Response busy = told(503, "error", "16 questions are waiting already; ask again in a while");
        busy.headers.set("retry-after", "5");
        co_return busy;
    }
    std::string user = std::get<Caller>(admission).name;
    auto running = impl_->run(std::move(*question), std::move(user));
    http::Response response = co_await std::move(running);
    co_return response;
}

}  // namespace entrawatch::api
