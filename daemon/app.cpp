#include "daemon/app.hpp"

#include <boost/asio/thread_pool.hpp>
#include <random>
#include <thread>

#include "config/configuration_texts.hpp"
#include "daemon/api/api.hpp"
#include "daemon/api/question.hpp"
#include "daemon/delivery_worker.hpp"
#include "daemon/directory_poller.hpp"
#include "daemon/evidence_key.hpp"
#include "daemon/feed_poller.hpp"
#include "daemon/heartbeat.hpp"
#include "daemon/http/server.hpp"
#include "daemon/principal_lookup.hpp"
#include "daemon/routes.hpp"
#include "daemon/tenant_opening.hpp"
#include "daemon/tenant_watch.hpp"
#include "daemon/version.hpp"

namespace entrawatch {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

// One tenant with its coroutines. The runtime comes first: the others hold references to it.
struct Tenant {
    std::unique_ptr<TenantRuntime> runtime;
    std::vector<std::unique_ptr<FeedPoller>> pollers;
    std::unique_ptr<DirectoryPoller> directory;
    std::unique_ptr<PrincipalLookup> lookup;
    std::vector<std::unique_ptr<DeliveryWorker>> workers;
    std::map<std::string, DeliveryWorker*> worker_by_name;
    std::unique_ptr<TenantWatch> watch;
};

}  // namespace

struct App::Impl {
    Impl(asio::io_context& io_context, AppParts app_parts)
        : io(io_context),
          parts(std::move(app_parts)),
          lanes(std::max(2U, std::thread::hardware_concurrency())),
          group(io.get_executor()),
          stop_bell(io.get_executor()),
          api({parts.settings, *parts.rules, parts.scenarios, parts.clock}) {}

    Result<> build();
    Result<> build_tenant(const TenantSettings& settings, TenantStatus& tenant_status);
    Result<Store> open_store(const TenantSettings& settings);
    Result<> add_workers(Tenant& tenant);
    void add_watch(Tenant& tenant);
    Result<> build_heartbeat();
    [[nodiscard]] std::vector<std::string> watch_problems_now() const;
    Result<> listen();
    void start();
    asio::awaitable<void> take_down();
    asio::awaitable<http::Response> serve(http::Request request);

    asio::io_context& io;
    AppParts parts;
    asio::thread_pool lanes;
    TaskGroup group;
    Wakeup stop_bell;
    bool stop_asked = false;
    std::optional<Ed25519Key> evidence_key;
    Status status;
    std::vector<std::unique_ptr<Tenant>> tenants;
    std::map<std::string, std::shared_ptr<http::HttpClient>>
        clients;  // one per destination, shared by the tenants
    std::unique_ptr<Heartbeat> heartbeat;
    api::Api api;
    std::shared_ptr<http::HttpServer> server;
    std::mt19937_64 generator{std::random_device{}()};
};

Result<std::unique_ptr<App>> App::build(asio::io_context& io, AppParts parts) {
    auto impl = std::make_unique<Impl>(io, std::move(parts));
    if (auto built = impl->build(); !built) return fail(built.error());
    return std::unique_ptr<App>{new App{std::move(impl)}};
}

