// EvidenceWorld: a CommandWorld with what `evidence export` needs, and a look into the pack that it makes.
#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "config/files.hpp"
#include "core/base/digest.hpp"
#include "tests/daemon/commands/alerts_world.hpp"
#include "tests/support/source_tree.hpp"

namespace entrawatch::test {

struct ShellRun {
    int code = 0;
    std::string output;  // of both streams
};

inline ShellRun run_in_shell(const std::string& command) {
    std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) throw std::runtime_error{"cannot start a shell"};
    ShellRun run;
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        run.output.append(buffer.data(), n);
    run.code = WEXITSTATUS(::pclose(pipe));
    return run;
}

inline bool has_program(const std::string& name) {
    return run_in_shell("command -v " + name).code == 0;
}

class EvidenceWorld : public AlertsCommands {
  protected:
    EvidenceWorld() {
        for (const auto& file : std::filesystem::directory_iterator{source_dir() / "config/evidence"})
            write_file(shipped() / "evidence" / file.path().filename(), text_of(file.path()));
    }

    [[nodiscard]] static std::string text_of(const std::filesystem::path& file) {
        return must(read_small_file(file, 64UL * 1024 * 1024));
    }
    [[nodiscard]] std::filesystem::path output() const { return folder() / "pack"; }
    [[nodiscard]] std::filesystem::path packed(const std::string& path,
                                               const std::string& tenant = "contoso") const {
        return output() / tenant / path;
    }
    [[nodiscard]] std::string pack_text(const std::string& path,
                                        const std::string& tenant = "contoso") const {
        return text_of(packed(path, tenant));
    }
    [[nodiscard]] std::vector<nlohmann::json> pack_lines(const std::string& path) const {
        std::vector<nlohmann::json> lines;
        std::istringstream in{pack_text(path)};
        for (std::string line; std::getline(in, line);)
            lines.push_back(nlohmann::json::parse(line));
        return lines;
    }
    [[nodiscard]] nlohmann::json manifest() const {
        return nlohmann::json::parse(pack_text("manifest.json"));
    }

    int export_pack(std::vector<std::string> more = {}, const std::string& from = "2026-11-20",
                    const std::string& to = "2026-11-23") {
        std::vector<std::string> arguments{
            "evidence", "export", "--config", config().string(), "--from",
            from,       "--to",   to,         "--output",        output().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run(arguments);
    }
    // The shipped script on the pack, with the key that was given to the auditor.
    [[nodiscard]] ShellRun verify_pack() const {
        return run_in_shell("python3 '" + packed("integrity/verify_pack.py").string() + "' --public-key '" +
                            (folder() / "state/evidence.pub").string() + "' '" + output().string() + "'");
    }
    // Another text in place of a part of a file, everything else as it was.
    void tamper(const std::string& path, const std::string& part, const std::string& other) const {
        std::string text = pack_text(path);
        const std::size_t at = text.find(part);
        ASSERT_NE(at, std::string::npos) << path << " does not hold " << part;
        write_file(packed(path), text.replace(at, part.size(), other));
    }
    // As somebody who can write the folder, but does not have the key: the manifest fits again.
    void forge_manifest(const std::string& path) const {
        auto json = nlohmann::ordered_json::parse(pack_text("manifest.json"));
        const std::string text = pack_text(path);
        for (auto& file : json["files"]) {
            if (file["path"] != path) continue;
            file["size"] = text.size();
            file["sha256"] = to_hex(as_bytes(sha256(text)));
        }
        write_file(packed("manifest.json"), json.dump(1) + "\n");
    }
};

}  // namespace entrawatch::test
