#include "tests/simulator/campaign/estate.hpp"

#include <csignal>
#include <fstream>

#include "tests/simulator/cast.hpp"

namespace entrawatch::simulator {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

// Made up, like everything here: the base64 of "the-campaign-signs-with-it".
constexpr const char* signing_secret = "whsec_dGhlLWNhbXBhaWduLXNpZ25zLXdpdGgtaXQ=";

// The login and Graph of every tenant lie on a port of its own, so that one certificate and one secret serve
// all.
std::string tenant_id_of(std::size_t number) {
    std::string digits = std::to_string(number + 1);
    return "c0ffee00-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

Result<> put_text(const fs::path& path, const std::string& text) {
    std::ofstream out{path};
    out << text;
    out.close();
    if (!out) return fail(ErrorCode::unavailable, "cannot write the file", path.string());
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
    return {};
}

}  // namespace

Result<std::unique_ptr<Estate>> Estate::make(EstateSettings settings) {
    auto folder = prepare_folder(settings.folder);
    if (!folder) return fail(folder.error());
    auto certificate = make_loopback_certificate();
    if (!certificate) return fail(certificate.error());
    auto keys = parse_signing_keys(signing_secret);
    if (!keys) return fail(keys.error());
    std::unique_ptr<Estate> estate{
        new Estate{std::move(settings), std::move(*folder), std::move(*certificate), std::move(*keys)}};
    auto server = SimulatorServer::start(
        estate->io_.get_executor(), estate->clock_,
        [receiver = &estate->receiver_](const auto& request, Instant at) {
            return receiver->answer(request, at);
        },
        estate->certificate_);
    if (!server) return fail(server.error());
    estate->receiver_server_ = std::move(*server);
    return estate;
}

Estate::Estate(EstateSettings settings, DemoFolder folder, Certificate certificate,
               std::vector<SigningKey> keys)
    : settings_(std::move(settings)),
      folder_(std::move(folder)),
      state_(settings_.state.empty() ? folder_.root / "state" : fs::absolute(settings_.state)),
      certificate_(std::move(certificate)),
      receiver_(std::move(keys)) {}

Result<Plot*> Estate::add(std::string name, std::uint64_t seed) {
    Plot& plot = plots_.emplace_back(std::move(name), seed);
    auto server = SimulatorServer::start(
        io_.get_executor(), clock_,
        [tenant = &plot.tenant](const auto& request, Instant at) { return tenant->answer(request, at); },
        certificate_);
    if (!server) return fail(server.error());
    plot.server = std::move(*server);
    plot.tenant.options().tenant_id = tenant_id_of(plots_.size());
    plot.tenant.options().base_url = plot.server->url();
    plot.tenant.options().gzip = true;
    return &plot;
}

std::string Estate::settings_of(const Plot& plot) const {
    const TenantOptions& options = plot.tenant.options();
    return "  - name: " + plot.name + "\n    tenant_id: " + options.tenant_id +
           "\n    client_id: " + options.client_id +
           "\n    cloud: custom\n    login_url: " + options.base_url +
           "\n    graph_url: " + options.base_url +
           "\n    ca_file: ca.pem\n    credential: { secret_file: tenant.secret }\n    "
           "emergency_accounts:\n" +
           "      - { object_id: " + cast().emergency.id + ", name: " + cast().emergency.principal_name +
           " }\n" + settings_.of_each_tenant;
}

Result<> Estate::write_settings() const {
    std::string text = "state_directory: \"" + state_.string() + "\"\nlisten: off\ntenants:\n";
    for (const Plot& plot : plots_) {
        if (!plot.left_out) text += settings_of(plot);
    }
    text +=
        "destinations:\n  - { name: soc, type: webhook, url_file: soc.url, signing_secret_file: soc.whsec, "
        "ca_file: "
        "ca.pem, minimum_severity: medium }\n";
    const std::vector<std::pair<fs::path, std::string>> files = {
        {folder_.ca_file(), certificate_.authority_pem},
        {folder_.root / "tenant.secret", TenantOptions{}.client_secret + "\n"},
        {folder_.root / "soc.url", receiver_server_->url() + "/hook\n"},
        {folder_.root / "soc.whsec", std::string{signing_secret} + "\n"},
        {folder_.settings(), text}};
    for (const auto& [path, octets] : files) {
        if (auto written = put_text(path, octets); !written) return written;
    }
    return {};
}

Result<> Estate::start_daemon() {
    daemon_.reset();
    auto child =
        Child::start(settings_.program, {"run", "--config", folder_.settings().string()}, folder_.log());
    if (!child) return fail(child.error());
    daemon_.emplace(std::move(*child));
    return {};
}

bool Estate::has_spoken() const {
    std::error_code none;
    return fs::exists(folder_.log(), none) && fs::file_size(folder_.log(), none) > log_before_;
}

void Estate::send(int signal) {
    if (daemon_) daemon_->send(signal);
}

void Estate::kill_daemon() {
    send(SIGKILL);
    daemon_.reset();
}

std::string Estate::stop_daemon() {
    if (!daemon_) return "not running";
    daemon_->ask_to_stop();
    const auto deadline = std::chrono::steady_clock::now() + 60s;
    while (!daemon_->ended() && std::chrono::steady_clock::now() < deadline)
        turn(100ms);
    return daemon_->ended().value_or("still running");
}

void Estate::turn(std::chrono::milliseconds time) {
    io_.restart();
    io_.run_for(time);
}

}  // namespace entrawatch::simulator
