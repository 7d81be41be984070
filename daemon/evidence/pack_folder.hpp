// PackFolder: the folder of an evidence pack, made complete or not at all; PackWriter: the files of one
// tenant in it.
//
// Everything is written into `<folder>.partial` and renamed at the end; an export that fails takes its draft
// along. What exists already is never written into. Used by evidence_export. Read next: pack_file.hpp.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "daemon/evidence/pack_file.hpp"

namespace entrawatch {

class PackFolder {
  public:
    // Errors: the folder is there and not empty; a draft of an interrupted export is there; the disk.
    [[nodiscard]] static Result<PackFolder> begin(const std::filesystem::path& target);
    ~PackFolder();
    PackFolder(PackFolder&& other) noexcept;
    PackFolder& operator=(PackFolder&&) = delete;
    PackFolder(const PackFolder&) = delete;
    PackFolder& operator=(const PackFolder&) = delete;

    // Where to write until then.
    [[nodiscard]] const std::filesystem::path& draft() const { return draft_; }
    [[nodiscard]] Result<> finish();

  private:
    PackFolder(std::filesystem::path target, std::filesystem::path draft);
    std::filesystem::path target_, draft_;
};

class PackWriter {
  public:
    // Makes the folder.
    [[nodiscard]] static Result<PackWriter> begin(const std::filesystem::path& folder);

    // A file that is open beside others, to be handed back to close().
    [[nodiscard]] Result<PackFile> open(const std::string& path);
    [[nodiscard]] Result<> close(PackFile file);
    // A whole file.
    [[nodiscard]] Result<> write(const std::string& path,
                                 const std::function<Result<>(std::ostream&)>& content);
    [[nodiscard]] Result<> write(const std::string& path, std::string_view content);

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    // By path.
    [[nodiscard]] std::vector<PackedFile> files() const;

  private:
    explicit PackWriter(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
    std::vector<PackedFile> files_;
};

}  // namespace entrawatch
