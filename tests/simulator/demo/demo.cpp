#include "tests/simulator/demo/demo.hpp"

#include <openssl/rand.h>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>
#include <optional>
#include <ostream>

#include "core/base/digest.hpp"
#include "tests/simulator/cast.hpp"
#include "tests/simulator/demo/child.hpp"
#include "tests/simulator/demo/printer.hpp"
#include "tests/simulator/demo/script.hpp"
#include "tests/simulator/noise.hpp"
#include "tests/simulator/pim_alert_records.hpp"
#include "tests/simulator/simulator_server.hpp"

namespace entrawatch::simulator {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr auto tick = milliseconds{100};
constexpr auto start_patience = seconds{60};  // until every feed was read once
constexpr auto alert_patience = seconds{90};  // from the last act until every alert came
constexpr auto stop_patience = seconds{30};
constexpr Ticks row_lateness = seconds{2};
constexpr double noise_lateness = 0.02;     // two minutes become two and a half seconds
constexpr double history_per_minute = 0.7;  // the day before
constexpr double noise_per_minute = 40;

class Demo {
  public:
    Demo(const DemoOptions& options, std::ostream& out)
        : options_(options),
          out_(out),
          dice_(options.seed),
          tenant_(dice_.next()),
          noise_(dice_.next(), noise_lateness) {}

    Result<bool> run();

  private:
    Result<> prepare();
    asio::awaitable<void> play();
    asio::awaitable<bool> wait_until_feeds_are_read();
    asio::awaitable<bool> play_story();
    asio::awaitable<bool> wait_for_silence();
    asio::awaitable<void> stop_daemon();
    // One tick: noise goes on, arrivals are printed. False: the daemon died or the user pressed Ctrl-C.
    asio::awaitable<bool> live_on();
    void print_arrivals();
    void perform(const ScriptLine& line);
    [[nodiscard]] bool every_feed_was_read() const;
    [[nodiscard]] Instant now() const { return clock_->now().wall; }
    void say(const std::string& text) { out_ << text << std::flush; }

    DemoOptions options_;
    std::ostream& out_;
    Dice dice_;
    std::shared_ptr<SystemClock> clock_ = std::make_shared<SystemClock>();
    asio::io_context io_{1};
    asio::steady_timer timer_{io_};
    asio::signal_set signals_{io_, SIGINT, SIGTERM};
    Tenant tenant_;
    Noise noise_;
    Instant noise_until_{};
    Receiver receiver_{{}};
    std::unique_ptr<SimulatorServer> tenant_server_, receiver_server_;
    DemoFolder folder_;
    std::optional<Child> daemon_;
    Judge judge_;
    std::size_t printed_ = 0;
    std::string an_alert_id_;
    Act standing_;  // what the daemon finds when it starts
    std::string daemon_end_ = "nothing";
    std::optional<Error> failure_;
};

Result<> Demo::prepare() {
    auto folder = prepare_folder(options_.folder);
    if (!folder) return fail(std::move(folder.error()));
    folder_ = std::move(*folder);
    const auto certificate = make_loopback_certificate();
    if (!certificate) return fail(certificate.error());
    std::array<unsigned char, 24> random{};
    if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
        return fail(ErrorCode::unavailable, "the system has no random numbers for a signing secret");
    }
    const std::string secret = "whsec_" + to_base64(std::string{random.begin(), random.end()});
    auto keys = parse_signing_keys(secret);
    if (!keys) return fail(std::move(keys.error()));
    receiver_ = Receiver{std::move(*keys)};

    auto tenant_server = SimulatorServer::start(
        io_.get_executor(), clock_,
        [this](const http::Request& request, Instant at) { return tenant_.answer(request, at); },
        *certificate);
    if (!tenant_server) return fail(std::move(tenant_server.error()));
    auto receiver_server = SimulatorServer::start(
        io_.get_executor(), clock_,
        [this](const http::Request& request, Instant at) { return receiver_.answer(request, at); },
        *certificate);
    if (!receiver_server) return fail(std::move(receiver_server.error()));
    tenant_server_ = std::move(*tenant_server);
    receiver_server_ = std::move(*receiver_server);
    tenant_.options().base_url = tenant_server_->url();
    tenant_.options().gzip = true;
    standing_ = synced_account_holds_a_role(Stage{tenant_, dice_, now(), Ticks{0}});
    noise_until_ = now();
    noise_.fill(tenant_, {noise_until_ - std::chrono::hours{24}, noise_until_}, history_per_minute);
    scan_quietly(tenant_, noise_until_);
    return write_settings(
        folder_, {tenant_server_->url(), receiver_server_->url() + "/alerts", secret,
                  tenant_.options().client_id, tenant_.options().client_secret, certificate->authority_pem});
}

bool Demo::every_feed_was_read() const {
    for (const Endpoint& endpoint : endpoints()) {
        for (const FeedId feed : endpoint.feeds) {
            if (tenant_.pages_served(feed) == 0) return false;
        }
    }
    return tenant_.directory_reads_served() >= 2;
}

