#include "daemon/evidence/pack_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <streambuf>
#include <string_view>
#include <utility>

#include "core/base/digest.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t pack_buffer_size = 64UL * 1024;

tl::unexpected<Error> cannot_write_pack(const std::filesystem::path& file, int error) {
    return fail(ErrorCode::unavailable, std::string{"cannot be written: "} + std::strerror(error),
                file.string());
}

}  // namespace

// Nothing is written after the first failure, whose reason is kept.
struct PackFile::Buffer : std::streambuf {
    explicit Buffer(int opened) : file(opened) { setp(room.data(), room.data() + room.size()); }
    ~Buffer() override {
        if (file >= 0) ::close(file);
    }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;

    void empty() {
        std::string_view held{pbase(), static_cast<std::size_t>(pptr() - pbase())};
        digest.add(held);
        size += held.size();
        while (error == 0 && !held.empty()) {
            const ssize_t written = ::write(file, held.data(), held.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) {
                error = written == 0 ? EIO : errno;
                break;
            }
            held.remove_prefix(static_cast<std::size_t>(written));
        }
        setp(room.data(), room.data() + room.size());
    }
    int_type overflow(int_type octet) override {
        empty();
        if (error != 0) return traits_type::eof();
        if (!traits_type::eq_int_type(octet, traits_type::eof())) sputc(traits_type::to_char_type(octet));
        return traits_type::not_eof(octet);
    }
    // The disk is asked at the end, not at every flush of a list.
    int sync() override { return error == 0 ? 0 : -1; }

    int file;
    int error = 0;
    std::uint64_t size = 0;
    Sha256Stream digest;
    std::array<char, pack_buffer_size> room{};
};

PackFile::PackFile(std::unique_ptr<Buffer> buffer, std::filesystem::path file, std::string name)
    : buffer_(std::move(buffer)),
      out_(std::make_unique<std::ostream>(buffer_.get())),
      file_(std::move(file)),
      name_(std::move(name)) {}
PackFile::~PackFile() = default;
PackFile::PackFile(PackFile&&) noexcept = default;

Result<PackFile> PackFile::create(const std::filesystem::path& file, std::string name) {
    const int opened = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (opened < 0) return cannot_write_pack(file, errno);
    return PackFile{std::make_unique<Buffer>(opened), file, std::move(name)};
}

std::ostream& PackFile::out() {
    return *out_;
}

Result<PackedFile> PackFile::finish() {
    buffer_->empty();
    if (buffer_->error == 0 && ::fsync(buffer_->file) != 0) buffer_->error = errno;
    if (buffer_->error != 0) return cannot_write_pack(file_, buffer_->error);
    return PackedFile{name_, buffer_->size, to_hex(as_bytes(buffer_->digest.finish()))};
}

}  // namespace entrawatch
