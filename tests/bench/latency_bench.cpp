// Commit to POST: a page with one alert is ingested on the lane, the worker is rung, signs and posts over TLS
// to a receiver on a thread of its own. The clock starts when the commit has returned and stops when the
// receiver has the request.
#include <spdlog/logger.h>
#include <spdlog/sinks/null_sink.h>
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <fstream>
#include <thread>

#include "core/base/digest.hpp"
#include "daemon/delivery_worker.hpp"
#include "tests/bench/benches.hpp"
#include "tests/bench/product.hpp"
#include "tests/simulator/receiver.hpp"
#include "tests/simulator/simulator_server.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::bench {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using test::must;

constexpr std::size_t alerts = 200;
constexpr double goal_median_ms = 20;
constexpr auto patience = 10s;  // for one alert

// The receiver on its own thread, as on another machine.
class FarEnd {
  public:
    using Arrived = std::function<void(SteadyInstant)>;

    FarEnd(std::vector<SigningKey> keys, const simulator::Certificate& certificate, Arrived arrived)
        : receiver_(std::move(keys)),
          server_(must(simulator::SimulatorServer::start(
              io_.get_executor(), std::make_shared<SystemClock>(),
              [this, arrived = std::move(arrived)](const http::Request& request, Instant now) {
                  arrived(std::chrono::steady_clock::now());
                  return receiver_.answer(request, now);
              },
              certificate))),
          thread_([this] { io_.run(); }) {}
    ~FarEnd() { end(); }
    FarEnd(const FarEnd&) = delete;
    FarEnd& operator=(const FarEnd&) = delete;

    [[nodiscard]] std::string url() const { return server_->url() + "/hooks/bench"; }
    // After it: received() may be read.
    void end() {
        if (!thread_.joinable()) return;
        io_.stop();
        thread_.join();
    }
    [[nodiscard]] const std::vector<simulator::Received>& received() const { return receiver_.received(); }

  private:
    asio::io_context io_{1};
    simulator::Receiver receiver_;
    std::unique_ptr<simulator::SimulatorServer> server_;
    std::thread thread_;
};

struct Committed {
    Result<IngestReport> report;
    SteadyInstant at;
};

// One tenant, one destination, one worker, put together as daemon/app does.
class Way {
  public:
    Way()
        : keys_(must(parse_signing_keys("whsec_" + to_base64("a signing key for the bench")))),
          certificate_(must(simulator::make_loopback_certificate())),
          far_(keys_, certificate_,
               [this](SteadyInstant at) { asio::post(io_, [this, at] { arrive(at); }); }) {
        const auto ca_file = folder_.path() / "ca.pem";
        std::ofstream{ca_file} << certificate_.authority_pem;
        DestinationSettings destination;
        destination.name = "soc";
        destination.url = Secret{far_.url()};
        destination.signing_keys = keys_;
        destination.ca_file = ca_file;
        const auto client = must(http::HttpClient::create(io_.get_executor(), {ca_file}));
        build_runtime(client);
        worker_ = std::make_unique<DeliveryWorker>(*runtime_, destination, client);
        runtime_->ring_workers = [this](const std::map<std::string, int>&) { worker_->ring(); };
        client_ = client;
    }

    // Latencies in milliseconds. Throws when an alert does not arrive.
    std::vector<double> run() {
        group_.spawn("delivery worker", worker_->run());
        asio::co_spawn(io_, drive(), asio::detached);
        io_.run();
        lanes_.join();
        far_.end();
        if (!group_.failure().empty()) throw std::runtime_error{group_.failure()};
        if (!problem_.empty()) throw std::runtime_error{problem_};
        return latencies_;
    }
    [[nodiscard]] std::int64_t verified() const {
        return std::count_if(far_.received().begin(), far_.received().end(),
                             [](const simulator::Received& post) { return post.verified; });
    }

