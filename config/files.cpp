#include "config/files.hpp"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "config/load.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t largest_secret = 64UL * 1024;
constexpr std::size_t largest_certificates = 1024UL * 1024;

struct Descriptor {
    int fd;
    explicit Descriptor(int opened) : fd(opened) {}
    ~Descriptor() {
        if (fd >= 0) ::close(fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
};

tl::unexpected<Error> cannot_read(const std::filesystem::path& file, int error) {
    const auto code = error == ENOENT ? ErrorCode::not_found : ErrorCode::invalid;
    return fail(code, std::string{"cannot be read: "} + std::strerror(error), file.string());
}

// `too_large` as soon as one octet more than `limit` was there, whatever the file said of its size.
Result<std::string> read_all(int fd, std::size_t limit, const std::filesystem::path& file) {
    std::string text(limit + 1, '\0');
    std::size_t filled = 0;
    while (filled < text.size()) {
        const ssize_t n = ::read(fd, text.data() + filled, text.size() - filled);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return cannot_read(file, errno);
        if (n == 0) break;
        filled += static_cast<std::size_t>(n);
    }
    if (filled > limit) {
        return fail(ErrorCode::too_large, "is larger than " + std::to_string(limit / 1024) + " KiB",
                    file.string());
    }
    text.resize(filled);
    return text;
}

}  // namespace

Result<std::string> read_small_file(const std::filesystem::path& file, std::size_t limit) {
    const Descriptor opened{::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (opened.fd < 0) return cannot_read(file, errno);
    struct stat status {};
    if (::fstat(opened.fd, &status) != 0) return cannot_read(file, errno);
    if (!S_ISREG(status.st_mode)) return fail(ErrorCode::invalid, "is not a regular file", file.string());
    return read_all(opened.fd, limit, file);
}

Result<Secret> read_secret(const std::filesystem::path& file) {
    auto text = read_small_file(file, largest_secret);
    if (!text) return fail(text.error());
    Secret whole{std::move(*text)};
    std::string_view value = whole.reveal();
    if (value.substr(value.size() - std::min<std::size_t>(value.size(), 1)) == "\n") value.remove_suffix(1);
    if (!value.empty() && value.back() == '\r') value.remove_suffix(1);
    if (value.empty()) return fail(ErrorCode::invalid, "is empty: it must hold the secret", file.string());
    return Secret{std::string{value}};
}

std::filesystem::path resolve(const std::filesystem::path& written,
                              const std::filesystem::path& settings_file,
                              const std::filesystem::path& credentials_directory) {
    if (written.is_absolute()) return written.lexically_normal();
    std::error_code ignored;
    if (!credentials_directory.empty()) {
        std::filesystem::path credential = credentials_directory / written;
        if (std::filesystem::exists(credential, ignored)) return credential.lexically_normal();
    }
    return (settings_file.parent_path() / written).lexically_normal();
}

std::optional<std::string> exposure_of(const std::filesystem::path& secret_file) {
    struct stat status {};
    if (::stat(secret_file.c_str(), &status) != 0) return std::nullopt;
    constexpr unsigned others = 077;
    const unsigned mode = status.st_mode & 0777U;
    if ((mode & others) == 0) return std::nullopt;
    char octal[8];
    std::snprintf(octal, sizeof octal, "%04o", mode);
    return secret_file.string() + " is open to others than its owner (mode " + octal + "): chmod 600";
}

Result<> check_certificates(const std::filesystem::path& pem_file) {
    auto text = read_small_file(pem_file, largest_certificates);
    if (!text) return fail(text.error());
    const std::string pem = std::move(*text);
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio{
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
    ERR_clear_error();
    int certificates = 0;
    while (X509* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)) {
        X509_free(certificate);
        ++certificates;
    }
    const unsigned long last = ERR_peek_last_error();
    ERR_clear_error();
    // "no start line" is how the end of the last certificate shows.
    if (certificates > 0 && ERR_GET_REASON(last) == PEM_R_NO_START_LINE) return {};
    return fail(ErrorCode::invalid,
                "holds no readable certificates in PEM form (-----BEGIN CERTIFICATE-----)",
                pem_file.string());
}

}  // namespace entrawatch
