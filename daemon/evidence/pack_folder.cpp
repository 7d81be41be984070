#include "daemon/evidence/pack_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace entrawatch {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> cannot_make_folder(const fs::path& folder, int error) {
    return fail(ErrorCode::unavailable, std::string{"cannot make the folder: "} + std::strerror(error),
                folder.string());
}

// A rename is on the disk when the folder that holds the name is.
void sync_folder(const fs::path& folder) {
    const int opened = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) return;
    ::fsync(opened);
    ::close(opened);
}

Result<> require_absent(const fs::path& target) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(target, error);
    if (status.type() == fs::file_type::not_found) return {};
    if (status.type() == fs::file_type::directory && fs::is_empty(target, error) && !error) return {};
    return fail(ErrorCode::invalid,
                "is there already, and an evidence pack is never mixed with other files; name a folder that "
                "is not there yet",
                target.string());
}

}  // namespace

PackFolder::PackFolder(fs::path target, fs::path draft)
    : target_(std::move(target)), draft_(std::move(draft)) {}

PackFolder::PackFolder(PackFolder&& other) noexcept
    : target_(std::move(other.target_)), draft_(std::exchange(other.draft_, {})) {}

PackFolder::~PackFolder() {
    std::error_code ignored;
    if (!draft_.empty()) fs::remove_all(draft_, ignored);
}

Result<PackFolder> PackFolder::begin(const fs::path& typed) {
    // "pack/" is "pack".
    const fs::path target = typed.has_filename() ? typed : typed.parent_path();
    if (auto absent = require_absent(target); !absent) return fail(absent.error());
    const fs::path draft = target.string() + ".partial";
    if (::mkdir(draft.c_str(), 0700) == 0) return PackFolder{target, draft};
    if (errno != EEXIST) return cannot_make_folder(draft, errno);
    return fail(ErrorCode::invalid,
                "is the draft of an export that is under way or was interrupted; remove it when none runs",
                draft.string());
}

Result<> PackFolder::finish() {
    sync_folder(draft_);
    // Over an empty folder too; one that was filled meanwhile is refused.
    if (std::rename(draft_.c_str(), target_.c_str()) != 0) {
        return fail(ErrorCode::unavailable,
                    std::string{"cannot be put in its place: "} + std::strerror(errno), target_.string());
    }
    draft_.clear();
    sync_folder(target_.parent_path());
    return {};
}

Result<PackWriter> PackWriter::begin(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0) return cannot_make_folder(folder, errno);
    return PackWriter{folder};
}

Result<PackFile> PackWriter::open(const std::string& path) {
    const fs::path file = folder_ / path;
    if (file.parent_path() != folder_ && ::mkdir(file.parent_path().c_str(), 0700) != 0 && errno != EEXIST)
        return cannot_make_folder(file.parent_path(), errno);
    return PackFile::create(file, path);
}

Result<> PackWriter::close(PackFile file) {
    auto packed = file.finish();
    if (!packed) return fail(packed.error());
    files_.push_back(std::move(*packed));
    return {};
}

Result<> PackWriter::write(const std::string& path, const std::function<Result<>(std::ostream&)>& content) {
    auto file = open(path);
    if (!file) return fail(file.error());
    if (auto done = content(file->out()); !done) return done;
    return close(std::move(*file));
}

Result<> PackWriter::write(const std::string& path, std::string_view content) {
    return write(path, [&](std::ostream& out) -> Result<> {
        out << content;
        return {};
    });
}

std::vector<PackedFile> PackWriter::files() const {
    std::vector<PackedFile> sorted = files_;
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return sorted;
}

}  // namespace entrawatch
