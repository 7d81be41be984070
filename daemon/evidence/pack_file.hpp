// PackFile: a file of an evidence pack, written as a stream, hashed and counted on the way.
//
// 0600, new, on the disk when finish() returns. A full disk is an Error of finish(), whatever was written
// between. Used by pack_folder alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>

#include "core/base/error.hpp"

namespace entrawatch {

// As the manifest lists it.
struct PackedFile {
    std::string path;  // below the tenant's folder, with `/`
    std::uint64_t size = 0;
    std::string sha256;  // hex
};

class PackFile {
  public:
    [[nodiscard]] static Result<PackFile> create(const std::filesystem::path& file, std::string name);
    ~PackFile();
    PackFile(PackFile&&) noexcept;
    PackFile& operator=(PackFile&&) = delete;
    PackFile(const PackFile&) = delete;
    PackFile& operator=(const PackFile&) = delete;

    [[nodiscard]] std::ostream& out();
    [[nodiscard]] Result<PackedFile> finish();

  private:
    struct Buffer;
    PackFile(std::unique_ptr<Buffer> buffer, std::filesystem::path file, std::string name);

    std::unique_ptr<Buffer> buffer_;
    std::unique_ptr<std::ostream> out_;
    std::filesystem::path file_;
    std::string name_;
};

}  // namespace entrawatch