App::App(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
App::~App() = default;

const Status& App::status() const {
    return impl_->status;
}
int App::listen_port() const {
    return impl_->server ? impl_->server->port() : -1;
}

void App::stop() {
    impl_->stop_asked = true;
    impl_->stop_bell.ring();
}

asio::awaitable<Result<>> App::run(std::function<void()> started) {
    impl_->start();
    started();
    while (!impl_->stop_asked && impl_->group.failure().empty())
        co_await impl_->stop_bell.sleep(1s);
    co_await impl_->take_down();
    const std::string failure = impl_->group.failure();
    if (!failure.empty()) co_return fail(ErrorCode::corrupt, failure);
    co_return Result<>{};
}

Result<> App::Impl::build() {
    status.started_at = parts.clock->now().wall;
    parts.log->redactor().add_all(parts.settings);
    auto key = open_evidence_key(parts.settings);
    if (!key) return fail(key.error());
    evidence_key = std::move(*key);
    status.tenants.resize(parts.settings.tenants.size());  // never again: runtimes hold references
    for (std::size_t i = 0; i < parts.settings.tenants.size(); ++i) {
        if (auto built = build_tenant(parts.settings.tenants[i], status.tenants[i]); !built) return built;
    }
    if (auto built = build_heartbeat(); !built) return built;
    return listen();
}

Result<> App::Impl::build_heartbeat() {
    if (!parts.settings.heartbeat) return {};
    auto client = http::HttpClient::create(io.get_executor(), {parts.settings.heartbeat->ca_file},
                                           parts.settings.heartbeat->proxy);
    if (!client) return fail(client.error());
    heartbeat = std::make_unique<Heartbeat>(
        io.get_executor(), group.stop_signal(),
        Heartbeat::Parts{*parts.settings.heartbeat, *client, parts.clock, parts.log, status,
                         [this] { return watch_problems_now(); }});
    return {};
}

std::vector<std::string> App::Impl::watch_problems_now() const {
    std::vector<std::string> problems;
    for (const auto& tenant : tenants) {
        const TenantRuntime& runtime = *tenant->runtime;
        for (std::string& problem : watch_problems(
                 {&runtime.status, status.started_at, runtime.now(), runtime.settings.poll_interval}))
            problems.push_back(std::move(problem));
    }
    return problems;
}

Result<Store> App::Impl::open_store(const TenantSettings& settings) {
    const Instant now = parts.clock->now().wall;
    auto store = open_or_create_store(parts.settings, settings, now);
    if (!store) return store;
    // What an earlier process left behind: its windows are read again, its leased rows are due again.
    auto cleaned = transact(*store, [&](Store& s) -> Result<> {
        if (auto done = s.abandon_open_windows("the process ended before the window was complete", now);
            !done)
            return done;
        if (auto done = s.release_leases(); !done) return done;
        return s.add_configuration({now, parts.reloaded ? "reload" : "start", std::string{program_version},
                                    parts.settings.text, rules_text(*parts.rules)});
    });
    if (!cleaned) return fail(cleaned.error());
    return store;
}

Result<> App::Impl::build_tenant(const TenantSettings& settings, TenantStatus& tenant_status) {
    tenant_status.name = settings.name;
    auto store = open_store(settings);
    if (!store) return fail(store.error());
    auto directory = open_directory(settings, *store, parts.roles);
    if (!directory) return fail(directory.error());
    auto client = http::HttpClient::create(io.get_executor(), {settings.ca_file}, settings.proxy);
    if (!client) return fail(client.error());

    auto context =
        std::make_shared<IngestContext>(ingest_context(settings, parts.rules, std::move(*directory)));
    context->routes = parts.settings.routes();

    auto tenant = std::make_unique<Tenant>();
    tenant->runtime = std::unique_ptr<TenantRuntime>(new TenantRuntime{
        settings, parts.roles, std::move(context), StoreLane{lanes, std::move(*store)},
        graph::GraphClient{io.get_executor(), settings, *client, parts.clock}, io.get_executor(), parts.clock,
        parts.log, group.stop_signal(), tenant_status, [this] {
            return std::uniform_real_distribution<double>{0.0, 1.0}(generator);
        }});
    for (const auto& [feed, feed_settings] : settings.feeds) {
        if (!feed_settings.enabled || feed == FeedId::posture) continue;
        for (const auto role : {PollerRole::live, PollerRole::sweep}) {
            if (role == PollerRole::sweep && is_snapshot(feed_of(feed))) continue;
            tenant->pollers.push_back(std::make_unique<FeedPoller>(*tenant->runtime, feed_of(feed), role));
        }
    }
    tenant->directory = std::make_unique<DirectoryPoller>(*tenant->runtime);
    tenant->runtime->directory_changed = [directory = tenant->directory.get()] { directory->nudge(); };
    tenant->lookup = std::make_unique<PrincipalLookup>(*tenant->runtime);
    tenant->runtime->look_up = [lookup = tenant->lookup.get()](std::set<std::string> ids) {
        return lookup->look_up(std::move(ids));
    };
    if (auto added = add_workers(*tenant); !added) return added;
    add_watch(*tenant);
    tenants.push_back(std::move(tenant));
    return {};
}

Result<> App::Impl::add_workers(Tenant& tenant) {
    for (const auto& destination : parts.settings.destinations) {
        auto& client = clients[destination.name];
        if (!client && destination.type != DestinationType::file) {
            auto made = http::HttpClient::create(
                io.get_executor(),
                {destination.ca_file, destination.client_certificate_file, destination.client_key_file},
                destination.proxy);
            if (!made) return fail(made.error());
            client = *made;
        }
        tenant.workers.push_back(std::make_unique<DeliveryWorker>(*tenant.runtime, destination, client));
        tenant.worker_by_name[destination.name] = tenant.workers.back().get();
    }
    tenant.runtime->ring_workers = [&tenant](const std::map<std::string, int>& deliveries) {
        for (const auto& [name, rows] : deliveries) {
            if (const auto worker = tenant.worker_by_name.find(name); worker != tenant.worker_by_name.end()) {
                worker->second->ring();
            }
        }
    };
    return {};
}

void App::Impl::add_watch(Tenant& tenant) {
    TenantWatch::Duties duties;
    for (const auto& destination : parts.settings.destinations)
        duties.destinations.push_back(destination.name);
    duties.escalations =
        chains_of(parts.settings.escalations, parts.settings.routes(), tenant.runtime->settings.name);
    duties.evidence = parts.settings.evidence;
    duties.reminders = parts.settings.reminders;
    duties.canary = parts.settings.canary;
    tenant.watch = std::make_unique<TenantWatch>(*tenant.runtime, *evidence_key, std::move(duties));
}

Result<> App::Impl::listen() {
    if (parts.settings.listen_port < 0) return {};
    http::ServerSettings settings;
    settings.host = parts.settings.listen_host;
    settings.port = parts.settings.listen_port;
    auto bound = http::HttpServer::listen(
        io.get_executor(), settings, [this](http::Request request) { return serve(std::move(request)); });
    if (!bound) return fail(bound.error());
    server = *bound;
    return {};
}

asio::awaitable<http::Response> App::Impl::serve(http::Request request) {
    if (api::is_question(request)) {
        auto asking = api.answer(std::move(request));
        http::Response answer = co_await std::move(asking);
        co_return answer;
    }
    co_return route(request, status, parts.clock->now().wall);
}

void App::Impl::start() {
    if (server) group.spawn("http server", server->serve());
    if (heartbeat) group.spawn("heartbeat", heartbeat->run());
    for (const auto& tenant : tenants) {
        const std::string& name = tenant->runtime->settings.name;
        group.spawn(name + ": directory", tenant->directory->run());
        for (const auto& poller : tenant->pollers)
            group.spawn(name + ": feed poller", poller->run());
        for (const auto& worker : tenant->workers)
            group.spawn(name + ": delivery worker", worker->run());
        group.spawn(name + ": watch", tenant->watch->run());
    }
}

// Close the door; ask and wake everybody; wait; cut what is left; join the lanes; tidy the files.
asio::awaitable<void> App::Impl::take_down() {
    if (server) server->stop();
    api.stop();
    group.ask();
    for (const auto& tenant : tenants)
        tenant->runtime->graph.stop();  // who waits for a budget is turned away
    const bool drained = co_await group.drained(grace);
    if (!drained) {
        parts.log->warning("stopping: cutting exchanges that did not end in time");
        if (server) server->cut();
        group.insist();
        static_cast<void>(co_await group.drained(10s));
    }
    for (const auto& tenant : tenants) {
        co_await tenant->watch->sign_chain();
        auto checkpoint = [](Store& store, RuleScratch&) { return store.checkpoint(); };
        static_cast<void>(co_await tenant->runtime->lane.run(checkpoint));
    }
    for (const auto& [name, client] : clients) {
        if (client) client->close_idle();
    }
    lanes.join();
}

}  // namespace entrawatch