  private:
    void build_runtime(const std::shared_ptr<http::HttpClient>& client) {
        TenantSettings settings;
        settings.name = "contoso";
        settings.tenant_id = "8f1d2b6a-43c7-4e0f-9a5d-7b2e61c40f11";
        settings.login_url = settings.graph_url = "https://127.0.0.1";  // never asked
        runtime_ = std::unique_ptr<TenantRuntime>(new TenantRuntime{
            settings,
            {},
            make_context(),
            StoreLane{lanes_, open_store(folder_.path() / "contoso.db")},
            graph::GraphClient{io_.get_executor(), settings, client, clock_},
            io_.get_executor(),
            clock_,
            std::make_shared<Log>(
                std::make_shared<spdlog::logger>("bench", std::make_shared<spdlog::sinks::null_sink_mt>()),
                false),
            group_.stop_signal(),
            status_,
            [] { return 0.5; }});
    }

    void arrive(SteadyInstant at) {
        arrivals_.push_back(at);
        arrived_.ring();
    }

    asio::awaitable<void> drive() {
        for (std::size_t i = 0; i < alerts && problem_.empty(); ++i)
            co_await one_alert(i);
        group_.ask();
        const bool drained = co_await group_.drained(patience);
        if (!drained) problem_ = "the worker did not end";
        client_->close_idle();
    }

    asio::awaitable<void> one_alert(std::size_t number) {
        auto job = [this](Store& store, RuleScratch& scratch) { return commit(store, scratch); };
        const auto committed = co_await runtime_->lane.run(job);
        if (!committed.report || committed.report->opened.size() != 1) {
            problem_ = committed.report ? "the page did not alert" : committed.report.error().text();
            co_return;
        }
        runtime_->ring_workers(committed.report->deliveries);
        const auto deadline = committed.at + patience;
        while (arrivals_.size() <= number && std::chrono::steady_clock::now() < deadline)
            co_await arrived_.sleep(1s);
        if (arrivals_.size() != number + 1) {
            problem_ = "alert " + std::to_string(number) + " did not arrive exactly once";
            co_return;
        }
        latencies_.push_back(
            std::chrono::duration<double, std::milli>(arrivals_.back() - committed.at).count());
        co_await receipt_is_written();
    }

    // So that the next alert finds the worker with nothing to do.
    asio::awaitable<void> receipt_is_written() {
        auto look = [](Store& store, RuleScratch&) { return must(store.counts()).deliveries_due; };
        std::int64_t due = 1;
        while (due > 0)
            due = co_await runtime_->lane.run(look);
    }

    Committed commit(Store& store, RuleScratch& scratch) {
        const Page page = must(split_page(alerting_page(clock_->now().wall, dice_)));
        IngestInput input;
        input.feed = &feed_of(FeedId::directory_audits);
        input.page = &page;
        input.now = clock_->now().wall;
        auto report = ingest(store, *runtime_->ingest_context, input, scratch);
        return {std::move(report), std::chrono::steady_clock::now()};
    }

    test::TempFolder folder_;
    simulator::Dice dice_{5};
    std::shared_ptr<const Clock> clock_ = std::make_shared<SystemClock>();
    asio::io_context io_{1};
    asio::thread_pool lanes_{2};
    TaskGroup group_{io_.get_executor()};
    Wakeup arrived_{io_.get_executor()};
    std::vector<SteadyInstant> arrivals_;
    std::vector<double> latencies_;
    std::string problem_;
    TenantStatus status_;
    std::vector<SigningKey> keys_;
    simulator::Certificate certificate_;
    FarEnd far_;
    std::shared_ptr<http::HttpClient> client_;
    std::unique_ptr<TenantRuntime> runtime_;
    std::unique_ptr<DeliveryWorker> worker_;
};

}  // namespace

void measure_latency(Figures& figures) {
    figures.section("Commit to POST: one alert, the real worker, signed, TLS on loopback; 200 alerts");
    Way way;
    const std::vector<double> latencies = way.run();
    figures.check("POSTs with a good signature", way.verified(), static_cast<std::int64_t>(alerts));
    figures.at_most("median", median(latencies), goal_median_ms, "ms");
    figures.tell("99th percentile", quantile(latencies, 0.99), "ms");
}

}  // namespace entrawatch::bench
