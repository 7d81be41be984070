#include "daemon/evidence_key.hpp"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include "alerts/cleanse.hpp"
#include "config/files.hpp"
#include "config/load.hpp"
#include "daemon/tenant_opening.hpp"

namespace entrawatch {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_public_keys = 64UL * 1024;
constexpr std::size_t seed_size = 32;

fs::path key_file(const Settings& settings) {
    return settings.state_directory / "evidence.key";
}
fs::path public_file(const Settings& settings) {
    return settings.state_directory / "evidence.pub";
}

tl::unexpected<Error> cannot_write(const fs::path& file, int error) {
    return fail(ErrorCode::unavailable, std::string{"cannot be written: "} + std::strerror(error),
                file.string());
}

// What is half-written is not left behind.
Result<> write_file(const fs::path& file, std::string_view text, int flags, unsigned mode) {
    const int out = ::open(file.c_str(), O_WRONLY | O_CLOEXEC | flags, mode);
    if (out < 0) return cannot_write(file, errno);
    bool good = true;
    while (good && !text.empty()) {
        const ssize_t written = ::write(out, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        good = written > 0;
        if (good) text.remove_prefix(static_cast<std::size_t>(written));
    }
    good = good && ::fsync(out) == 0;
    const int reason = errno;
    ::close(out);
    if (!good) return cannot_write(file, reason);
    return {};
}

std::string random_seed() {
    std::string seed(seed_size, '\0');
    std::size_t have = 0;
    while (have < seed.size()) {
        const ssize_t got = getrandom(seed.data() + have, seed.size() - have, 0);
        if (got > 0) have += static_cast<std::size_t>(got);
    }
    return seed;
}

Result<Ed25519Key> read_key(const fs::path& file) {
    const auto secret = read_secret(file);
    if (!secret) return fail(secret.error());
    auto key = Ed25519Key::parse(secret->reveal());
    if (!key) key.error().where = file.string();
    return key;
}

// Written under another name and linked, so that two processes that start together end with one whole key.
Result<Ed25519Key> make_key(const fs::path& file) {
    std::string seed = random_seed();
    auto key = Ed25519Key::from_seed(seed);
    cleanse(seed);
    if (!key) return key;
    const fs::path draft = file.string() + "." + std::to_string(::getpid());
    std::string pem = key->pem();
    const auto written = write_file(draft, pem, O_CREAT | O_TRUNC, 0600);
    cleanse(pem);
    const bool linked = written && ::link(draft.c_str(), file.c_str()) == 0;
    const int reason = errno;
    ::unlink(draft.c_str());
    if (!written) return fail(written.error());
    if (!linked && reason != EEXIST) return cannot_write(file, reason);
    return read_key(file);
}

Result<std::vector<Ed25519PublicKey>> written_public_keys(const Settings& settings) {
    const fs::path file = public_file(settings);
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return std::vector<Ed25519PublicKey>{};
    const auto text = read_small_file(file, largest_public_keys);
    if (!text) return fail(text.error());
    auto keys = read_public_keys(*text);
    if (!keys) keys.error().where = file.string();
    return keys;
}

bool contains(const std::vector<Ed25519PublicKey>& keys, const Ed25519PublicKey& key) {
    return std::any_of(keys.begin(), keys.end(), [&](const auto& known) { return known.id() == key.id(); });
}

Result<> write_public_half(const Settings& settings, const Ed25519PublicKey& key) {
    const auto written = written_public_keys(settings);
    if (!written) return fail(written.error());
    if (contains(*written, key)) return {};
    return write_file(public_file(settings), key.pem(), O_CREAT | O_APPEND, 0644);
}

}  // namespace

Result<Ed25519Key> open_evidence_key(const Settings& settings) {
    if (auto made = make_state_directory(settings); !made) return fail(made.error());
    std::error_code ignored;
    auto key = settings.evidence.signing_key             ? Result<Ed25519Key>{*settings.evidence.signing_key}
               : fs::exists(key_file(settings), ignored) ? read_key(key_file(settings))
                                                         : make_key(key_file(settings));
    if (!key) return key;
    if (auto written = write_public_half(settings, key->public_key()); !written) return fail(written.error());
    return key;
}

Result<std::optional<Ed25519Key>> present_evidence_key(const Settings& settings) {
    if (settings.evidence.signing_key) return settings.evidence.signing_key;
    if (::access(key_file(settings).c_str(), R_OK) != 0) return std::optional<Ed25519Key>{};
    auto key = read_key(key_file(settings));
    if (!key) return fail(key.error());
    return std::optional{std::move(*key)};
}

Result<std::vector<Ed25519PublicKey>> evidence_public_keys(const Settings& settings) {
    auto keys = written_public_keys(settings);
    if (!keys) return keys;
    if (settings.evidence.signing_key && !contains(*keys, settings.evidence.signing_key->public_key()))
        keys->push_back(settings.evidence.signing_key->public_key());
    if (!keys->empty()) return keys;
    return fail(ErrorCode::not_found,
                "holds no public key of the evidence chain: `entrawatch run` and `entrawatch import` make it",
                public_file(settings).string());
}

}  // namespace entrawatch
