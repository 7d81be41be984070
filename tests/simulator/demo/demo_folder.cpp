#include "tests/simulator/demo/demo_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <nlohmann/json.hpp>
#include <system_error>

#include "tests/simulator/cast.hpp"

namespace entrawatch::simulator {
namespace {

namespace fs = std::filesystem;

constexpr const char* marker = ".entrawatch-demo";

// A JSON string is a YAML string, whatever it holds.
std::string yaml_text(const std::string& text) {
    return nlohmann::json(text).dump();
}

Result<> write_file(const fs::path& path, const std::string& text, mode_t mode) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (file < 0) return fail(ErrorCode::unavailable, "cannot write the file", path.string());
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t written = ::write(file, text.data() + done, text.size() - done);
        if (written <= 0) break;
        done += static_cast<std::size_t>(written);
    }
    const bool closed = ::close(file) == 0;
    if (done != text.size() || !closed)
        return fail(ErrorCode::unavailable, "cannot write the file", path.string());
    return {};
}

std::string destination_text(const DemoFolder& folder, const DemoEndpoints& endpoints) {
    if (endpoints.receiver_url.empty()) {
        return "destinations:\n  - name: file\n    type: file\n    path: " +
               yaml_text((folder.root / "alerts.jsonl").string()) + "\n";
    }
    // Ordinary days have risk detections of the level low. They are kept; the receiver is for what is worse.
    return R"(destinations:
  - name: soc
    type: webhook
    url_file: soc.url
    signing_secret_file: soc.whsec
    ca_file: ca.pem
    minimum_severity: medium
)";
}

}  // namespace

Result<DemoFolder> prepare_folder(const fs::path& path) {
    std::error_code error;
    const fs::path root = fs::absolute(path, error).lexically_normal();
    if (error) return fail(ErrorCode::invalid, "this is no usable folder: " + error.message(), path.string());
    if (fs::exists(root, error) && (!fs::is_directory(root, error) || fs::is_symlink(root, error))) {
        return fail(ErrorCode::invalid, "this is no folder; name another one with ENTRAWATCH_DEMO_DIR",
                    root.string());
    }
    const bool ours = fs::exists(root / marker, error);
    const bool occupied = fs::exists(root, error) && !fs::is_empty(root, error);
    if (occupied && !ours) {
        return fail(
            ErrorCode::refused,
            "the folder holds files that are not the demo's; name an empty one with ENTRAWATCH_DEMO_DIR",
            root.string());
    }
    if (ours) {
        for (const fs::directory_entry& entry : fs::directory_iterator(root, error))
            fs::remove_all(entry.path(), error);
    }
    fs::create_directories(root, error);
    fs::permissions(root, fs::perms::owner_all, error);
    if (error)
        return fail(ErrorCode::unavailable, "cannot make the folder: " + error.message(), root.string());
    if (auto written = write_file(root / marker, "emptied at every start of the demo\n", 0644); !written) {
        return fail(std::move(written.error()));
    }
    return DemoFolder{root};
}

std::string settings_text(const DemoFolder& folder, const DemoEndpoints& endpoints) {
    return "# Settings of a simulated tenant. For a real one: README.md.\n"
           "state_directory: " +
           yaml_text((folder.root / "state").string()) +
           "\n"
           "listen: off\n"
           "tenants:\n"
           "  - name: contoso\n"
           "    tenant_id: " +
           cast().tenant_id +
           "\n"
           "    client_id: " +
           endpoints.client_id +
           "\n"
           "    cloud: custom\n"
           "    login_url: " +
           endpoints.graph_url +
           "\n"
           "    graph_url: " +
           endpoints.graph_url +
           "\n"
           "    ca_file: ca.pem\n"
           "    credential: { secret_file: contoso.secret }\n"
           "    emergency_accounts:\n"
           "      - { object_id: " +
           cast().emergency.id + ", name: " + cast().emergency.principal_name +
           " }\n"
           "      - { object_id: " +
           cast().second_emergency.id + ", name: " + cast().second_emergency.principal_name +
           " }\n"
           "    poll_interval: 5s\n"
           "    backfill: 1d\n" +
           destination_text(folder, endpoints);
}

Result<> write_settings(const DemoFolder& folder, const DemoEndpoints& endpoints) {
    struct File {
        fs::path path;
        std::string text;
        mode_t mode;
    };
    std::vector<File> files = {{folder.settings(), settings_text(folder, endpoints), 0644},
                               {folder.ca_file(), endpoints.authority_pem, 0644},
                               {folder.root / "contoso.secret", endpoints.client_secret + "\n", 0600}};
    if (!endpoints.receiver_url.empty()) {
        files.push_back({folder.root / "soc.url", endpoints.receiver_url + "\n", 0600});
        files.push_back({folder.root / "soc.whsec", endpoints.signing_secret + "\n", 0600});
    }
    for (const File& file : files) {
        if (auto written = write_file(file.path, file.text, file.mode); !written) return written;
    }
    return {};
}

}  // namespace entrawatch::simulator