asio::awaitable<bool> Demo::live_on() {
    timer_.expires_after(tick);
    boost::system::error_code interrupted;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, interrupted));
    if (interrupted) {
        failure_ = Error{ErrorCode::refused, "interrupted", {}};
        co_return false;
    }
    const Instant at = now();
    noise_.fill(tenant_, {noise_until_, at}, noise_per_minute);
    noise_until_ = at;
    print_arrivals();
    if (const auto ended = daemon_->ended()) {
        std::string text = "the daemon ended by itself with " + *ended + "; the last lines of " +
                           folder_.log().string() + ":";
        for (const std::string& line : last_lines(folder_.log(), 15))
            text += "\n    " + line;
        failure_ = Error{ErrorCode::unavailable, std::move(text), {}};
        co_return false;
    }
    co_return true;
}

void Demo::print_arrivals() {
    for (; printed_ < receiver_.received().size(); ++printed_) {
        const auto notification = read_notification(receiver_.received()[printed_]);
        if (!notification) {
            judge_.reject(notification.error().text());
            continue;
        }
        const Judge::Matched matched = judge_.take(*notification);
        if (an_alert_id_.empty()) an_alert_id_ = notification->alert_id;
        say(alert_text(*notification, matched, options_.colour));
    }
}

asio::awaitable<bool> Demo::wait_until_feeds_are_read() {
    const Instant deadline = now() + start_patience;
    while (!every_feed_was_read()) {
        const bool alive = co_await live_on();
        if (!alive) co_return false;
        if (now() < deadline) continue;
        failure_ = Error{ErrorCode::unavailable,
                         "the daemon did not read every feed within a minute; see " + folder_.log().string(),
                         {}};
        co_return false;
    }
    co_return true;
}

void Demo::perform(const ScriptLine& line) {
    const Instant at = now();
    Act act = line.play(Stage{tenant_, dice_, at, row_lateness});
    say(act_text(act, at));
    judge_.expect(std::move(act));
}

asio::awaitable<bool> Demo::play_story() {
    const Instant start = now();
    for (const ScriptLine& line : script()) {
        while (now() < start + line.at) {
            const bool alive = co_await live_on();
            if (!alive) co_return false;
        }
        perform(line);
    }
    co_return true;
}

// Until every alert came, and then long enough for a surplus one: two more readings of the audits after the
// last row was visible.
asio::awaitable<bool> Demo::wait_for_silence() {
    const Instant last_visible =
        now() + seconds{6} + row_lateness;  // the expiry's second row is six seconds behind
    const Instant deadline = now() + alert_patience;
    std::optional<int> pages_then;
    while (now() < deadline) {
        const bool alive = co_await live_on();
        if (!alive) co_return false;
        if (now() < last_visible) continue;
        const int pages = tenant_.pages_served(FeedId::directory_audits);
        if (!pages_then) pages_then = pages;
        if (judge_.complete() && pages >= *pages_then + 2 && now() >= last_visible + seconds{12}) break;
    }
    co_return true;
}

asio::awaitable<void> Demo::stop_daemon() {
    daemon_->ask_to_stop();
    const Instant deadline = now() + stop_patience;
    while (!daemon_->ended() && now() < deadline) {
        timer_.expires_after(tick);
        co_await timer_.async_wait(asio::use_awaitable);
    }
    daemon_end_ = daemon_->ended().value_or("no end within 30 s");
    print_arrivals();
}

// One co_await a statement: GCC 12 loses its place when one stands in a condition.
asio::awaitable<void> Demo::play() {
    bool going = co_await wait_until_feeds_are_read();
    if (going) {
        say(clock_text(now()) + "  every feed has been read; the story begins\n\n");
        going = co_await play_story();
    }
    if (going) co_await wait_for_silence();
    co_await stop_daemon();
    signals_.cancel();
    tenant_server_->stop();
    receiver_server_->stop();
}

Result<bool> Demo::run() {
    if (auto prepared = prepare(); !prepared) return fail(std::move(prepared.error()));
    auto child =
        Child::start(options_.binary, {"run", "--config", folder_.settings().string()}, folder_.log());
    if (!child) return fail(std::move(child.error()));
    daemon_.emplace(std::move(*child));
    say("A simulated tenant (" + cast().tenant_name + ", " + std::to_string(tenant_.size()) +
        " events of the last day) at " + tenant_server_->url() + ",\na webhook receiver at " +
        receiver_server_->url() + ", and between them the daemon:\n  " + options_.binary.string() +
        " run --config " + folder_.settings().string() + "\nTimes are UTC.\n\n" + clock_text(now()) +
        "  the daemon starts\n");
    say(act_text(standing_, now()));
    judge_.expect(standing_);
    signals_.async_wait([this](const boost::system::error_code& error, int) {
        if (!error) timer_.cancel();
    });
    std::exception_ptr thrown;
    asio::co_spawn(io_, play(), [&](const std::exception_ptr& error) {
        thrown = error;
        io_.stop();
    });
    io_.run();
    if (thrown) std::rethrow_exception(thrown);
    if (failure_) return fail(std::move(*failure_));
    say(verdict_text(judge_, daemon_end_));
    say(next_steps_text(folder_, options_.binary.string(), an_alert_id_));
    return judge_.faults().empty() && daemon_end_ == "exit 0";
}

}  // namespace

Result<bool> run_demo(const DemoOptions& options, std::ostream& out) {
    return Demo{options, out}.run();
}

}  // namespace entrawatch::simulator
