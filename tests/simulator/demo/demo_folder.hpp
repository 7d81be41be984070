// demo_folder: a folder with everything one `entrawatch run --config …` needs: settings, secrets, CA, a place
// for the database.
//
// Only a folder that is new, empty or marked as ours is ever emptied. Used by the demo and the simulator
// program.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/error.hpp"

namespace entrawatch::simulator {

struct DemoFolder {
    std::filesystem::path root;  // absolute
    [[nodiscard]] std::filesystem::path settings() const { return root / "entrawatch.yaml"; }
    [[nodiscard]] std::filesystem::path database() const { return root / "state" / "contoso.db"; }
    [[nodiscard]] std::filesystem::path log() const { return root / "entrawatch.log"; }
    [[nodiscard]] std::filesystem::path ca_file() const { return root / "ca.pem"; }
};

struct DemoEndpoints {
    std::string graph_url;
    std::string receiver_url;    // the whole webhook URL; empty = no destination but a file
    std::string signing_secret;  // "whsec_…"
    std::string client_id;
    std::string client_secret;
    std::string authority_pem;
};

// Makes the folder, or empties it. Error: it holds something that is not ours.
[[nodiscard]] Result<DemoFolder> prepare_folder(const std::filesystem::path& path);
// Writes settings and the files they name; secrets are readable by the owner only.
[[nodiscard]] Result<> write_settings(const DemoFolder& folder, const DemoEndpoints& endpoints);
[[nodiscard]] std::string settings_text(const DemoFolder& folder, const DemoEndpoints& endpoints);

}  // namespace entrawatch::simulator
