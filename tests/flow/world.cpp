#include "tests/flow/world.hpp"

#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/base/digest.hpp"
#include "core/store/query.hpp"
#include "tests/simulator/noise.hpp"
#include "tests/simulator/pim_alert_records.hpp"
#include "tests/support/source_tree.hpp"

namespace entrawatch::flow {

using namespace std::chrono_literals;
using test::must;

World::World(std::uint64_t seed) : dice_(seed), tenant_(seed) {
    folder_ = must(simulator::prepare_folder(temporary_.path() / "world"));
    const std::string signing_secret = "whsec_" + to_base64("canary-signing-key-of-24+");
    receiver_ = simulator::Receiver{must(parse_signing_keys(signing_secret))};
    serve_tenant(certificate_);
    receiver_server_ = must(simulator::SimulatorServer::start(
        io_.get_executor(), clock_,
        [this](const auto& request, Instant at) { return receiver_.answer(request, at); }, certificate_));
    tenant_.options().base_url = tenant_server_->url();
    tenant_.options().gzip = true;
    const std::string receiver_url = receiver_server_->url() + "/hooks/canary-url-path";
    must(simulator::write_settings(
        folder_, {tenant_server_->url(), receiver_url, signing_secret, tenant_.options().client_id,
                  tenant_.options().client_secret, certificate_.authority_pem}));
    // One backfill window for each feed: the tests are about the way, not about Graph's budget.
    std::string yaml = settings();
    yaml.replace(yaml.find("backfill: 1d"), 12, "backfill: 6h");
    write_settings(yaml);
    secrets_ = {tenant_.options().client_secret, "canary-url-path", signing_secret.substr(6),
                "canary-signing-key-of-24+"};
}

World::~World() = default;

void World::serve_tenant(const simulator::Certificate& certificate) {
    const int port = tenant_server_ ? tenant_server_->port() : 0;
    tenant_server_.reset();
    tenant_server_ = must(simulator::SimulatorServer::start(
        io_.get_executor(), clock_,
        [this](const auto& request, Instant at) { return tenant_.answer(request, at); }, certificate, port));
}

void World::fill_history(int hours, double per_minute) {
    simulator::Noise noise{7, 0.001};
    noise.fill(tenant_, {now() - std::chrono::hours{hours}, now() - Ticks{5s}}, per_minute);
    simulator::scan_quietly(tenant_, now() - std::chrono::hours{hours});
}

simulator::Act World::perform(simulator::Act (*act)(simulator::Stage)) {
    return act(simulator::Stage{tenant_, dice_, now(), Ticks{0}});
}

void World::start_daemon() {
    const std::filesystem::path binary = std::filesystem::path{ENTRAWATCH_BINARY_DIR} / "entrawatch";
    daemon_.reset();
    daemon_.emplace(must(
        simulator::Child::start(binary, {"run", "--config", folder_.settings().string()}, folder_.log())));
}

void World::kill_daemon() {
    signal_daemon(SIGKILL);
    daemon_.reset();
}

std::string World::stop_daemon() {
    daemon_->ask_to_stop();
    until([this] { return daemon_->ended().has_value(); });
    return daemon_->ended().value_or("still running");
}

void World::signal_daemon(int signal) {
    daemon_->send(signal);
}

bool World::until(const std::function<bool()>& condition, std::chrono::seconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        linger(100ms);
    }
    return true;
}

void World::linger(std::chrono::milliseconds time) {
    io_.restart();
    io_.run_for(time);
}

Store World::open_store() {
    return must(Store::open(
        {.file = folder_.database(), .tenant = "contoso", .read_only = true, .create = false}, now()));
}

std::optional<Store> World::store_if_any() const {
    if (!store_exists()) return std::nullopt;
    auto store = Store::open(
        {.file = folder_.database(), .tenant = "contoso", .read_only = true, .create = false}, now());
    return store ? std::optional<Store>{std::move(*store)} : std::nullopt;
}

bool World::directory_was_kept() {
    auto store = store_if_any();
    if (!store) return false;
    const auto reading = store->load_directory();
    return reading && reading->has_value();
}

Contents World::stored() {
    Contents contents;
    auto store = store_if_any();
    if (!store) return contents;
    EventFilter all;
    all.with_raw = true;
    const auto rows = query_events(*store, all, [&](const EventRow& row) {
        contents[{row.feed, row.id}] = to_hex(as_bytes(sha256(row.raw)));
        return true;
    });
    return rows ? contents : Contents{};
}

Contents World::expected() const {
    Contents contents;
    for (const auto& entry : tenant_.ledger(now()))
        contents[{entry.feed, entry.id}] = entry.sha256;
    return contents;
}

std::map<std::string, std::set<std::string>> World::alerts_received() const {
    std::map<std::string, std::set<std::string>> alerts;
    for (const auto& post : receiver_.received()) {
        if (!post.verified) continue;
        const auto body = nlohmann::json::parse(post.body);
        alerts[body["data"]["rule"]["scenario"]].insert(body["data"]["alert_id"]);
    }
    return alerts;
}

std::string World::log() const {
    return test::read_text(folder_.log());
}
std::string World::settings() const {
    return test::read_text(folder_.settings());
}
void World::write_settings(const std::string& yaml) const {
    std::ofstream{folder_.settings()} << yaml;
}

}  // namespace entrawatch::flow
